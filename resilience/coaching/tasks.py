"""Doorways for the queue."""

from resilience import clock
from resilience.coaching import sweeping


def sweep() -> None:
    """Settle calls that we never heard the end of."""
    sweeping.sweep(now=clock.now())
