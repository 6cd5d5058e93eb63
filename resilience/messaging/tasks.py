"""Doorways for the queue."""

from resilience import clock
from resilience.messaging import forgetting, outbox, reconciling, troubles


def send_due() -> None:
    """Send what is due."""
    outbox.send_due(now=clock.now(), clock=clock.now)


def reconcile() -> None:
    """Look up what was left open, whether the carrier takes our account again, and let it delete what it must."""
    troubles.look_again(now=clock.now())
    reconciling.reconcile(now=clock.now(), clock=clock.now)
    forgetting.carry_out()
