"""The only caller of the system clock, so that web, worker and simulator can move through time together."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings


class NeverBack(Exception):
    """The clock was asked to go back; it only goes on."""


def now() -> datetime:
    """Return this moment in UTC, moved on by the offset in the clock file where there is one."""
    return machine_now() + offset()


def machine_now() -> datetime:
    """Return this moment by the machine's own clock, whatever the demonstration shows: for signs of life."""
    return datetime.now(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of `moment` for somebody in `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days_after(moment: datetime, days: int, zone: str) -> datetime:
    """Return the moment, in UTC, that is so many days later at the same time of day for somebody in `zone`."""
    return (moment.astimezone(ZoneInfo(zone)) + timedelta(days=days)).astimezone(UTC)


def offset() -> timedelta:
    """Return how far the clock was moved on: nothing outside the demonstration and the tests."""
    if settings.CLOCK_FILE is None:
        return timedelta()
    try:
        return timedelta(seconds=float(Path(settings.CLOCK_FILE).read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()


def move_to(moment: datetime) -> None:
    """Move the clock on to `moment` for every process. Raises NeverBack where that lies in the past."""
    ahead = (moment - now()).total_seconds()
    if ahead < 0:
        raise NeverBack
    path = Path(settings.CLOCK_FILE)
    fresh = path.with_suffix(".new")
    fresh.write_text(str(offset().total_seconds() + ahead))
    fresh.replace(path)
