"""The free times of real coaches: what the page shows and what a booking is checked against.

However many coaches there are, their hours are one query and what is taken is another. How far bookings have to be read
is known before: from the hours alone comes when so many times will have been on offer, free or not.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from resilience.coaching import availability, bookable
from resilience.coaching.availability import Slot
from resilience.coaching.coaches_time import CoachesTime
from resilience.coaching.models import Booking, Coach
from resilience.participants.models import Programme

A_MOMENT = timedelta(microseconds=1)
FURTHEST = timedelta(days=400)
LOOKED_AT = (8, 64)  # so many times as are wanted, free or taken; then all there are


def coaches_of(programme: Programme) -> list[Coach]:
    """Return the coaches who hold calls in a programme, by the name they show."""
    found = bookable.coaches().filter(programmes=programme).select_related("user", "organisation")
    return list(found.order_by("shown_name"))


def find(*, coach: Coach, starts_at: datetime, length: timedelta, now: datetime,
         leaving_out: Booking | None = None) -> Slot | None:  # fmt: skip
    """Return the coach's free slot at exactly this moment, or None."""
    calendar = CoachesTime([coach], length=length, now=now, leaving_out=leaving_out)
    return next(calendar.free((starts_at, starts_at + A_MOMENT))[0], None)


def free_at(
    *, coaches: Sequence[Coach], starts_at: datetime, length: timedelta, now: datetime
) -> list[Coach]:
    """Return those of the coaches who are free at exactly this moment."""
    streams = CoachesTime(coaches, length=length, now=now).free((starts_at, starts_at + A_MOMENT))
    return [coach for coach, stream in zip(coaches, streams, strict=True) if next(stream, None)]


def next_free(*, coaches: Sequence[Coach], length: timedelta, now: datetime, after: datetime | None = None,
              most: int = 20, leaving_out: Booking | None = None) -> list[Slot]:  # fmt: skip
    """Return the next free slots with any of these coaches that start later than `after`.

    What is taken is read once where an eighth of the coming times is free, and a second or third time where it is not.
    """
    calendar = CoachesTime(coaches, length=length, now=now, leaving_out=leaving_out)
    start = now if after is None else max(after + A_MOMENT, now)
    end = start + FURTHEST
    for times in LOOKED_AT:
        offered = availability.next_free(calendar.hours((start, end)), most=most * times)
        if len(offered) < most * times:
            break
        until = offered[-1].starts_at + A_MOMENT
        found = availability.next_free(calendar.free((start, until)), most=most)
        if len(found) == most:
            return found
    return availability.next_free(calendar.free((start, end)), most=most)


def count(*, coach: Coach, length: timedelta, between: tuple[datetime, datetime], now: datetime) -> int:
    """Return how many slots are still free in a time."""
    return sum(1 for _ in CoachesTime([coach], length=length, now=now).free(between)[0])


def in_hours(*, coach: Coach, starts_at: datetime, length: timedelta) -> bool:
    """Return whether a coach works through the whole of a talk, whatever else is booked then."""
    until = starts_at + length
    return any(
        first <= starts_at and until <= last
        for first, last in worked(coach=coach, between=(starts_at, until))
    )


def worked(*, coach: Coach, between: availability.Span) -> list[availability.Span]:
    """Return the hours that a coach works, booked or not, as spans that touch this time."""
    calendar = CoachesTime([coach], length=A_MOMENT, now=between[0])
    hours = calendar.hours_of(coach)
    zone = ZoneInfo(coach.time_zone)
    spans = availability.worked(
        hours.rules, hours.changes, hours.absences, first=between[0], until=between[1], zone=zone
    )
    return availability.merged(spans)
