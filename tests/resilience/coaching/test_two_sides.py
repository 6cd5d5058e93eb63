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


def test_an_eleventh_pair_waits_for_nine_more_so_that_two_reports_do_not_tell_its_answers(ben):
    enrolments = pairs(10, ben)
    before = two_sides.agreement(enrolments, as_of=clock.now())
    newcomer = EnrolmentFactory()
    held(newcomer, ben, at=clock.now() - timedelta(minutes=5), participant=1, of_coach=1)

    after = two_sides.agreement([*enrolments, newcomer.pk], as_of=clock.now())

    assert after == before


def test_of_each_person_the_first_call_counts_so_that_a_second_one_changes_nothing(ben):
    enrolments = pairs(10, ben, participant=5, of_coach=5)
    before = two_sides.agreement(enrolments, as_of=clock.now())
    held(
        EnrolmentFactory._meta.model.objects.get(pk=enrolments[0]), CoachFactory(),
        at=clock.now() - timedelta(minutes=5), participant=1, of_coach=1,
    )  # fmt: skip

    after = two_sides.agreement(enrolments, as_of=clock.now())

    assert after == before
    assert after["safe"]["pairs"] == 10


def test_a_call_of_which_one_side_alone_told_is_passed_over(ben):
    enrolments = pairs(9, ben)
    tenth = EnrolmentFactory()
    held(tenth, ben, at=clock.now() - timedelta(minutes=50), participant=1)
    held(tenth, ben, at=clock.now() - timedelta(minutes=5), participant=4, of_coach=3)

    found = two_sides.agreement([*enrolments, tenth.pk], as_of=clock.now())["safe"]

    assert (found["pairs"], found["participants_mean"]) == (10, 4)


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


def test_how_content_the_eleventh_is_waits_for_nine_more(ben):
    enrolments = EnrolmentFactory.create_batch(11)
    for place, enrolment in enumerate(enrolments):
        content = [("call_satisfaction", {"1": 5 if place else 1, "2": 4})]
        held(enrolment, ben, at=clock.now() - timedelta(hours=place + 1), participant=4, more=content)

    found = two_sides.satisfaction([each.pk for each in enrolments], as_of=clock.now())

    assert found["participants"]["1"] == {"n": 10, "agree": 10, "percent": 100, "mean": 5}


def test_what_four_coaches_say_is_not_shown():
    enrolment = EnrolmentFactory()
    coaches = CoachFactory.create_batch(5)
    for place, coach in enumerate(coaches):
        at = clock.now() - timedelta(hours=place + 1)
        content = [("call_reward_coach", {"2": 5, "3": 2, "5": 4})]
        held(enrolment, coach, at=at, of_coach=4, of_coachs=content)
        found = two_sides.satisfaction([enrolment.pk], as_of=clock.now())["coaches"]["2"]
        assert (found["n"] is None) == (place < 4)

    assert found == {"n": 5, "agree": 5, "percent": 100, "mean": 5}
