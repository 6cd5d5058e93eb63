"""The table of ways of coping that people seldom speak of: refused without the rows of the climate."""

from dataclasses import replace

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.analysis.frozen import Measure
from resilience.evaluation.reports import sections, tables

KEY = "brief_cope.denial"
GROUPS = {
    "t1": {"n": 40, "mean": 3.25, "sd": 1.5},
    "t4": {"n": None, "mean": None, "sd": None, "hidden": True},
}
CLIMATE = {"climate_asking": {"Ward A": {"2025 Q4": 3.1, "2026 Q1": 3.4}}}


@pytest.fixture
def print_of(made):
    measure = Measure(KEY, "brief_cope", "Brief COPE: denial", (3, 8), 2, 8, 1, 4, 1, apart=True)
    words = replace(made.words, measures={**made.words.measures, KEY: measure})

    def one(**more):
        release = disclosure.Release({**made.release.figures, **more})
        printed = tables.make(release, words)
        return printed, sections.make(release, words, made=printed, drawn={})

    return one


def test_each_way_of_coping_stands_above_the_climate_of_each_unit(print_of):
    printed, _sections = print_of(coping={KEY: GROUPS}, system=CLIMATE)

    assert [(row.head, *row.cells) for row in printed["coping"].rows] == [
        ("Brief COPE: denial",),
        ("T1, before", "40", "3.25 (1.50)"),
        ("T4, six weeks on", "–", "hidden"),
        ("Where they work: Climate: others are easy to ask, mean of 1 to 5",),
        ("Ward A", "–", "2026 Q1: 3.4"),
    ]


@pytest.mark.parametrize("system", [{"why": "no units told"}, {"absence": {"Ward A": {"2026 Q1": 4.1}}}])
def test_without_the_climate_the_table_is_refused_and_the_report_says_why(print_of, system):
    why = "no unit told of its climate: ways of coping are not shown alone"

    printed, made = print_of(coping={"why": why}, system=system)

    assert "coping" not in printed
    change = next(section for section in made if section.key == "change")
    assert f"Ways of coping were asked for, and are not shown: {why}." in change.sentences


def test_figures_that_came_without_a_climate_are_not_printed_either(print_of):
    printed, _sections = print_of(coping={KEY: GROUPS}, system={})

    assert "coping" not in printed
