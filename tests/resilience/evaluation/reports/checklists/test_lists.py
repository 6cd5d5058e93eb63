import re

import pytest

PUBLISHED = {"tidier": 12, "trend": 22, "strobe": 22, "consort_spi": 26, "cherries": 30}  # items of each list
WHO_MUST = "A person must write this."


def printed(made) -> dict:
    return {table.key: table for table in made.printed_tables}


def says(made, key: str, number: str) -> str:
    return next(row.cells[1] for row in printed(made)[key].rows if row.head == number)


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_checklist_has_every_item_of_the_published_list(made_by_hand, key):
    numbers = {int(re.match(r"\d+", row.head).group()) for row in printed(made_by_hand)[key].rows}

    assert numbers == set(range(1, PUBLISHED[key] + 1))


def test_an_item_is_answered_by_a_place_by_a_sentence_or_by_a_person(made_by_hand):
    rows = {row.head: row for row in printed(made_by_hand)["strobe"].rows}

    assert (rows["13c"].link, rows["13c"].cells[1]) == ("chart-flow", "Section 1, Figure 2")
    assert rows["22"].cells[1] == "A charity. In part; a person must add: the funders' part."
    assert rows["21"].cells[1] == WHO_MUST


def test_a_checklist_counts_what_a_person_must_write_and_what_they_must_add_to(made_by_hand):
    table = printed(made_by_hand)["strobe"]
    told = [row.cells[1] for row in table.rows]

    left = sum(text == WHO_MUST for text in told)
    in_part = sum("In part; a person must add" in text for text in told)
    assert table.sentence == (
        f"Of {len(told)} items a person must still write {left}, and add to {in_part} that are answered in part."
    )


def test_the_number_stands_in_the_sentence(made):
    assert says(made, "cherries", "23") == "33 of 66 answered at T4 (50.0%)."


def test_the_list_for_trials_applies_only_where_chance_made_the_groups(made, made_by_hand):
    assert "consort_spi" not in printed(made)
    assert "CONSORT-SPI 2018: It does not apply" in made.html
    assert "consort_spi" in printed(made_by_hand)


def test_a_section_without_figures_answers_nothing(made_of_nothing):
    assert says(made_of_nothing, "strobe", "15") == WHO_MUST


def test_how_questions_were_asked_is_told_only_of_data_gathered_here(made, made_by_hand):
    elsewhere, here = (says(one, "cherries", "6") for one in (made, made_by_hand))

    assert elsewhere == WHO_MUST
    assert here == "Closed: for those who joined the programme."


@pytest.mark.parametrize(("key", "number"), [("trend", "7"), ("strobe", "10"), ("consort_spi", "7a")])
def test_the_size_of_the_sample_is_the_goal_that_the_plan_holds(made_by_hand, key, number):
    assert says(made_by_hand, key, number).startswith(
        "60 people were hoped for; 70 enrolled. In part; a person must add: how that number was worked out"
    )


def test_groups_alike_at_baseline_are_found_in_the_tables_of_the_baseline(made, made_by_hand):
    row = next(row for row in printed(made)["trend"].rows if row.head == "15")

    assert row.link == "table-baseline_by_calls"
    assert says(made_by_hand, "trend", "15").startswith(
        "In part; a person must add: the same for each group."
    )


def test_numbers_approached_do_not_say_who_could_join(made, made_by_hand):
    for key, number in (("trend", "3"), ("strobe", "6a")):
        assert says(made, key, number) == WHO_MUST
        assert "In part; a person must add: who could join" in says(made_by_hand, key, number)


def test_reasons_for_leaving_are_cited_only_where_a_table_of_them_stands(made, made_by_hand):
    assert says(made, "strobe", "13b") == WHO_MUST
    assert (
        f"Section 1, Table {made_by_hand.tables['reasons'].number}"
        in says(made_by_hand, "strobe", "13b").split(". ")[-1]
    )


def test_the_item_on_estimates_holds_one_without_and_one_with_adjustment(made):
    assert says(made, "strobe", "16a").startswith(
        "Unadjusted: Coping confidence* at T2 changed by 2.48 (2.06 to 2.89). "
        "Adjusted, with a call against without: Coping confidence* at T2, −0.41 (−1.27 to 0.45)."
    )


@pytest.mark.parametrize(
    ("key", "number"), [("consort_spi", "15"), ("consort_spi", "17b"), ("consort_spi", "19"), ("trend", "19")]
)
def test_a_table_of_everybody_answers_for_each_group_in_part_only(made_by_hand, key, number):
    assert says(made_by_hand, key, number).startswith("In part; a person must add: the same for each group.")


def test_results_of_each_group_are_those_of_the_table_by_group(made_by_hand):
    row = next(row for row in printed(made_by_hand)["consort_spi"].rows if row.head == "17a")

    assert row.link == "table-arms"


def test_no_weights_were_used_is_said_only_where_no_table_is_weighted(made, made_of_two_arms):
    assert says(made, "cherries", "30") == "No weights were used."
    assert says(made_of_two_arms, "cherries", "30").startswith(
        "One table is weighted by the chance of a call"
    )
