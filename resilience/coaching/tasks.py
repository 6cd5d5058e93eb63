"""Doorways for the queue."""

from resilience import clock
from resilience.coaching import making, own_calendars, sweeping, zone_drift


def sweep() -> None:
    """Settle calls that we never heard the end of."""
    sweeping.sweep(now=clock.now())


def read_calendars() -> None:
    """Have every coach's own calendar read, each by a task of its own."""
    own_calendars.ask_for_all()


def read_calendar(*, feed: str) -> None:
    """Read the busy times of one coach's own calendar."""
    own_calendars.read(feed, now=clock.now())


def report_zone_drift() -> None:
    """Tell the operator of booked calls whose wall time is no longer what was agreed."""
    zone_drift.report(now=clock.now())


def end_coaches() -> None:
    """End the coaches whose last day is over."""
    making.end_due(now=clock.now())
