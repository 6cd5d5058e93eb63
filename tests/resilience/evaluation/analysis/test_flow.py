from dataclasses import replace

import pytest

from resilience.evaluation.analysis import flow


def test_everyone_is_counted_from_enrolment_to_the_last_time_point_that_was_due(five):
    found = flow.follow(five)

    assert (found.registered, found.consented, found.baseline, found.started) == (7, 5, 4, 4)
    assert (found.completed_modules, found.withdrew) == (3, 1)
    assert found.answered == {"t1": 4, "t2": 2}
    assert found.answered_all == 2
    assert found.retained_percent == {"t2": 50.0}


def test_a_time_point_that_had_not_come_is_not_missing(five):
    found = flow.follow(five)

    assert found.not_yet_due == ("t3",)
    assert "t3" not in found.answered


def test_coached_means_a_call_that_took_place(five):
    found = flow.follow(five)

    assert (found.offered_call, found.accepted_call) == (3, 2)
    assert (found.one_call_or_more, found.two_calls_or_more) == (2, 1)
    assert (found.coached.started, found.coached.answered) == (2, {"t2": 2})
    assert (found.not_coached.started, found.not_coached.answered) == (2, {"t2": 0})


def test_before_anything_was_due_nobody_has_answered(five):
    early = replace(five, plan=replace(five.plan, due=()))

    found = flow.follow(early)

    assert (found.baseline, found.answered, found.answered_all) == (0, {}, 0)


def test_who_was_asked_nothing_is_not_lost(five):
    people = tuple(replace(each, spared=("t2",)) if each.key == "di" else each for each in five.people)

    found = flow.follow(replace(five, people=people))

    assert found.answered == {"t1": 4, "t2": 2}
    assert found.retained_percent == {"t2": pytest.approx(100 * 2 / 3)}
