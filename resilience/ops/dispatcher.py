"""The loop that sends what is due, each second, in a process of its own: no task waits behind a slow carrier."""

import threading
import time

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from resilience import clock
from resilience.messaging import outbox
from resilience.ops import heartbeat, schedules

log = structlog.get_logger(__name__)

BEAT_EVERY_S = 30.0


def run(stop: threading.Event) -> None:
    """Send what is due until `stop` is set. A turn that fails is logged, and the next one is tried."""
    schedules.install()
    schedules.run_all()  # a site that was down for a night catches up at once
    beaten, offset = -BEAT_EVERY_S, clock.offset()
    while not stop.is_set():
        try:
            beaten = _beat(beaten)
            offset = _follow_clock(offset)
            busy = outbox.send_due(now=clock.now(), clock=clock.now)
        except Exception:  # the loop outlives a database that is away and a bad row
            log.exception("dispatcher turn failed")
            connection.close()
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(settings.DISPATCH_EVERY_S)


def _beat(last: float) -> float:
    """Show that the loop goes round, by time and not by turns: one full turn at a slow carrier takes minutes."""
    if time.monotonic() - last < BEAT_EVERY_S:
        return last
    heartbeat.beat(name=heartbeat.DISPATCHER)
    return time.monotonic()


def _follow_clock(before: object) -> object:
    """Return how far the clock stands ahead now; where it was moved on, queue what would run within the minute."""
    ahead = clock.offset()
    if settings.DEMONSTRATION and ahead != before:
        schedules.run_all()
    return ahead
