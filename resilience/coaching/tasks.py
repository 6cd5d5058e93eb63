"""Doorways for the queue."""

from resilience import clock
from resilience.coaching import holds, no_time, other_ways, sweeping


def sweep() -> None:
    """Settle calls that we never heard the end of; free times that were kept too long, and say where some are free."""
    now = clock.now()
    sweeping.sweep(now=now)
    holds.drop_expired(now=now)
    other_ways.open_for_the_coachs_word(now=now)
    no_time.tell(now=now)
