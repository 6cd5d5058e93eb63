def test_tables_are_numbered_in_the_order_of_the_report(made):
    assert [table.number for table in made.tables.values()] == list(range(1, len(made.tables) + 1))
    assert list(made.tables)[:2] == ["flow", "delivery"]


def test_every_table_has_a_sentence_and_rows_as_wide_as_its_head(made):
    for table in made.tables.values():
        assert table.sentence.endswith((".", "."))
        assert all(len(row.cells) == table.width - 1 for row in table.rows if not row.part), table.key


def test_a_hidden_group_is_printed_as_hidden(made):
    rows = {row.head: row.cells for row in made.tables["characteristics"].rows}

    assert rows["Student"] == ("hidden", "hidden", "hidden")
    assert rows["Nurse"] == ("25 (39.1%)", "18 (42.9%)", "7 (31.8%)")


def test_the_main_table_prints_what_the_figures_say(made):
    change = made.release.figures["measures"]["coping_confidence"]["change"]["t2"]
    row = next(row for row in made.tables["change"].rows if row.head == "T2, after the modules")

    assert row.cells[0] == "62"
    assert row.cells[3].startswith(f"{change['mean']:.2f} (")
    assert row.cells[5] == "<.001"


def test_our_own_measures_are_marked_wherever_they_stand(made):
    for key in ("scores", "reliability", "change", "effect_sizes", "reliable_change", "baseline_by_calls"):
        table = made.tables[key]
        assert any(row.head.startswith("Coping confidence*") for row in table.rows), key
        assert any("not validated" in note for note in table.notes), key


def test_every_row_carries_its_number_of_people(made):
    for key in (
        "scores",
        "reliability",
        "change",
        "effect_sizes",
        "reliable_change",
        "cutoffs",
        "responders",
    ):
        assert all(int(row.cells[0]) > 0 for row in made.tables[key].rows if not row.part), key


def test_a_cohort_of_nobody_has_no_tables_but_what_the_evaluators_declare(made_of_nothing):
    assert list(made_of_nothing.tables) == ["declarations"]


def test_who_people_are_stands_beside_whether_they_had_a_call_with_how_far_apart_they_are(
    made, made_by_hand, made_without_calls
):
    heads = {row.head for row in made_by_hand.tables["characteristics"].rows if row.part}

    assert made.tables["characteristics"].columns[2:] == (
        "One call or more (n = 44): n (%)",
        "No call (n = 22): n (%)",
    )
    assert {"Gender (SMD 0.15)", "Profession (SMD hidden)"} <= heads
    assert len(made_without_calls.tables["characteristics"].columns) == 2


def test_numbers_have_no_columns_by_calls_where_nobody_had_one(made_without_calls):
    rows = made_without_calls.tables["numbers"].rows

    assert {row.head for row in rows if not row.part} == {"Everybody"}


def test_those_who_answered_and_those_lost_stand_side_by_side_at_every_later_time_point(made):
    table = made.tables["nonresponse"]
    rows = {row.head: row.cells for row in table.rows}
    told = made.release.figures["missing"]["nonresponse"]

    assert table.columns[1:] == tuple(
        f"{when.upper()}: {words} (n = {told[when][part]})"
        for when in ("t2", "t3", "t4")
        for words, part in (("answered", "answered"), ("did not", "did_not"))
    )
    assert rows["Coping confidence*"][4:] == ("33; 4.61 (1.58)", "33; 4.38 (1.43); SMD 0.15")
    traits = {(one["characteristic"], one["group"]): one for one in told["t4"]["traits"]}
    woman = traits["gender", "woman"]
    assert rows["Woman"][4] == (
        "hidden" if woman["answered"] is None else f"{woman['answered']} ({woman['answered_percent']:.1f}%)"
    )
    assert rows["Student"][4:] == ("hidden", "hidden")
