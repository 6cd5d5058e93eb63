"""Doorways for the queue."""

from resilience import clock
from resilience.coaching import (
    costing,
    holds,
    making,
    no_time,
    other_ways,
    own_calendars,
    sweeping,
    zone_drift,
)


def sweep() -> None:
    """Settle calls that we never heard the end of; free times that were kept too long, and say where some are free."""
    now = clock.now()
    sweeping.sweep(now=now)
    holds.drop_expired(now=now)
    other_ways.open_for_the_coachs_word(now=now)
    no_time.tell(now=now)


def ask_for_costs() -> None:
    """Ask the carrier what calls that are over cost."""
    costing.ask(now=clock.now())


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
