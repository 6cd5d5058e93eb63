"""Doorways for the queue."""

from resilience import clock
from resilience.coaching import making, sweeping


def sweep() -> None:
    """Settle calls that we never heard the end of."""
    sweeping.sweep(now=clock.now())


def end_coaches() -> None:
    """End the coaches whose last day is over."""
    making.end_due(now=clock.now())
