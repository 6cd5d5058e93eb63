"""Doorways for the queue."""

from resilience import clock
from resilience.messaging import outbox


def send_due() -> None:
    """Send what is due."""
    outbox.send_due(now=clock.now(), clock=clock.now)


def reconcile() -> None:
    """Look up what was left open."""
    outbox.reconcile(now=clock.now(), clock=clock.now)
