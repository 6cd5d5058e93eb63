"""A coach's weekly hours and days off: changed as a whole, and what is booked stays booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import slots
from resilience.coaching.models import AvailabilityException, AvailabilityRule, Booking, Coach, Status

PARTS = 2


@dataclass(frozen=True)
class Stretch:
    """Hours on one weekday (Monday is 0)."""

    weekday: int
    starts: time
    ends: time


def name(weekday: int, part: int, end: str) -> str:
    """Return the name of one field of the week's form: `day0-1-from`."""
    return f"day{weekday}-{part}-{end}"


def names() -> list[str]:
    """Return the names of all fields of the week's form."""
    return [
        name(weekday, part, end) for weekday in range(7) for part in range(PARTS) for end in ("from", "to")
    ]


def week(coach: Coach) -> dict[str, time]:
    """Return a coach's weekly hours as the form's values."""
    values: dict[str, time] = {}
    for weekday in range(7):
        rules = AvailabilityRule.objects.filter(coach=coach, weekday=weekday, valid_from=None, valid_to=None)
        for part, rule in enumerate(rules[:PARTS]):
            values[name(weekday, part, "from")], values[name(weekday, part, "to")] = rule.starts, rule.ends
    return values


@transaction.atomic
def set_week(coach: Coach, stretches: Sequence[Stretch], *, by: User, now: datetime) -> None:
    """Put these weekly hours in place of the coach's; hours for a span of dates, and bookings, stay as they are."""
    Coach.objects.select_for_update(no_key=True).get(pk=coach.pk)
    AvailabilityRule.objects.filter(coach=coach, valid_from=None, valid_to=None).delete()
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in stretches
    )
    trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def take_off(coach: Coach, day: date, *, by: User, now: datetime) -> None:
    """Take a day off; a second time changes nothing."""
    _day, fresh = AvailabilityException.objects.get_or_create(
        coach=coach, date=day, kind=AvailabilityException.Kind.NONE, starts=None, ends=None
    )
    if fresh:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def work_after_all(coach: Coach, day: date, *, by: User, now: datetime) -> None:
    """Give a day off back."""
    gone, _rows = AvailabilityException.objects.filter(
        coach=coach, date=day, kind=AvailabilityException.Kind.NONE
    ).delete()
    if gone:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


def outside(coach: Coach, *, now: datetime) -> list[Booking]:
    """Return the coming bookings that no longer lie in the coach's hours: they are kept, and can be moved."""
    coming = list(
        Booking.objects.filter(coach=coach, status=Status.BOOKED, starts_at__gt=now).order_by("starts_at")
    )
    if not coming:
        return []
    worked = slots.worked(coach=coach, between=(now, coming[-1].ends_at))
    return [
        booking
        for booking in coming
        if not any(start <= booking.starts_at and booking.ends_at <= end for start, end in worked)
    ]
