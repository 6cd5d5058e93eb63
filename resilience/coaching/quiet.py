"""Quiet hours: nobody's telephone sounds between eight in the evening and eight in the morning. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING, MORNING = time(20), time(8)
LAST_MINUTE = timedelta(minutes=1)


def holds(moment: datetime, *, zone: str) -> bool:
    """Return whether `moment` lies in the quiet hours of somebody in `zone`."""
    clock = moment.astimezone(ZoneInfo(zone)).time()
    return clock >= EVENING or clock < MORNING


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


def after(due: datetime, *, zone: str) -> datetime:
    """Return the first moment from `due` on that is not quiet: for what can wait."""
    if not holds(due, zone=zone):
        return due
    local = due.astimezone(ZoneInfo(zone))
    return _at(local if local.time() < MORNING else local + timedelta(days=1), MORNING)


def _at(local: datetime, clock: time) -> datetime:
    return datetime.combine(local.date(), clock, tzinfo=local.tzinfo).astimezone(UTC)
