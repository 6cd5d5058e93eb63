"""Doorways for the queue."""

from resilience import clock
from resilience.measures import timepoints


def fall_due() -> None:
    """Make the occasions that have fallen due."""
    timepoints.refresh_all(now=clock.now())
