"""Wherever the report speaks of primary comparisons, they are those at the time points that the plan names."""

import copy
import re

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.reports import compared
from tests.resilience.evaluation.reports.conftest import Made


@pytest.fixture(scope="module")
def planned_late(made) -> Made:
    """The same report where the plan compares at T4 alone."""
    figures = copy.deepcopy(made.release.figures)
    figures["plan"]["primary_timepoints"] = ["t4"]
    return Made(disclosure.Release(figures), made.words)


def test_a_plan_that_names_no_time_point_compares_at_the_first(made):
    assert compared.primary(made.release.figures, "coping_confidence") == ["t2"]
    assert compared.primary(made.release.figures, "who5") == []


def test_the_note_under_the_table_of_change_names_the_planned_time_point(planned_late):
    note = planned_late.tables["change"].notes[0]

    assert "Primary comparisons of the plan: Coping confidence* at T4." in note
    assert "first comparison" not in planned_late.html


def test_the_sentences_on_change_speak_of_the_planned_time_point(planned_late):
    sentence = planned_late.tables["change"].sentence

    assert "between baseline and T4" in sentence
    assert "and T2" not in sentence
    assert f"<li>{sentence}</li>" in planned_late.html


def test_the_appendix_names_the_planned_comparisons(planned_late):
    assert "Holm over the primary comparisons of the plan (Coping confidence* at T4)" in planned_late.html


def test_the_forest_plot_marks_the_planned_comparison_alone(planned_late):
    from resilience.evaluation.reports import chart_of_forest

    lines = chart_of_forest.lines(planned_late.release.figures, planned_late.words)

    assert [line.label.partition(" (")[0] for line in lines if line.primary] == ["Coping confidence*, T4"]


def test_several_planned_time_points_are_each_told(made):
    figures = copy.deepcopy(made.release.figures)
    figures["plan"]["primary_timepoints"] = ["t3", "t4"]

    sentence = Made(disclosure.Release(figures), made.words).tables["change"].sentence

    assert re.findall(r"between baseline and (T\d)", sentence) == ["T3", "T4"]


def test_headlines_by_calls_speak_of_the_planned_time_point_first(made):
    found = {"t2": 1, "t3": 2, "t4": 3}
    figures = copy.deepcopy(made.release.figures)
    figures["plan"]["primary_timepoints"] = ["t3"]

    told = compared.planned_first(figures, "coping_confidence", found)

    assert told == [("t3", 2), ("t2", 1), ("t4", 3)]
