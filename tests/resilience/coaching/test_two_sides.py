from datetime import timedelta

import pytest

from resilience import clock
from resilience.coaching import ratings, two_sides
from resilience.coaching.models import Booking, Call, Outcome, Side
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db

ITEMS = ("1", "2", "4", "5", "7", "8")


def held(enrolment, coach, *, at, participant=None, of_coach=None, more=(), of_coachs=()) -> None:
    """A call that took place, with what either side answered, each the same number to every question."""
    booking = BookingFactory(enrolment=enrolment, coach=coach, starts_at=at, status="BOOKED")
    call = Call.objects.create(
        booking=booking, version=1, room=f"{at:%d%H%M%S}-{booking.pk}"[:43], started_at=at, ended_at=at,
        outcome=Outcome.FULFILLED,
    )  # fmt: skip
    for side, value, others in ((Side.PARTICIPANT, participant, more), (Side.COACH, of_coach, of_coachs)):
        if value is not None:
            relationship, feedback = ratings.ASKED[side]
            answers = {relationship: dict.fromkeys(ITEMS, value), feedback: {}} | dict(others)
            ratings.record(call, side=side, answers=answers, now=at)


def pairs(number: int, coach, *, participant=4, of_coach=3) -> list:
    before, enrolments = Booking.objects.count(), EnrolmentFactory.create_batch(number)
    for place, enrolment in enumerate(enrolments):
        at = clock.now() - timedelta(hours=before + place + 1)
        held(enrolment, coach, at=at, participant=participant, of_coach=of_coach)
    return [each.pk for each in enrolments]


def test_ten_pairs_are_compared_as_a_group(ben):
    enrolments = pairs(10, ben)

    found = two_sides.agreement(enrolments, as_of=clock.now())

    assert found["safe"] == {
        "pairs": 10, "participants_mean": 4, "coaches_mean": 3, "difference": -1, "difference_sd": 0,
        "within_1_percent": 100, "correlation": None,
    }  # fmt: skip


def test_nine_pairs_are_not_shown_and_not_even_counted(ben):
    enrolments = pairs(9, ben)

    found = two_sides.agreement(enrolments, as_of=clock.now())

    assert found["safe"] == {"pairs": None, "why": two_sides.FEW}


def test_somebody_whose_coach_did_not_answer_is_in_no_pair(ben):
    enrolments = pairs(10, ben) + pairs(3, ben, of_coach=None)

    assert two_sides.agreement(enrolments, as_of=clock.now())["safe"]["pairs"] == 10


def test_somebody_with_two_coaches_is_two_pairs_of_one_person(ben):
    enrolments = EnrolmentFactory.create_batch(9)
    other = CoachFactory()
    for place, enrolment in enumerate(enrolments):
        for coach, hours in ((ben, 1), (other, 40)):
            at = clock.now() - timedelta(hours=place + hours)
            held(enrolment, coach, at=at, participant=4, of_coach=4)

    found = two_sides.agreement([each.pk for each in enrolments], as_of=clock.now())

    assert found["safe"]["pairs"] is None


def test_two_calls_of_a_pair_count_once_by_their_means(ben):
    enrolments = pairs(9, ben, participant=5, of_coach=5)
    twice = EnrolmentFactory()
    for hours, value in ((30, 2), (20, 4)):
        held(twice, ben, at=clock.now() - timedelta(hours=hours), participant=value, of_coach=3)

    found = two_sides.agreement([*enrolments, twice.pk], as_of=clock.now())["safe"]

    assert (found["pairs"], found["participants_mean"], found["coaches_mean"]) == (10, 4.8, 4.8)
    assert found["correlation"] == pytest.approx(1)


def test_what_was_answered_later_is_not_in_an_earlier_snapshot(ben):
    enrolments = pairs(10, ben)

    found = two_sides.agreement(enrolments, as_of=clock.now() - timedelta(days=9))

    assert found["safe"] == {"pairs": 0, "why": two_sides.FEW}


def test_how_many_are_content_is_a_number_of_ten_people_or_more(ben):
    enrolments = EnrolmentFactory.create_batch(10)
    for place, enrolment in enumerate(enrolments):
        content = [("call_satisfaction", {"1": 5 if place else 2, "2": 4})]
        at = clock.now() - timedelta(hours=place + 1)
        held(enrolment, ben, at=at, participant=4, more=content)
    keys = [each.pk for each in enrolments]

    found = two_sides.satisfaction(keys, as_of=clock.now())
    fewer = two_sides.satisfaction(keys[:9], as_of=clock.now())

    assert found["participants"]["1"] == {"n": 10, "agree": 9, "percent": 90, "mean": 4.7}
    assert fewer["participants"]["1"] == {"n": None, "why": "fewer than 10"}


def test_what_one_or_two_coaches_say_is_not_shown():
    enrolment = EnrolmentFactory()
    coaches = CoachFactory.create_batch(3)
    for place, coach in enumerate(coaches):
        at = clock.now() - timedelta(hours=place + 1)
        content = [("call_reward_coach", {"2": 5, "3": 2, "5": 4})]
        held(enrolment, coach, at=at, of_coach=4, of_coachs=content)
        found = two_sides.satisfaction([enrolment.pk], as_of=clock.now())["coaches"]["2"]
        assert (found["n"] is None) == (place < 2)

    assert found == {"n": 3, "agree": 3, "percent": 100, "mean": 5}
