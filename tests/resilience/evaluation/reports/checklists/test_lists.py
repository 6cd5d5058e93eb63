import re

import pytest

PUBLISHED = {"tidier": 12, "trend": 22, "strobe": 22, "consort_spi": 26, "cherries": 30}  # items of each list


def printed(made) -> dict:
    return {table.key: table for table in made.printed_tables}


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_checklist_has_every_item_of_the_published_list(made_by_hand, key):
    numbers = {int(re.match(r"\d+", row.head).group()) for row in printed(made_by_hand)[key].rows}

    assert numbers == set(range(1, PUBLISHED[key] + 1))


def test_an_item_is_answered_by_a_place_by_a_sentence_or_by_a_person(made_by_hand):
    rows = {row.head: row for row in printed(made_by_hand)["strobe"].rows}

    assert rows["13c"].link == "people"
    assert rows["13c"].cells[1].startswith("Section 1, Tables 1")
    assert rows["22"].cells[1] == "A charity"
    assert rows["21"].cells[1] == "A person must write this."


def test_the_number_stands_in_the_sentence(made):
    assert "66 of them" not in printed(made)["cherries"].rows[22].cells[1]
    assert printed(made)["cherries"].rows[22].cells[1] == "33 of 66 answered at T4 (50.0%)."


def test_the_list_for_trials_applies_only_where_chance_made_the_groups(made, made_by_hand):
    assert "consort_spi" not in printed(made)
    assert "CONSORT-SPI 2018: It does not apply" in made.html
    assert "consort_spi" in printed(made_by_hand)


def test_a_section_without_figures_answers_nothing(made_of_nothing):
    rows = {row.head: row for row in printed(made_of_nothing)["strobe"].rows}

    assert rows["15"].cells[1] == "A person must write this."


def test_how_questions_were_asked_is_told_only_of_data_gathered_here(made, made_by_hand):
    elsewhere, here = (printed(one)["cherries"].rows[5].cells[1] for one in (made, made_by_hand))

    assert elsewhere == "A person must write this."
    assert here == "Closed: for those who joined the programme."
