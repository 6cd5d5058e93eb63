"""A coach may take part in calls as well: one person never has two calls at once, whichever side they are on."""

from datetime import timedelta

import pytest

from resilience.coaching import booking as bookings
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, radios

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
WITH_EVA = "eva@2026-11-03T14:20:00Z"


@pytest.fixture
def eva(ben):
    return CoachFactory(slug="eva", shown_name="Eva")


@pytest.fixture
def ben_takes_part(ben):
    return EnrolmentFactory(participant__user=ben.user)


@pytest.mark.parametrize("shift", [0, 15, -15], ids=["same", "later", "earlier"])
def test_group_20_a_coach_who_has_a_call_of_their_own_then_cannot_be_booked(
    book, ben_takes_part, eva, tuesday, shift
):
    BookingFactory(enrolment=ben_takes_part, coach=eva, starts_at=HALF_PAST_TWO + timedelta(minutes=shift))

    with pytest.raises(bookings.SlotTaken):
        book(tuesday)


def test_group_20_a_coach_who_holds_a_call_then_cannot_book_one(book, ben, ben_takes_part, eva, tuesday):
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, enrolment=ben_takes_part, coach=eva)


def test_group_20_a_call_is_not_moved_onto_the_other_roles_time(book, ben, ben_takes_part, eva, tuesday):
    later = HALF_PAST_TWO + timedelta(minutes=40)
    BookingFactory(coach=ben, starts_at=later)
    booked = book(tuesday, enrolment=ben_takes_part, coach=eva)

    with pytest.raises(bookings.SlotTaken):
        bookings.move(booking=booked, coach=eva, starts_at=later, by=ben.user, now=tuesday)


def test_group_20_times_of_the_other_role_are_not_offered_on_either_side(
    as_participant, sign_in, ada, ben, ben_takes_part, eva
):
    before = radios(as_participant.get("/calls/times/"))
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)
    his_page = radios(sign_in(ben.user).get("/calls/times/"))
    BookingFactory(
        enrolment=ben_takes_part, coach=CoachFactory(), starts_at=HALF_PAST_TWO + timedelta(minutes=40)
    )

    after = radios(as_participant.get("/calls/times/"))

    assert {WITH_EVA, "ben@2026-11-03T15:00:00Z"} <= set(before)
    assert WITH_EVA not in his_page
    assert "ben@2026-11-03T15:00:00Z" not in after
    assert WITH_EVA in after
