"""Book, move and cancel a call: one winner for each time, however many ask at once.

The coach's row is locked first, then the participant's, always in this order; the constraints of the database
stand behind that. Whoever books, stops or takes back a consent locks the enrolment before both, so that no booking
outlives it. On SQLite a writing transaction admits one writer, which is the same lock.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import bookable, calls, offers, relationships, reminders, retrying, slots
from resilience.coaching.availability import Slot
from resilience.coaching.models import LIVE, Booking, By, Coach, Status
from resilience.participants import consent
from resilience.participants.models import Enrolment, Participant, Purpose


class SlotTaken(Exception):
    """Somebody else has this time, or it is not offered: show others."""


class TooLate(Exception):
    """The time is too near or past, or the call has begun."""


class AlreadyCancelled(Exception):
    """The booking was cancelled before."""


@retrying.when_asked
@transaction.atomic
def book(
    *, coach: Coach, starts_at: datetime, enrolment: Enrolment, request: UUID, by: User, now: datetime
) -> Booking:
    """Book a coach's time for somebody. The same `request` again returns the same booking and changes nothing.

    Raises consent.NotConsented, offers.NotOffered, TooLate or SlotTaken.
    """
    lock_enrolment(enrolment)
    (coach,) = _lock([coach.pk], participant_id=enrolment.participant_id)
    if made := Booking.objects.filter(request=request).first():
        return _the_same(made, enrolment)
    enrolment.refresh_from_db(fields=["withdrawn_at"])
    consent.require(enrolment, Purpose.CALLS)
    standing = offers.standing(enrolment, now=now)
    if not standing.bookable:
        raise offers.NotOffered(standing.offer)
    slot = _free(coach, starts_at, enrolment, now=now)
    fresh = Booking(
        coach=coach, enrolment=enrolment, participant_id=enrolment.participant_id, status=Status.BOOKED,
        request=request, early=standing.early, made_at=now,
    )  # fmt: skip
    booking = _keep(_at(fresh, slot, coach))
    relationships.begin(enrolment=enrolment, coach=coach, now=now)
    offers.take_back(enrolment, now=now)
    _announce(booking, reminders.BOOKED, now=now)
    trail.record(events.BOOKING_MADE, target=booking, by=by, at=now, early=booking.early)
    return booking


@retrying.when_asked
@transaction.atomic
def move(*, booking: Booking, coach: Coach, starts_at: datetime, by: User, now: datetime) -> Booking:
    """Move a booking to another time; the old one stays where the new one is refused.

    The same row is kept and its version rises. Raises SlotTaken, TooLate, AlreadyCancelled or consent.NotConsented.
    """
    locked = {
        each.pk: each for each in _lock({booking.coach_id, coach.pk}, participant_id=booking.participant_id)
    }
    booking, coach = _fresh(booking), locked[coach.pk]
    _still_to_come(booking, now=now)
    if (booking.coach_id, booking.starts_at) == (coach.pk, starts_at):
        return booking
    consent.require(booking.enrolment, Purpose.CALLS)
    slot = _free(coach, starts_at, booking.enrolment, now=now, leaving_out=booking)
    before = booking.version
    booking.coach, booking.version = coach, before + 1
    booking = _keep(_at(booking, slot, coach))
    relationships.begin(enrolment=booking.enrolment, coach=coach, now=now)
    reminders.forget(booking, now=now)
    _announce(booking, reminders.MOVED, now=now)
    trail.record(events.BOOKING_MOVED, target=booking, by=by, at=now, version=booking.version)
    return booking


@retrying.when_asked
@transaction.atomic
def cancel(
    booking: Booking, *, by: User | None, now: datetime, side: str = By.PARTICIPANT,
    tell: Callable[..., None] = reminders.plan_cancelled,
) -> Booking:  # fmt: skip
    """Cancel a booking; cancelling it once more changes nothing. Raises TooLate once the call has begun.

    `tell` plans what is written to the two.
    """
    _lock([booking.coach_id], participant_id=booking.participant_id)
    booking = _fresh(booking)
    if booking.status == Status.CANCELLED:
        return booking
    _still_to_come(booking, now=now)
    booking.status, booking.cancelled_at, booking.cancelled_by = Status.CANCELLED, now, side
    booking.version += 1
    booking.save()
    reminders.forget(booking, now=now)
    tell(booking, now=now)
    trail.record(events.BOOKING_CANCELLED, target=booking, by=by, at=now, side=side)
    return booking


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """Lock an enrolment, before any coach or participant, and return it as it is now."""
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)


def _lock(coach_ids: Iterable[UUID], *, participant_id: UUID) -> list[Coach]:
    """Lock the coaches by id, then the participant; return the coaches as they are now."""
    coaches = list(Coach.objects.select_for_update(no_key=True).filter(pk__in=set(coach_ids)).order_by("pk"))
    Participant.objects.select_for_update(no_key=True).get(pk=participant_id)
    return coaches


def _the_same(made: Booking, enrolment: Enrolment) -> Booking:
    """Return the booking that this form led to before. Raises SlotTaken where it was somebody else's form."""
    if made.enrolment_id != enrolment.pk:
        raise SlotTaken
    return made


def _fresh(booking: Booking) -> Booking:
    related = ("coach", "enrolment__cohort__programme", "enrolment__participant__user")
    return Booking.objects.select_related(*related).get(pk=booking.pk)


def _still_to_come(booking: Booking, *, now: datetime) -> None:
    if booking.status == Status.CANCELLED:
        raise AlreadyCancelled
    if now >= booking.starts_at:
        raise TooLate


def _free(coach: Coach, starts_at: datetime, enrolment: Enrolment, *, now: datetime,
          leaving_out: Booking | None = None) -> Slot:  # fmt: skip
    """Return the slot that is free for both. Raises TooLate or SlotTaken."""
    programme = enrolment.cohort.programme
    if starts_at < now + timedelta(hours=coach.notice_hours):
        raise TooLate
    offered = bookable.is_bookable(coach) and coach.programmes.filter(pk=programme.pk).exists()
    length = timedelta(minutes=programme.call_minutes)
    slot = slots.find(coach=coach, starts_at=starts_at, length=length, now=now, leaving_out=leaving_out)
    if not offered or slot is None or coach.user_id == enrolment.participant.user_id:
        raise SlotTaken
    if coach.pk in relationships.apart(participant_id=enrolment.participant_id):
        raise SlotTaken
    others = Booking.objects.filter(participant_id=enrolment.participant_id, status__in=LIVE)
    if leaving_out is not None:
        others = others.exclude(pk=leaving_out.pk)
    if others.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists():
        raise SlotTaken
    return slot


def _at(booking: Booking, slot: Slot, coach: Coach) -> Booking:
    """Return the booking, set to this slot: also in the words of the participant's own clock."""
    booking.starts_at, booking.ends_at = slot.starts_at, slot.ends_at
    booking.blocked_until = slot.ends_at + timedelta(minutes=coach.gap_minutes)
    booking.time_zone = booking.enrolment.participant.time_zone
    booking.local_start = f"{slot.starts_at.astimezone(ZoneInfo(booking.time_zone)):%Y-%m-%dT%H:%M}"
    return booking


def _keep(booking: Booking) -> Booking:
    """Store the booking. Raises SlotTaken where a constraint of the database says that the time is not free."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        taken = error
    else:
        return booking
    raise SlotTaken from taken


def _announce(booking: Booking, what: str, *, now: datetime) -> None:
    reminders.plan(booking, what, now=now)
    calls.plan(booking)
