"""Quiet hours: nobody's telephone sounds between eight in the evening and eight in the morning. Pure.

Somebody on nights works in the one half of the day and sleeps in the other: they are written to from four to eight in
the evening, when they are up and not yet at work.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING, MORNING, UP_AGAIN = time(20), time(8), time(16)
LAST_MINUTE = timedelta(minutes=1)


def holds(moment: datetime, *, zone: str, on_nights: bool = False) -> bool:
    """Return whether `moment` lies in the quiet hours of somebody in `zone`."""
    clock = moment.astimezone(ZoneInfo(zone)).time()
    return clock >= EVENING or clock < _ends(on_nights)


def _ends(on_nights: bool) -> time:
    return UP_AGAIN if on_nights else MORNING


def before(due: datetime, *, latest: datetime, zone: str) -> datetime:
    """Return when to remind somebody instead of `due`: the first minute of that morning, or the evening before.

    `latest` is when the reminder would come too late.
    """
    if not holds(due, zone=zone):
        return due
    local = due.astimezone(ZoneInfo(zone))
    if local.time() < MORNING:
        morning = _at(local, MORNING)
        if morning <= latest:
            return morning
        local -= timedelta(days=1)
    return _at(local, EVENING) - LAST_MINUTE


def after(due: datetime, *, zone: str, on_nights: bool = False) -> datetime:
    """Return the first moment from `due` on that is not quiet: for what can wait."""
    if not holds(due, zone=zone, on_nights=on_nights):
        return due
    local, ends = due.astimezone(ZoneInfo(zone)), _ends(on_nights)
    return _at(local if local.time() < ends else local + timedelta(days=1), ends)


def days_on(moment: datetime, *, days: int, zone: str) -> datetime:
    """Return the moment so many days on by the calendar of `zone`: at the same time of day, clock change or not."""
    local = moment.astimezone(ZoneInfo(zone))
    return _at(local + timedelta(days=days), local.time())


def _at(local: datetime, clock: time) -> datetime:
    return datetime.combine(local.date(), clock, tzinfo=local.tzinfo).astimezone(UTC)
