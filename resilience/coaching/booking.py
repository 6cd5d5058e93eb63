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
from django.db.models import Q

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import calls, offers, relationships, reminders, retrying, slots, whom
from resilience.coaching.availability import Slot
from resilience.coaching.models import LIVE, Booking, By, Coach, Status
from resilience.coaching.ways import Way
from resilience.participants import consent
from resilience.participants.models import Enrolment, Participant, Purpose

HELD_FOR = timedelta(minutes=10)


class SlotTaken(Exception):
    """Somebody else has this time, or it is not offered: show others."""


class TooLate(Exception):
    """The time is too near or past, or the call has begun."""


class AlreadyCancelled(Exception):
    """The booking was cancelled before."""


@retrying.when_asked
@transaction.atomic
def book(
    *,
    coach: Coach,
    starts_at: datetime,
    enrolment: Enrolment,
    request: UUID,
    by: User,
    now: datetime,
    place: str = "",
) -> Booking:
    """Book a coach's time for somebody. The same `request` again returns the same booking and changes nothing.

    A time that they kept before becomes free, or this booking. Raises consent.NotConsented, offers.NotOffered, TooLate
    or SlotTaken.
    """
    coach = _begin(coach, enrolment)
    if made := Booking.objects.filter(request=request).exclude(status=Status.HELD).first():
        return _the_same(made, enrolment)
    if Booking.objects.filter(coach=coach, starts_at=starts_at, status=Status.BOOKED).exists():
        raise SlotTaken  # asked first, so that whoever comes too late keeps nobody else waiting
    standing = _offered(enrolment, now=now)
    _drop_held(coach, enrolment, now=now)
    slot = _free(coach, starts_at, enrolment, now=now)
    fresh = Booking(
        coach=coach, enrolment=enrolment, participant_id=enrolment.participant_id, status=Status.BOOKED,
        request=request, early=standing.early, place=place, made_at=now,
    )  # fmt: skip
    booking = _keep(_at(fresh, slot, coach))
    _agreed(booking, by=by, now=now)
    return booking


@retrying.when_asked
@transaction.atomic
def hold(*, coach: Coach, starts_at: datetime, enrolment: Enrolment, now: datetime) -> Booking:
    """Keep a time for ten minutes while somebody fills in the rest; asking again for it makes it no longer.

    Raises what `book` raises.
    """
    coach = _begin(coach, enrolment)
    _offered(enrolment, now=now)
    kept = Booking.objects.filter(enrolment=enrolment, status=Status.HELD, held_until__gt=now)
    if same := kept.filter(coach=coach, starts_at=starts_at).first():
        return same
    _drop_held(coach, enrolment, now=now)
    slot = _free(coach, starts_at, enrolment, now=now)
    fresh = Booking(
        coach=coach, enrolment=enrolment, participant_id=enrolment.participant_id, status=Status.HELD,
        held_until=now + HELD_FOR, made_at=now,
    )  # fmt: skip
    return _keep(_at(fresh, slot, coach))


@retrying.when_asked
@transaction.atomic
def arrange(
    *,
    coach: Coach,
    starts_at: datetime,
    enrolment: Enrolment,
    way: str,
    meet_at: str,
    by: User,
    now: datetime,
) -> Booking:
    """Arrange a talk another way, at whatever time the two agreed; `meet_at` says where, or by which link.

    Raises what `book` raises.
    """
    coach = _begin(coach, enrolment)
    standing = _offered(enrolment, now=now)
    if starts_at <= now:
        raise TooLate
    _drop_held(coach, enrolment, now=now)
    slot = Slot(starts_at, starts_at + _length(enrolment), coach.pk)
    open_to_them = whom.can_talk(enrolment, coach=coach, by_telephone=way == Way.PHONE)
    if not open_to_them or _busy(coach, slot, enrolment):
        raise SlotTaken
    fresh = Booking(
        coach=coach, enrolment=enrolment, participant=enrolment.participant, status=Status.BOOKED,
        early=standing.early, way=way, meet_at=meet_at, made_at=now,
    )  # fmt: skip
    booking = _keep(_at(fresh, slot, coach))
    _agreed(booking, by=by, now=now)
    return booking


def _begin(coach: Coach, enrolment: Enrolment) -> Coach:
    """Lock all that a new booking touches, in order; return the coach as they are now."""
    enrolment.withdrawn_at = lock_enrolment(enrolment).withdrawn_at
    return lock([coach.pk], participant_id=enrolment.participant_id, in_both_roles=True)[coach.pk]


def _offered(enrolment: Enrolment, *, now: datetime) -> offers.Standing:
    consent.require(enrolment, Purpose.CALLS)
    standing = offers.standing(enrolment, now=now)
    if not standing.bookable:
        raise offers.NotOffered(standing.offer)
    return standing


def _drop_held(coach: Coach, enrolment: Enrolment, *, now: datetime) -> None:
    """Let go of what this person kept, and of what anybody kept of this coach's time for too long."""
    mine, over = Q(participant=enrolment.participant_id), Q(coach=coach, held_until__lte=now)
    Booking.objects.filter(mine | over, status=Status.HELD).delete()


def _agreed(booking: Booking, *, by: User, now: datetime) -> None:
    relationships.begin(enrolment=booking.enrolment, coach=booking.coach, now=now)
    offers.take_back(booking.enrolment, now=now)
    _announce(booking, reminders.BOOKED, now=now)
    trail.record(events.BOOKING_MADE, target=booking, by=by, at=now, early=booking.early)


@retrying.when_asked
@transaction.atomic
def move(*, booking: Booking, coach: Coach, starts_at: datetime, by: User, now: datetime) -> Booking:
    """Move a booking to another time; the old one stays where the new one is refused.

    The same row is kept and its version rises. Raises SlotTaken, TooLate, AlreadyCancelled or consent.NotConsented.
    """
    both = {booking.coach_id, coach.pk}
    locked = lock(both, participant_id=booking.participant_id, in_both_roles=True)
    booking, coach = _fresh(booking), locked[coach.pk]
    _still_to_come(booking, now=now)
    if (booking.coach_id, booking.starts_at) == (coach.pk, starts_at):
        return booking
    consent.require(booking.enrolment, Purpose.CALLS)
    _drop_held(coach, booking.enrolment, now=now)
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
    lock([booking.coach_id], participant_id=booking.participant_id)
    booking = _fresh(booking)
    if booking.status == Status.HELD:
        booking.delete()
        return booking
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


def lock(
    coach_ids: Iterable[UUID], *, participant_id: UUID, in_both_roles: bool = False
) -> dict[UUID, Coach]:
    """Lock the coaches by id, then the participant; return the coaches as they are now.

    `in_both_roles` locks the participant as a coach too, where they are one: whoever books them meets that lock.
    """
    wanted = Q(pk__in=set(coach_ids))
    if in_both_roles:
        wanted |= Q(user__participant=participant_id)
    rows = Coach.objects.select_for_update(no_key=True, of=("self",)).filter(wanted)
    coaches = {coach.pk: coach for coach in rows.select_related("user").order_by("pk")}
    list(Participant.objects.select_for_update(no_key=True).filter(pk=participant_id))
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
    if starts_at < now + timedelta(hours=coach.notice_hours):
        raise TooLate
    slot = slots.find(
        coach=coach, starts_at=starts_at, length=_length(enrolment), now=now, leaving_out=leaving_out
    )
    if (
        slot is None
        or not whom.can_talk(enrolment, coach=coach)
        or _busy(coach, slot, enrolment, but=leaving_out)
    ):
        raise SlotTaken
    return slot


def _length(enrolment: Enrolment) -> timedelta:
    return timedelta(minutes=enrolment.cohort.programme.call_minutes)


def _busy(coach: Coach, slot: Slot, enrolment: Enrolment, *, but: Booking | None = None) -> bool:
    """Return whether either of the two has another call then, as a coach or as a participant."""
    both = [coach.user_id, enrolment.participant.user_id]
    theirs = Q(participant__user__in=both) | Q(coach__user__in=both)
    others = Booking.objects.filter(theirs, status__in=LIVE).exclude(pk=but and but.pk)
    return others.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists()


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
    if booking.way == Way.PHONE:
        calls.plan(booking)
