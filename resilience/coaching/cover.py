"""When a coach cannot hold calls that are booked: today, for a while, or ever again. Nobody is left waiting for a ring.

Whatever becomes of a call here is counted on our side, never as the participant's doing. The coach is locked first and
then the participants in the order of their keys, so that two coaches who stop at once never wait for one another.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.coaching import booking as bookings
from resilience.coaching import hours, reminders, retrying, slots, whom
from resilience.coaching.hours_models import BusyFeed, BusySpan
from resilience.coaching.models import AvailabilityException, Booking, By, Coach, Status
from resilience.messaging.models import Outgoing
from resilience.participants import contact

STAND_IN = (Role.COACH_LEAD, Role.MANAGER)


class NobodyFree(Exception):
    """No other coach of the programme is free at that time."""


def looks_after(user: User, coach: Coach) -> bool:
    """Return whether somebody leads or manages a programme in which this coach holds calls."""
    slugs = set(coach.programmes.values_list("slug", flat=True))
    return any((held := roles.programmes(user, role)) is None or held & slugs for role in STAND_IN)


def today(coach: Coach, *, now: datetime) -> date:
    """Return the day that it is where the coach lives."""
    return now.astimezone(ZoneInfo(coach.time_zone)).date()


def coming(coach: Coach, *, now: datetime) -> list[Booking]:
    """Return the calls that a coach still has to hold, the next one first."""
    booked = Booking.objects.filter(coach=coach, status=Status.BOOKED, starts_at__gt=now)
    related = ("coach", "enrolment__cohort__programme", "enrolment__participant__user", "participant__user")
    return list(booked.select_related(*related).order_by("starts_at"))


def of_today(coach: Coach, *, now: datetime) -> list[Booking]:
    """Return the calls that a coach still has to hold today, by the coach's own day."""
    zone, day = ZoneInfo(coach.time_zone), today(coach, now=now)
    return [each for each in coming(coach, now=now) if each.starts_at.astimezone(zone).date() == day]


@retrying.when_asked
@transaction.atomic
def cannot_work_today(coach: Coach, *, by: User, now: datetime) -> int:
    """Take the rest of a coach's day off: each call of it is called off with one message that leads to other times.

    Return how many. A call that has begun is left to the telephone; a second time changes nothing.
    """
    hours.change_day(coach, today(coach, now=now), kind=AvailabilityException.Kind.NONE, by=by, now=now)
    called_off = of_today(coach, now=now)
    side = By.COACH if by.pk == coach.user_id else By.US
    for booking in sorted(called_off, key=lambda each: each.participant_id):
        bookings.cancel(booking, by=by, now=now, side=side, tell=_tell_once)
    trail.record(events.DAY_CALLED_OFF, at=now, target=coach, by=by, calls=len(called_off))
    return len(called_off)


def _tell_once(booking: Booking, *, now: datetime) -> None:
    try:
        contact.text_number(booking.enrolment, now=now)
    except contact.NotReachable:
        reminders.plan_one_word(booking, by_text=False, now=now)
    else:
        reminders.plan_one_word(booking, by_text=True, now=now)


@transaction.atomic
def ask_to_move(booking: Booking, *, by: User, now: datetime) -> None:
    """Ask somebody whether their call could be at another time; it stays until they choose. Raises TooLate."""
    booking = Booking.objects.select_related("participant__user").get(pk=booking.pk)
    if booking.status != Status.BOOKED or now >= booking.starts_at:
        raise bookings.TooLate
    reminders.plan_ask_to_move(booking, now=now)
    trail.record(events.BOOKING_ASKED_TO_MOVE, target=booking, by=by, at=now, version=booking.version)


def stand_ins(booking: Booking, *, now: datetime) -> list[Coach]:
    """Return the other coaches of the programme who are free at the time of a call."""
    others = [each for each in whom.open_to(booking.enrolment) if each.pk != booking.coach_id]
    length = booking.ends_at - booking.starts_at
    return slots.free_at(coaches=others, starts_at=booking.starts_at, length=length, now=now)


def hand_over(booking: Booking, *, to: Coach, by: User, now: datetime) -> Booking:
    """Give a call to another coach at the same time; both and the participant are told.

    Raises bookings.SlotTaken, TooLate, AlreadyCancelled or consent.NotConsented.
    """
    return bookings.move(booking=booking, coach=to, starts_at=booking.starts_at, by=by, now=now)


def call_off(booking: Booking, *, by: User | None, now: datetime) -> Booking:
    """Cancel a call from our side, with an apology and other times. Raises TooLate once it has begun."""
    return bookings.cancel(booking, by=by, now=now, side=By.US)


@retrying.when_asked
@transaction.atomic
def end(coach: Coach, *, by: User | None, now: datetime) -> int:
    """End a coach: offered no more, no role, calendar addresses shut, and what is booked called off with other times.

    Calls are handed over before, one by one. Return how many were called off; ending once more changes nothing.
    """
    coach = Coach.objects.select_for_update(no_key=True).get(pk=coach.pk)
    if not coach.is_active:
        return 0
    coach.is_active, coach.calendar_secret = False, new_secret()
    coach.save(update_fields=["is_active", "calendar_secret"])
    BusyFeed.objects.filter(coach=coach).delete()
    BusySpan.objects.filter(coach=coach).delete()
    left = _cancel_all(coming(coach, now=now), by=by, now=now)
    for slug in list(
        coach.user.grants.filter(role=Role.COACH, ended_at=None).values_list("programme", flat=True)
    ):
        roles.end(user=coach.user, role=Role.COACH, programme=slug, by=by, now=now)
    trail.record(events.COACH_ENDED, at=now, target=coach, by=by, calls=left)
    return left


@retrying.when_asked
@transaction.atomic
def go_on_leave(coach: Coach, *, first: date, last: date, by: User, now: datetime) -> int:
    """Note a leave and call off what is still booked in it, with other times; return how many calls that were."""
    hours.be_away(coach, first=first, last=last, by=by, now=now)
    zone = ZoneInfo(coach.time_zone)
    booked = coming(coach, now=now)
    within = [each for each in booked if first <= each.starts_at.astimezone(zone).date() <= last]
    return _cancel_all(within, by=by, now=now)


def _cancel_all(booked: Sequence[Booking], *, by: User | None, now: datetime) -> int:
    for booking in sorted(booked, key=lambda each: each.participant_id):
        call_off(booking, by=by, now=now)
    return len(booked)


@transaction.atomic
def renew_feed(coach: Coach, *, by: User, now: datetime) -> str:
    """Give a coach's calendar a new secret address; the old one leads nowhere from now on."""
    secret = new_secret()
    Coach.objects.filter(pk=coach.pk).update(calendar_secret=secret)
    trail.record(events.COACH_FEED_RENEWED, at=now, target=coach, by=by)
    return secret


def new_secret() -> str:
    """Return the secret part of a calendar's address."""
    return secrets.token_urlsafe(32)


def booking_of(coach: Coach, key: UUID, *, now: datetime) -> Booking | None:
    """Return one of the calls that a coach still has to hold, or None."""
    return next((each for each in coming(coach, now=now) if each.pk == key), None)


def asked_to_move(coach: Coach) -> set[UUID]:
    """Return the calls of a coach whose people were asked for another time, and have not chosen one yet."""
    versions = dict(Booking.objects.filter(coach=coach, status=Status.BOOKED).values_list("pk", "version"))
    asked = Outgoing.objects.filter(kind=reminders.MOVE_PLEASE, target_id__in=list(versions))
    return {key for key, version in asked.values_list("target_id", "version") if versions[key] == version}
