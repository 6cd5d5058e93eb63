"""Booking, moving and cancelling."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from resilience.audit.models import AuditEvent
from resilience.coaching import booking as bookings
from resilience.coaching import offers, slots
from resilience.coaching.models import CallDecline, CoachingRelationship, Status
from resilience.messaging.models import Outgoing, State
from resilience.participants import consent
from resilience.participants.models import ConsentRecord, Purpose
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
HALF_AN_HOUR = timedelta(minutes=30)
THREE = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)


def test_a_booked_time_is_no_longer_offered(book, ben, tuesday):
    book(tuesday)

    assert slots.find(coach=ben, starts_at=HALF_PAST_TWO, length=HALF_AN_HOUR, now=tuesday) is None


def test_cancelling_gives_the_time_back(book, ben, ada, tuesday):
    booked = book(tuesday)

    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    assert slots.find(coach=ben, starts_at=HALF_PAST_TWO, length=HALF_AN_HOUR, now=tuesday) is not None


def test_a_booking_begins_the_relationship_once(book, ada, ben, tuesday):
    first = book(tuesday)
    bookings.cancel(first, by=ada.participant.user, now=tuesday)
    book(tuesday, at=THREE)

    assert CoachingRelationship.objects.filter(enrolment=ada, coach=ben, active_to=None).count() == 1


def test_every_change_of_a_booking_stands_in_the_trail(book, ada, ben, tuesday):
    booked = book(tuesday)
    bookings.move(booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=tuesday)
    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    told = AuditEvent.objects.filter(target_id=str(booked.pk)).order_by("id").values_list("event", flat=True)
    assert sorted(told) == ["booking_cancelled", "booking_made", "booking_moved"]


def test_group_05_the_same_form_twice_is_one_booking_and_one_confirmation(book, tuesday):
    once = uuid4()

    first, second = book(tuesday, request=once), book(tuesday, request=once)

    assert first == second
    assert Outgoing.objects.filter(kind="booking_text").count() == 1


def test_group_05_the_same_form_leads_to_the_same_booking_even_after_it_was_cancelled(book, ada, tuesday):
    once = uuid4()
    booked = book(tuesday, request=once)
    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    assert book(tuesday, request=once).status == Status.CANCELLED


def test_group_05_somebody_elses_form_is_refused(book, tuesday):
    once = uuid4()
    book(tuesday, request=once)

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, at=THREE, enrolment=EnrolmentFactory(), request=once)


def test_group_01_a_time_that_somebody_has_is_refused(book, tuesday):
    book(tuesday)

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, enrolment=EnrolmentFactory())


def test_a_time_that_is_not_on_the_grid_is_refused(book, tuesday):
    with pytest.raises(bookings.SlotTaken):
        book(tuesday, at=HALF_PAST_TWO + timedelta(minutes=5))


def test_a_time_inside_the_notice_is_too_late(book, tuesday):
    with pytest.raises(bookings.TooLate):
        book(tuesday, at=tuesday + timedelta(minutes=20))


def test_group_09_a_time_beyond_the_horizon_is_refused(book, tuesday):
    with pytest.raises(bookings.SlotTaken):
        book(tuesday, at=HALF_PAST_TWO + timedelta(days=63))


@pytest.mark.parametrize("what", ["inactive", "of another programme"])
def test_a_coach_who_does_not_hold_calls_here_cannot_be_booked(book, what, tuesday):
    coach = CoachFactory(
        is_active=what != "inactive", programmes=[] if what == "of another programme" else None
    )

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, coach=coach)


def test_group_20_coaches_cannot_book_themselves(book, ben, tuesday):
    as_participant = EnrolmentFactory(participant__user=ben.user)

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, enrolment=as_participant)


def test_nobody_is_booked_who_did_not_agree_to_calls(book, tuesday):
    someone = EnrolmentFactory(consents=[Purpose.TAKE_PART])

    with pytest.raises(consent.NotConsented):
        book(tuesday, enrolment=someone)


def test_one_call_at_a_time(book, tuesday):
    book(tuesday)

    with pytest.raises(offers.NotOffered) as refused:
        book(tuesday, at=THREE)

    assert refused.value.offer == offers.Offer.BOOKED


def test_somebody_who_stopped_taking_part_cannot_book(book, ada, tuesday):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    with pytest.raises(offers.NotOffered):
        book(tuesday)


def test_booking_takes_a_no_back(book, ada, tuesday):
    offers.decline(ada, by=ada.participant.user, now=tuesday)

    book(tuesday)

    assert CallDecline.objects.get(enrolment=ada).taken_back_at == tuesday


def test_moving_keeps_the_row_and_raises_its_version(book, ada, ben, tuesday):
    booked = book(tuesday)

    moved = bookings.move(booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=tuesday)

    assert (moved.pk, moved.version, moved.starts_at) == (booked.pk, 2, THREE)
    assert slots.find(coach=ben, starts_at=HALF_PAST_TWO, length=HALF_AN_HOUR, now=tuesday) is not None


def test_group_14_moving_onto_itself_changes_nothing(book, ada, ben, tuesday):
    booked = book(tuesday)

    same = bookings.move(
        booking=booked, coach=ben, starts_at=HALF_PAST_TWO, by=ada.participant.user, now=tuesday
    )

    assert same.version == 1


def test_group_14_moving_onto_a_taken_time_keeps_the_old_one(book, ada, ben, tuesday):
    BookingFactory(coach=ben, starts_at=THREE)
    booked = book(tuesday)

    with pytest.raises(bookings.SlotTaken):
        bookings.move(booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=tuesday)

    booked.refresh_from_db()
    assert (booked.starts_at, booked.version) == (HALF_PAST_TWO, 1)


def test_moving_to_another_coach_keeps_the_booking(book, ada, tuesday):
    eva = CoachFactory()
    booked = book(tuesday)

    moved = bookings.move(booking=booked, coach=eva, starts_at=THREE, by=ada.participant.user, now=tuesday)

    assert (moved.pk, moved.coach) == (booked.pk, eva)


@pytest.mark.parametrize(
    "to", [timedelta(minutes=20), timedelta(days=-1)], ids=["inside the notice", "into the past"]
)
def test_group_14_a_call_cannot_be_moved_to_a_time_too_near(book, ada, ben, tuesday, to):
    booked = book(tuesday)

    with pytest.raises(bookings.TooLate):
        bookings.move(booking=booked, coach=ben, starts_at=tuesday + to, by=ada.participant.user, now=tuesday)


def test_group_14_a_call_whose_time_has_come_can_be_neither_moved_nor_cancelled(book, ada, ben, tuesday):
    booked = book(tuesday)

    for change in (
        lambda: bookings.move(
            booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=HALF_PAST_TWO
        ),
        lambda: bookings.cancel(booked, by=ada.participant.user, now=HALF_PAST_TWO),
    ):  # fmt: skip
        with pytest.raises(bookings.TooLate):
            change()


def test_group_14_a_cancelled_call_cannot_be_moved(book, ada, ben, tuesday):
    booked = bookings.cancel(book(tuesday), by=ada.participant.user, now=tuesday)

    with pytest.raises(bookings.AlreadyCancelled):
        bookings.move(booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=tuesday)


def test_group_16_cancelling_twice_is_cancelling_once(book, ada, tuesday):
    booked = book(tuesday)

    first = bookings.cancel(booked, by=ada.participant.user, now=tuesday)
    second = bookings.cancel(booked, by=ada.participant.user, now=tuesday + HALF_AN_HOUR)

    assert second.cancelled_at == first.cancelled_at == tuesday


def test_what_was_planned_for_a_cancelled_booking_is_skipped(book, ada, tuesday):
    booked = book(tuesday)

    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    waiting = Outgoing.objects.filter(target_id=booked.pk, state=State.DUE).values_list("kind", flat=True)
    assert sorted(waiting) == ["cancelled_mail", "coach_mail"]


def test_the_wall_time_in_the_participants_zone_is_kept_with_the_booking(book, ada, ben, tuesday):
    ada.participant.time_zone = "America/Toronto"
    ada.participant.save()

    assert book(tuesday).local_start == "2026-11-03T09:20"


def test_consent_taken_back_stops_a_move(book, ada, ben, tuesday):
    booked = book(tuesday)
    form = ConsentRecord.objects.filter(enrolment=ada).first().form
    consent.record(enrolment=ada, form=form, given=[Purpose.TAKE_PART], by=ada.participant.user, now=THREE)

    with pytest.raises(consent.NotConsented):
        bookings.move(booking=booked, coach=ben, starts_at=THREE, by=ada.participant.user, now=tuesday)
