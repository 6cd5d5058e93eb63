"""A cohort small enough to count by hand: five people, two time points that were due, one to come."""

import pytest

from resilience.evaluation.analysis.frozen import Answer, Call, Dataset, Measure, Person, Plan, Score

MOOD = Measure("mood", "mood", "Mood", (1, 2), 0, 10, 0, 5, 1, timepoints=("t1", "t2", "t3"))
AFTER = Measure("acceptability", "acceptability", "After", (1,), 1, 5, 1, 5, 1, timepoints=("t2",))


@pytest.fixture
def plan() -> Plan:
    """Three time points, of which the last had not come."""
    return Plan(
        timepoints=("t1", "t2", "t3"),
        due=("t1", "t2"),
        labels={},
        primary=("mood",),
        planned=("mood",),
        covariates=(),
        complete_modules=4,
        suppress_below=10,
        frozen_on=None,
        hash="",
    )


@pytest.fixture
def five(plan) -> Dataset:
    """Ann and Bo had calls; Cy enrolled and never answered; Di stopped; Ed left an answer out."""
    people = (
        Person("ann", True, 5, True, True, False, {"profession": "nurse"}),
        Person("bo", True, 4, True, True, False, {"profession": "doctor"}),
        Person("cy", False, 0, False, False, False, {"profession": "nurse"}),
        Person("di", True, 1, False, False, True, {"profession": ""}),
        Person("ed", True, 4, True, False, False, {"profession": "nurse"}),
    )
    calls = (
        Call("ann", "x", "FULFILLED", 30),
        Call("ann", "y", "FULFILLED", 20),
        Call("bo", "x", "PARTICIPANT_NO_SHOW", 0),
        Call("bo", "x", "FULFILLED", 25),
        Call("ed", "y", "CANCELLED", 0),
        Call("ed", "y", "COACH_NO_SHOW", 0),
    )
    scores = (
        Score("ann", "t1", "mood", 4.0, 2, False),
        Score("bo", "t1", "mood", 6.0, 2, False),
        Score("di", "t1", "mood", 0.0, 2, False),
        Score("ed", "t1", "mood", None, 1, False),
        Score("ann", "t2", "mood", 10.0, 2, False),
        Score("bo", "t2", "mood", 5.0, 1, True),
    )
    answers = (
        *(Answer(who, "t1", "mood", 1, 2) for who in ("ann", "bo", "di", "ed")),
        *(Answer(who, "t1", "mood", 2, 3) for who in ("ann", "bo", "di")),
        *(Answer(who, "t2", "mood", 1, 4) for who in ("ann", "bo")),
        Answer("ann", "t2", "acceptability", 1, 4),
        Answer("bo", "t2", "acceptability", 1, 3),
    )
    return Dataset(plan, (MOOD, AFTER), people, calls, scores, answers, registered=7)
