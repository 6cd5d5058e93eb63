"""What the notes under the tables say, and that a note stands only where it explains something."""

import copy

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.reports import rounding
from tests.resilience.evaluation.reports.conftest import Made

DASH = "Where a dash stands"


def again(made, change) -> Made:
    """The same report after a change to its figures."""
    figures = copy.deepcopy(made.release.figures)
    change(figures)
    return Made(disclosure.Release(figures), made.words)


@pytest.mark.parametrize("which", ["made", "made_by_hand"])
def test_a_note_on_dashes_stands_only_where_a_dash_stands(which, request):
    for table in request.getfixturevalue(which).tables.values():
        if any(note.startswith(DASH) for note in table.notes):
            assert any(rounding.NOTHING in cell for row in table.rows for cell in row.cells), table.key


def test_a_reason_is_named_only_where_its_own_row_has_the_dash(made_by_hand):
    def one_slope_is_missing(figures):
        for measure in figures["measures"].values():
            measure.pop("per_call", None)
        rows = figures["measures"]["coping_confidence"]["per_call"] = {
            "t2": {"n": 5, "slope": None, "ci": None, "p": None, "groups": {"0": {"n": 5, "mean_change": 1.0}}},
            "t3": {"n": 5, "slope": 1.0, "ci": [0.5, 1.5], "p": 0.1, "groups": {"0": {"n": 5, "mean_change": 1.0}}},
        }  # fmt: skip
        rows["t2"]["why"] = "fewer than 10 pairs"
        rows["t3"]["hc3_why"] = "somebody is alone in a group"

    notes = again(made_by_hand, one_slope_is_missing).tables["per_call"].notes

    assert [note for note in notes if note.startswith(DASH)] == [f"{DASH}: fewer than 10 pairs."]


def test_the_cost_for_each_who_improved_names_its_time_point(made_by_hand):
    heads = [row.head for row in made_by_hand.tables["cost"].rows]

    assert "Per person reliably improved: WHO-5 wellbeing at T3" in heads


def test_the_cost_says_its_unit_and_that_missed_calls_cost_nothing_in_it(made_by_hand):
    notes = " ".join(made_by_hand.tables["cost"].notes)

    assert "In the unit in which the plan gives prices." in notes
    assert "Calls that were missed or cancelled cost nothing in these figures." in notes


def test_filled_in_scores_say_who_is_left_out_and_who_the_complete_pairs_are(made):
    table = made.tables["imputed"]
    row = next(row for row in table.rows if row.head == "T4, six weeks on")

    assert row.cells[0] == "64"
    assert row.cells[-1].startswith("33; ")
    assert any("2 of 66 people with a baseline lack a covariate" in note for note in table.notes)
    assert any("also those who lack a covariate" in note for note in table.notes)


def test_the_models_test_no_baseline_against_nought_and_name_the_covariates_that_they_lack(made):
    table = made.tables["mixed_model"]
    rows = [row for row in table.rows if row.head == "Baseline"]

    assert rows
    assert all(row.cells[-1] == rounding.NOTHING for row in rows)
    assert "Baseline has no p: it would ask whether the mean score is 0." in table.notes
    assert any(note.startswith("The plan’s covariates are not in these models:") for note in table.notes)


def test_the_appendix_says_of_decimals_what_the_program_does(made):
    assert "one decimal on a scale that spans 20 points or more, and two on a shorter one" in made.html


def test_one_is_no_plural(made_by_hand):
    columns = made_by_hand.tables["per_call"].columns

    assert "1 call: n; change" in columns
    assert "0 calls: n; change" in columns


def test_a_single_call_is_one_call(made):
    def one_call(figures):
        figures["delivery"]["calls_attended"] = 1

    assert "had one or more: 1 call, 28 minutes." in again(made, one_call).html


def test_thousands_are_set_apart_in_every_table():
    assert rounding.number(2066, 0) == rounding.count(2066) == "2,066"


def test_who_answered_later_is_told_with_the_verb_first(made):
    assert "66 people answered at baseline; of them, 62 (93.9%) answered at T2, 47 (71.2%) at T3" in made.html


def test_reasons_that_no_pack_holds_are_not_told_as_none(made):
    def from_a_pack(figures):
        figures["snapshot"]["not_told"] = ["synthetic", "no_consent", "test", "erased", "reasons"]
        figures["synthetic"] = False

    told = again(made, from_a_pack)

    rows = {row.head: row.cells for row in told.tables["harms"].rows}
    assert rows["Stopped taking part because it was upsetting"][-1] == "Not part of these data."
    assert told.tables["flow"].rows[0].cells[0] == "not known from a pack"
    assert "It is not known whether these people exist." in told.html
    assert "It is not known whether" not in made.html


def test_complaints_are_one_number_that_was_typed_in(made):
    def none_found(figures):
        figures["safety"]["handling"] = {"complaints": 0}

    rows = {row.head: row.cells for row in again(made, none_found).tables["harms"].rows}

    assert rows["Complaints"] == ("typed in", "0", "one number that an evaluator typed in; nobody was asked")
