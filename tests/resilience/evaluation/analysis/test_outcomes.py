from dataclasses import replace

import pytest

from resilience.evaluation.analysis import acceptability, adjustment, outcomes, safety
from resilience.evaluation.analysis.frozen import Answer, Measure, Score


def test_what_came_back_but_cannot_be_scored_is_counted(five):
    found = outcomes.summarise(five)["mood"].scores["t1"]

    assert (found.n, found.not_scorable, found.prorated) == (3, 1, 0)
    assert (found.at_floor_percent, found.at_ceiling_percent) == (pytest.approx(100 / 3), 0.0)


def test_a_measure_stands_at_the_time_points_that_asked_it_and_had_come(five):
    found = outcomes.summarise(five)

    assert list(found["mood"].scores) == ["t1", "t2"]
    assert list(found["acceptability"].scores) == ["t2"]
    assert found["acceptability"].change == {}


def test_the_report_says_what_was_planned(five):
    found = outcomes.summarise(five)

    assert (found["mood"].planned, found["mood"].primary) == (True, True)
    assert (found["acceptability"].planned, found["acceptability"].primary) == (False, False)


def test_reliable_change_needs_a_reliability(five):
    """Neither the plan nor five people give one."""
    found = outcomes.summarise(five)["mood"].reliable_change["t2"]

    assert (found.improved, found.why) == (None, "no reliability in the plan, and none could be estimated")


def test_the_primary_measures_first_comparison_is_adjusted_after_holm_and_all_else_after_benjamini_hochberg(
    five,
):
    other = Measure("other", "other", "Other", (1,), 0, 10, 0, 10, 1, timepoints=("t1", "t2"))
    third = ("t1", "t2", "t3")
    rows = [
        Score(f"p{place}", when, key, float((place * step) % 11), 1, False)
        for key, times in (("mood", third), ("other", ("t1", "t2")))
        for step, when in enumerate(times, start=1)
        for place in range(14)
    ]
    many = replace(
        five, plan=replace(five.plan, due=third), measures=(*five.measures, other), scores=tuple(rows)
    )

    found = outcomes.summarise(many)

    assert found["mood"].change["t2"].adjusted_by == adjustment.HOLM
    assert found["mood"].change["t2"].p_adjusted == found["mood"].change["t2"].p
    assert found["mood"].change["t3"].adjusted_by == adjustment.BENJAMINI_HOCHBERG
    assert found["other"].change["t2"].adjusted_by == adjustment.BENJAMINI_HOCHBERG


def test_somebody_worse_twice_is_one_person(five):
    """Reliability 0.99 with baseline SD sqrt(2) gives a threshold of 0.39: Ann is better, Bo is worse."""
    sure = replace(five, measures=(replace(five.measures[0], reliability=0.99),))
    twice = replace(
        sure,
        plan=replace(sure.plan, due=("t1", "t2", "t3")),
        scores=(
            *sure.scores,
            Score("ann", "t3", "mood", 9.0, 2, False),
            Score("bo", "t3", "mood", 2.0, 2, False),
        ),
    )

    found = outcomes.summarise(twice)

    assert found["mood"].reliable_change["t2"].worse == found["mood"].reliable_change["t3"].worse == 1
    assert safety.reliably_worse(twice, found) == {"mood": 1}


def test_without_a_threshold_nobody_can_be_said_to_be_worse(five):
    assert safety.reliably_worse(five, outcomes.summarise(five)) == {"mood": None}


def test_not_asked_is_not_none_reported(five):
    asked = replace(
        five,
        answers=(
            *five.answers,
            Answer("ann", "t2", "unwanted_effects", 1, 1),
            Answer("bo", "t2", "unwanted_effects", 1, 2),
        ),
    )

    assert safety.reported(five) == {}
    assert safety.reported(asked) == {"t2": safety.Reported(n=2, yes=1, rather_not=1)}


def test_the_two_highest_of_five_answers_agree(five):
    found = acceptability.count(five, measure=five.measures[1])

    assert found == {"1": acceptability.Agreement(n=2, agree=1, percent=50.0, missing=0)}


def test_statements_that_were_not_due_yet_have_no_answers(five):
    early = replace(five, plan=replace(five.plan, due=("t1",)))

    assert acceptability.count(early, measure=early.measures[1])["1"].n == 0
