"""Doorways for the queue."""

from resilience import clock
from resilience.messaging import outbox, reconciling


def send_due() -> None:
    """Send what is due."""
    outbox.send_due(now=clock.now(), clock=clock.now)


def reconcile() -> None:
    """Look up what was left open."""
    reconciling.reconcile(now=clock.now(), clock=clock.now)
