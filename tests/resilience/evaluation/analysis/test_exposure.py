from dataclasses import replace

import pytest

from resilience.evaluation.analysis import coach_time, exposure, fairness, scale_up
from resilience.evaluation.analysis.frozen import Call
from resilience.evaluation.analysis.turning import turn


@pytest.fixture
def told(five):
    """The five, whose coaches told what they spent: 30 + 20 + 25 minutes of talk, 10 + 5 of preparing, 4 of notes."""
    calls = (
        Call("ann", "x", "FULFILLED", 30, preparation=10, notes=4, waited=3),
        Call("ann", "y", "FULFILLED", 20, preparation=5, waited=9),
        Call("bo", "x", "PARTICIPANT_NO_SHOW", 8, preparation=6),
        Call("bo", "x", "FULFILLED", 25),
        Call("ed", "y", "CANCELLED", 0),
    )
    return replace(five, calls=calls)


def test_the_minutes_are_the_sum_of_the_log(told):
    found = coach_time.total(turn(told))

    assert (found.call, found.preparation, found.notes, found.no_show) == (75, 15, 4, 14)
    assert found.total == 108 == found.call + found.preparation + found.notes + found.no_show
    assert found.total == sum(
        (call.minutes or 0) + (call.preparation or 0) + (call.notes or 0) for call in told.calls
    )
    assert (found.calls, found.missed, found.preparation_told, found.notes_told) == (3, 1, 2, 1)
    assert (found.per_participant, found.per_coached) == (108 / 4, 108 / 2)


def test_one_call_in_four_was_missed_and_waiting_took_six_days(told):
    found = exposure.describe_offer(told)

    assert (found["missed"].agreed, found["missed"].missed, found["missed"].percent) == (4, 1, 25)
    assert found["waiting_days"].median == 6


def test_uptake_is_of_those_who_were_offered_a_call(five):
    found = exposure.describe_offer(five)["uptake"]

    assert (found.offered, found.coached, round(found.percent, 2)) == (3, 2, 66.67)


def test_minutes_for_each_point_are_told_for_a_change_for_the_better_alone(told):
    """Ann went up by 6 and Bo down by 1: 2.5 on average, and 54 minutes each."""
    found = exposure.describe_offer(told)["coach_minutes"]["per_unit_of_change"]["mood"]["t2"]

    assert found.minutes == 54 / 2.5


def test_a_change_is_told_of_each_side_and_of_each_group(five):
    arms = {"ann": "calls", "bo": "later", "cy": "calls", "di": "", "ed": "later"}
    people = tuple(replace(person, arm=arms[person.key]) for person in five.people)
    found = exposure.describe_offer(replace(five, people=people))

    assert found["received"]["mood"]["t2"]["coached"].mean_change == 2.5
    assert found["received"]["mood"]["t2"]["not_coached"].n == 0
    assert found["allocated"]["mood"]["t2"]["calls"].mean_change == 6
    assert sum(group.n for group in found["groups"].values()) == 5
    assert not found["by_chance"]


def test_groups_by_chance_are_known_as_such(five):
    people = tuple(replace(one, arm="a" if one.key < "c" else "b") for one in five.people)
    found = exposure.describe_offer(replace(five, people=people, design={"allocated_by": "PERSON"}))

    assert found["by_chance"]


def test_why_not_is_counted_of_those_who_were_offered_a_call_and_had_none(five):
    people = tuple(replace(one, declined_because="NO_TIME") for one in five.people)
    found = exposure.describe_offer(replace(five, people=people))["why_not"]

    assert (found.no_call, found.said, found.reasons) == (1, 1, {"NO_TIME": 1})


def test_a_cohort_of_nobody_has_figures_all_the_same(five):
    nobody = replace(five, people=(), calls=(), scores=(), answers=())
    found = exposure.describe_offer(nobody)

    assert found["uptake"].percent is None
    assert found["coach_minutes"]["per_coached"] is None
    assert found["groups"] == {}
    assert fairness.compare(nobody)["offered"] == 0


def test_fairness_counts_offered_taken_and_rated_by_group(five):
    found = fairness.compare(five)

    nurse = found["by"]["profession"]["groups"]["nurse"]
    assert (nurse.n, nurse.took.n, nurse.took.percent) == (2, 1, 50)
    assert found["by"]["profession"]["missing"] == 0
    assert (found["offered"], found["took"].n) == (3, 2)


CENTRAL = scale_up.Inputs(
    staff=200, uptake=50, calls_each=1.5, minutes=30, preparation=12, notes=8, missed=20, minutes_lost=10,
    coach_hours=5, weeks=20, waiting_days=6, rate=40, supervision=10, fixed=500,
)  # fmt: skip


def test_the_planner_agrees_with_the_sum_by_hand():
    """100 people; 150 calls; 150 x 20/80 = 37.5 missed; 150 x 50 + 37.5 x 22 = 8325 minutes = 138.75 hours.

    138.75 / 5 = 27.75 weeks, which is 7.75 too many: 6 + 7 x 7.75 / 2 = 33.125 days. 138.75 x 40 x 1.1 + 500 = 6605.
    """
    found = scale_up.project(CENTRAL)

    assert (found.people, found.held, found.missed, found.hours) == (100, 150, 37.5, 138.75)
    assert (found.weeks_needed, found.waiting_days) == (27.75, 33.125)
    assert round(found.cost, 6) == 6605
    assert round(found.cost_each, 6) == 66.05
    assert found.hours_a_week == 138.75 / 20


def test_coaches_with_time_enough_keep_the_waiting_as_it_is_and_none_have_no_waiting():
    assert scale_up.project(replace(CENTRAL, coach_hours=50)).waiting_days == 6
    assert scale_up.project(replace(CENTRAL, coach_hours=0)).waiting_days is None
    assert scale_up.project(replace(CENTRAL, staff=0)).cost_each is None
