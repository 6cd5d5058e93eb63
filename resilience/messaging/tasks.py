"""Doorways for the queue."""

from resilience import clock
from resilience.messaging import outbox, reconciling, troubles


def send_due() -> None:
    """Send what is due."""
    outbox.send_due(now=clock.now(), clock=clock.now)


def reconcile() -> None:
    """Look up what was left open, and whether the carrier takes our account again."""
    troubles.look_again(now=clock.now())
    reconciling.reconcile(now=clock.now(), clock=clock.now)
