"""The boxes of the flow diagram are true and add up."""

import copy
import re

import pytest
from django.utils import translation

from resilience.evaluation.reports import chart_of_flow, tables_of_people


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en-gb"):
        yield


@pytest.fixture
def figures(made) -> dict:
    return copy.deepcopy(made.release.figures)


def below_the_fork(alt: str) -> list[int]:
    return [int(n) for n in re.findall(r"Then: [^;]*?, n = (\d+), began", alt)]


def test_those_with_and_without_a_call_are_all_who_let_us_use_their_answers(figures, made):
    chart = chart_of_flow.flow(figures, made.words)

    assert figures["flow"]["offered_call"] < figures["flow"]["consented"]
    assert below_the_fork(chart.alt) == [44, 22]
    assert sum(below_the_fork(chart.alt)) == figures["flow"]["consented"] == 66
    assert chart.sentence.endswith("Below the fork stand all who let us use their answers.")


def test_of_whom_no_offer_of_a_call_is_on_record_is_said(figures, made):
    chart = chart_of_flow.flow(figures, made.words)
    rows = {row.head: row.cells[0] for row in tables_of_people.flow(figures, made.words).rows}

    assert "Offered a call: 62; no offer on record: 4" in chart.alt
    assert (rows["Were offered a call"], rows["No offer of a call on record"]) == ("62", "4")
    assert (rows["Had one call or more"], rows["Had no call"]) == ("44", "22")


def test_who_did_not_begin_is_on_a_side_too(figures, made):
    figures["flow"]["started"], figures["flow"]["not_coached"]["started"] = 60, 16

    chart = chart_of_flow.flow(figures, made.words)

    assert "Began the modules: 60; did not: 6" in chart.alt
    assert "Had no call, n = 22, began the modules: 16" in chart.alt


def test_who_came_into_no_group_is_said_beside_the_fork(made_by_hand):
    figures = copy.deepcopy(made_by_hand.release.figures)
    figures["flow"]["arms"]["b"] = figures["flow"]["arms"]["b"] | {"n": 30}

    chart = chart_of_flow.flow(figures, made_by_hand.words)

    assert below_the_fork(chart.alt) == [33, 30]
    assert "In no group: 3" in chart.alt
    assert chart.sentence.endswith("but for those in no group.")


def test_without_a_fork_all_who_answered_stand_below_from_the_baseline_on(figures, made):
    figures["flow"]["coached"] = {"started": None, "answered": {}, "hidden": True}

    chart = chart_of_flow.flow(figures, made.words)

    assert "Then: Answered at T1, n = 66; Answered at T2, n = 62" in chart.alt
    assert "fork" not in chart.sentence
