"""How many comparisons were tested and adjusted, and which p values of the report are not."""

import copy

import pytest
from django.utils import translation

from resilience.evaluation.reports import limits, limits_of_tests, sentences


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en-gb"):
        yield


def test_the_limits_say_how_many_were_adjusted_and_by_which_methods(made):
    said = " ".join(limits.sentences(made.release.figures, made.words))

    rows = [one for each in made.release.figures["measures"].values() for one in each["change"].values()]
    tested = [one for one in rows if one["p"] is not None]
    others = len(tested) - 1
    assert f"{len(tested)} comparisons of before and after were tested; their p values are adjusted: " in said
    assert f"1 after Holm and {others} after Benjamini and Hochberg." in said


def test_what_a_plan_does_not_adjust_is_said_not_to_be(made):
    figures = copy.deepcopy(made.release.figures)
    for measure in figures["measures"].values():
        for one in measure["change"].values():
            one["adjusted_by"] = "none"
    figures["plan"]["multiplicity"] = {"primary": "none", "rest": "bh"}

    assert "not at all." in limits_of_tests.sentences(figures)[0]
    assert "of these not at all, of all others after Benjamini and Hochberg" in sentences.change_method(
        figures, made.words
    )


@pytest.mark.parametrize(
    "kind",
    [
        "the rank tests", "the mixed models", "the mixed models with and without a call",
        "the analysis of covariance of calls", "the differences between groups", "the slopes by calls",
        "the slopes by modules", "the interactions with groups of people", "the coaches’ background",
        "plans to leave (McNemar)", "what goes with answering nothing",
    ],
)  # fmt: skip
def test_each_kind_of_p_value_that_is_not_adjusted_is_named(made_by_hand, kind):
    said = limits_of_tests.sentences(made_by_hand.release.figures)[0]

    assert kind in said.split("The other p values of this report are not adjusted")[1]


def test_a_kind_that_the_report_does_not_hold_is_not_named(made_by_hand):
    figures = copy.deepcopy(made_by_hand.release.figures) | {"leaving": {}, "subgroups": {}}

    said = limits_of_tests.sentences(figures)[0]

    assert "McNemar" not in said
    assert "interactions" not in said


def test_nothing_is_said_of_tests_where_there_are_none(made_of_nothing):
    assert limits_of_tests.sentences(made_of_nothing.release.figures) == []
