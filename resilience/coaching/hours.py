"""A coach's hours, changed days and absences, and how they can be booked: what is booked stays booked."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import slots
from resilience.coaching.hours_models import Absence
from resilience.coaching.models import AvailabilityException, AvailabilityRule, Booking, Coach, Status

PARTS = 2


@dataclass(frozen=True)
class Stretch:
    """Hours on one weekday (Monday is 0)."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True)
class Terms:
    """How a coach can be booked: gap, notice, horizon, the most calls, and the clock that they live by."""

    gap_minutes: int
    notice_hours: int
    horizon_days: int
    most_per_day: int | None
    most_per_week: int | None
    time_zone: str


def name(weekday: int, part: int, end: str) -> str:
    """Return the name of one field of the week's form: `day0-1-from`."""
    return f"day{weekday}-{part}-{end}"


def names() -> list[str]:
    """Return the names of all fields of the week's form."""
    return [
        name(weekday, part, end) for weekday in range(7) for part in range(PARTS) for end in ("from", "to")
    ]


def week(coach: Coach) -> dict[str, time | bool]:
    """Return a coach's weekly hours as the form's values, and whether some go on into the next day."""
    values: dict[str, time | bool] = {}
    for weekday in range(7):
        rules = AvailabilityRule.objects.filter(coach=coach, weekday=weekday, valid_from=None, valid_to=None)
        for part, rule in enumerate(rules[:PARTS]):
            values[name(weekday, part, "from")], values[name(weekday, part, "to")] = rule.starts, rule.ends
            values["overnight"] = values.get("overnight", False) or rule.ends < rule.starts
    return values


@transaction.atomic
def set_week(coach: Coach, stretches: Sequence[Stretch], *, by: User, now: datetime) -> None:
    """Put these weekly hours in place of the coach's; hours for a span of dates, and bookings, stay as they are."""
    _locked(coach)
    AvailabilityRule.objects.filter(coach=coach, valid_from=None, valid_to=None).delete()
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in stretches
    )
    trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def change_day(
    coach: Coach, day: date, *, kind: str, starts: time | None = None, ends: time | None = None, by: User,
    now: datetime,
) -> None:  # fmt: skip
    """Take a day or some hours of it off, or add extra ones; the same a second time changes nothing."""
    _row, fresh = AvailabilityException.objects.get_or_create(
        coach=_locked(coach), date=day, kind=kind, starts=starts, ends=ends
    )
    if fresh:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def as_usual(coach: Coach, day: date, *, by: User, now: datetime) -> None:
    """Forget what differs on a day: its usual hours hold again."""
    gone, _rows = AvailabilityException.objects.filter(coach=_locked(coach), date=day).delete()
    if gone:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def be_away(coach: Coach, *, first: date, last: date, by: User, now: datetime) -> Absence:
    """Note an absence from its first day to its last; the same once more changes nothing."""
    absence, fresh = Absence.objects.get_or_create(coach=_locked(coach), first_date=first, last_date=last)
    if fresh:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)
    return absence


@transaction.atomic
def be_back(coach: Coach, absence: UUID, *, by: User, now: datetime) -> None:
    """Forget an absence of this coach; one that is gone, or somebody else's, changes nothing."""
    gone, _rows = Absence.objects.filter(coach=_locked(coach), pk=absence).delete()
    if gone:
        trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


@transaction.atomic
def set_terms(coach: Coach, terms: Terms, *, by: User, now: datetime) -> None:
    """Change how a coach can be booked. Calls that are booked keep their moment, in a new time zone too."""
    Coach.objects.filter(pk=_locked(coach).pk).update(**asdict(terms))
    coach.refresh_from_db(fields=list(asdict(terms)))
    trail.record(events.HOURS_CHANGED, at=now, target=coach, by=by)


def _locked(coach: Coach) -> Coach:
    """Lock the coach, as a booking does: no time is booked by hours that are being changed."""
    return Coach.objects.select_for_update(no_key=True).get(pk=coach.pk)


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
