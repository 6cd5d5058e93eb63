"""Tables of figures typed in by hand: what each row prints, and that figures that are absent make no table."""

import copy

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.reports import tables
from tests.resilience.evaluation.reports.conftest import Made


def row(made, table: str, head: str) -> tuple[str, ...]:
    return next(row.cells for row in made.tables[table].rows if row.head == head and not row.part)


@pytest.mark.parametrize(
    ("table", "head", "cells"),
    [
        ("dates", "T2, after the modules", ("62", "21", "19 to 25", "0", "4")),
        ("numbers", "Everybody", ("60", "6", "11.2 (6.5)", "10.0 [6.0 to 15.0]")),
        ("numbers", "One call or more", ("40", "4", "11.5 (6.2)", "10.5 [6.5 to 15.5]")),
        ("numbers", "No call", ("20", "2", "hidden", "hidden")),
        ("characteristics", "Man", ("14 (22.2%)", "10 (24.4%)", "4 (18.2%)")),
        ("characteristics", "Nurse", ("25 (39.1%)", "18 (42.9%)", "7 (31.8%)")),
        ("mixed_model", "T2, after the modules", ("66; 208", "2.00 (1.50 to 2.50)", "0.25", "<.001")),
        (
            "mixed_by_coaching",
            "T2, after the modules × One call or more",
            ("66; 208", "2.00 (1.50 to 2.50)", "0.25", "<.001"),
        ),
        (
            "coached_difference",
            "T2, after the modules",
            ("25; 15", "2.50", "2.00", "0.50 (0.00 to 1.00)", ".050", "0.40"),
        ),
        (
            "per_call",
            "T2, after the modules",
            ("40", "15; 2.00", "10; 2.30", "hidden", "0.30 (0.10 to 0.50)", ".004"),
        ),
        ("arms", "Calls later", ("31; 2.60", "–", "–", "0.50 (−0.10 to 1.10)", ".110")),
        ("arms_flow", "Had one call or more", ("22", "22")),
        ("cost", "Total: coaching and the fixed cost", ("3,420.50", "")),
        ("cost", "Per person reliably improved: WHO-5 wellbeing at T3", ("1,140 (700 to 3,400)", "3")),
        ("cost", "Per person who finished them", ("–", "57")),
        ("subgroups", "Nurse", ("24", "2.40 (1.90 to 2.90)")),
        ("subgroups", "Doctor", ("hidden", "hidden")),
        ("coach_background", "Coaches who have worked with patients", ("21", "2.25 (1.75 to 2.75)")),
        (
            "coach_background",
            "Have worked with patients, less have not, adjusted",
            ("35", "0.45 (−0.25 to 1.15); p .200"),
        ),
        ("coding", "blame", ("50", "12", "14", "10", "88.0%", "0.69", "0.70")),
        ("leaving", "T4, six weeks on", ("33", "9 (27.3%)", "6 (18.2%)", "1", "4", ".375", "2")),
        ("fidelity", "What happened", ("44", "40 (90.9%)")),
        ("two_sides", "Bond", ("20", "4.2", "4.0", "−0.2")),
        ("offers", "Offered to those who want one", ("66", "62", "50", "44 (71.0%)")),
        ("offers", "A time proposed to everyone", ("hidden", "hidden", "hidden", "hidden")),
        ("fairness", "Nurse", ("25", "20 (80.0%)", "18; 4.25")),
        ("fairness", "Doctor", ("hidden", "hidden", "hidden")),
        ("three_groups", "Coping confidence*", ("mean change 2.75 (2.14 to 3.37) at T4, n = 33",)),
        ("reasons", "I am too worn out", ("hidden",)),
        ("system", "Ward A", ("5.8", "5.9", "5.5")),
        ("side_by_side", "Ward A", ("–", "5.8", "5.5", "2025 Q4, 2026 Q2")),
    ],
)
def test_a_row_prints_the_figures_that_were_typed_in(made_by_hand, table, head, cells):
    assert row(made_by_hand, table, head) == cells


def test_harms_name_what_was_asked_what_was_found_and_what_was_never_asked(made_by_hand):
    heads = {row.head: row.cells for row in made_by_hand.tables["harms"].rows}

    assert heads["Stopped taking part because it was upsetting"] == ("3", "1", "gave this reason")
    assert heads["Complaints"][0] == "not asked"
    assert (
        heads["Asked to be contacted by somebody of the programme"][2]
        == "3 taken up; 2 within 24 hours; 3 within 72 hours"
    )


@pytest.mark.parametrize(
    "key",
    [
        "cost",
        "subgroups",
        "system",
        "coding",
        "leaving",
        "context",
        "dates",
        "missing",
        "acceptability",
    ],
)
def test_figures_that_are_absent_make_no_table_and_no_fault(made_by_hand, key):
    less = {name: one for name, one in made_by_hand.release.figures.items() if name != key}

    made = tables.make(disclosure.Release(less), made_by_hand.words)

    assert set(made) < set(made_by_hand.tables)


def test_a_dash_is_never_without_its_reason(made_by_hand):
    assert "Where a dash stands: nobody to divide by." in made_by_hand.tables["cost"].notes


def test_a_measure_says_whether_it_was_planned(made):
    heads = [row.head for row in made.tables["change"].rows if row.part]

    assert heads[0] == "Coping confidence* (higher is better; primary, planned)"
    assert all(head.endswith("planned)") for head in heads)


def test_a_deviation_stands_with_its_reason(made, made_by_hand):
    printed = {table.key: table for table in made_by_hand.printed_tables}

    assert printed["deviations"].rows[0].cells == ("T5 was moved by a week", "A strike")
    assert "deviations" not in {table.key for table in made.printed_tables}
    assert "deviation from the frozen plan" not in made.html


def test_the_declarations_print_what_was_stated_and_say_what_was_not(made_by_hand):
    assert row(made_by_hand, "declarations", "Funding") == ("A charity",)
    assert row(made_by_hand, "declarations", "Sponsor") == ("Not stated.",)


def test_side_by_side_claims_nothing_and_stands_only_with_both_families(made, made_by_hand):
    table = made_by_hand.tables["side_by_side"]

    assert [row.head for row in table.rows if row.part] == [
        "People: primary measures, the same people before and after",
        "Where they work: Sickness absence, % of working time",
    ]
    assert "Nothing here says that one moved the other." in table.sentence
    assert "side_by_side" not in made.tables


def test_the_report_names_the_corrections_of_the_plan(made):
    figures = copy.deepcopy(made.release.figures)
    figures["plan"]["multiplicity"] = {"primary": "none", "rest": "bh"}

    other = Made(disclosure.Release(figures), made.words)

    assert "no correction for the primary measures, Benjamini-Hochberg for all others." in other.html
    assert "of these not at all, of all others after Benjamini and Hochberg" in other.html
