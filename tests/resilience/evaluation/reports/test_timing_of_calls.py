"""Nobody reads a comparison by calls at a time point before the first call as if calls had been held."""

import copy

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.reports import sentences_of_exposure, sentences_of_models
from tests.resilience.evaluation.reports.conftest import Made

SAID = (
    "At T2 nobody had had a call yet, so that this compares people who would later have one with people who would "
    "not."
)
NOT_KNOWN = "The data do not say when calls were held"
BY_CALLS = ("change_by_calls", "coached_difference", "mixed_by_coaching", "per_call", "coach_background")


@pytest.fixture(scope="module")
def dated(made_by_hand) -> Made:
    """The report of data that tell when calls were held."""
    figures = copy.deepcopy(made_by_hand.release.figures)
    figures["context"]["calls_before"] = {"t2": False, "t3": True, "t4": True}
    return Made(disclosure.Release(figures), made_by_hand.words)


@pytest.mark.parametrize("key", BY_CALLS)
def test_a_table_by_calls_says_at_which_time_point_nobody_had_had_one(dated, key):
    assert SAID in dated.tables[key].notes
    assert "Calls held after a time point are counted at it as well." in dated.tables[key].notes


@pytest.mark.parametrize("key", BY_CALLS)
def test_a_table_by_calls_says_where_the_data_do_not_tell(made_by_hand, key):
    assert any(note.startswith(NOT_KNOWN) for note in made_by_hand.tables[key].notes)


def test_minutes_are_not_set_against_a_change_before_the_first_call(dated, made_by_hand):
    def heads(made):
        return [
            row.head
            for row in made.tables["coach_time"].rows
            if row.head.startswith("Minutes for each point")
        ]

    assert any(head.endswith("T2") for head in heads(made_by_hand))
    assert not any(head.endswith("T2") for head in heads(dated))
    assert (
        "Nothing is set against minutes at T2, since nobody had had a call yet."
        in dated.tables["coach_time"].notes
    )


def test_no_headline_compares_by_calls_before_the_first_call(dated, made_by_hand):
    for made, there in ((made_by_hand, True), (dated, False)):
        figures, words = made.release.figures, made.words
        headlines = (
            sentences_of_exposure.three(figures, words)[1],
            sentences_of_models.difference(figures, words),
        )
        assert any(" at T2" in one for one in headlines) is there
