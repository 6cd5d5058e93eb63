"""Who can be booked: one rule for the times that are shown, for booking, and for the list that says why not."""

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from resilience.coaching.models import Coach


class Why(enum.StrEnum):
    """What stands between a coach and the first booking."""

    ENDED = "ENDED"
    NO_PROFILE = "NO_PROFILE"  # their own look at the fifteen competencies
    NO_READING = "NO_READING"  # parts of the manual are unread
    NO_PRACTICE = "NO_PRACTICE"  # no practice call is signed off
    NO_PHONE = "NO_PHONE"
    NO_PROGRAMME = "NO_PROGRAMME"
    NO_HOURS = "NO_HOURS"


def coaches(*, by_telephone: bool = True) -> QuerySet[Coach]:
    """Return the coaches who may hold calls now: those who can be rung, unless the talk is another way."""
    found = Coach.objects.filter(is_active=True, in_training=False)
    return found.exclude(phone="") if by_telephone else found


def until(coach: Coach) -> datetime | None:
    """Return the moment before which every call of this coach begins; None where no last day is set."""
    if coach.last_date is None:
        return None
    return _midnight_after(coach.last_date, coach.time_zone)


def _midnight_after(day: date, zone: str) -> datetime:
    return datetime.combine(date.fromordinal(day.toordinal() + 1), datetime.min.time(), tzinfo=ZoneInfo(zone))
