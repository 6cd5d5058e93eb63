"""The loop that sends what is due, in a process of its own: no call waits behind texts, no task behind a carrier."""

import threading
import time

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from resilience import clock
from resilience.ops import heartbeat, lanes, schedules

log = structlog.get_logger(__name__)

BEAT_EVERY_S = 30.0
A_MOMENT_S = 0.02


def run(stop: threading.Event) -> None:
    """Send what is due until `stop` is set. A turn that fails is logged, and the next one is tried."""
    schedules.install()
    schedules.run_all()  # a site that was down for a night catches up at once
    with lanes.opened() as ways:
        _go_round(stop, ways)


def _go_round(stop: threading.Event, ways: lanes.Lanes) -> None:
    beaten, offset = -BEAT_EVERY_S, clock.offset()
    while not stop.is_set():
        try:
            beaten = _beat(beaten, ways)
            offset = _follow_clock(offset)
            busy = ways.turn()
        except Exception:  # the loop outlives a database that is away and a bad row
            log.exception("dispatcher turn failed")
            connection.close()
            busy = False
        close_old_connections()
        if not busy:
            stop.wait(settings.DISPATCH_EVERY_S)
        elif ways.under_way:
            stop.wait(A_MOMENT_S)


def _beat(last: float, ways: lanes.Lanes) -> float:
    """Show that the loop goes round, by time and not by turns, unless a row has been under way for far too long.

    The table of recurring jobs is put right with it: one row in it that cannot be read would stop them all.
    """
    if time.monotonic() - last < BEAT_EVERY_S or ways.stuck():
        return last
    schedules.install()
    heartbeat.beat(name=heartbeat.DISPATCHER)
    return time.monotonic()


def _follow_clock(before: object) -> object:
    """Return how far the clock stands ahead now; where it was moved on, queue what would run within the minute."""
    ahead = clock.offset()
    if settings.DEMONSTRATION and ahead != before:
        schedules.run_all()
    return ahead
