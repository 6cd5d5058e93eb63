"""Doorways for the queue."""

from resilience import clock
from resilience.measures import beginning, timepoints


def fall_due() -> None:
    """Make the occasions that have fallen due; who has come to their group by then is brought into it."""
    timepoints.refresh_all(now=clock.now())
    beginning.look_at_all(now=clock.now())
