"""Doorways for the queue."""

from resilience import clock
from resilience.engagement import attendance


def note_passed() -> None:
    """Note the live sessions whose date has passed."""
    attendance.note_passed(now=clock.now())
