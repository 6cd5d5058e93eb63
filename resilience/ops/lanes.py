"""Lanes of sending: calls have senders of their own, so that no ring waits behind ten thousand reminders."""

import time
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from resilience import clock
from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing

log = structlog.get_logger(__name__)

CALLS, THE_REST = (Channel.CALL,), (Channel.SMS, Channel.EMAIL)
FEW = 20  # no more are read while so many wait for a sender
FAR_TOO_LONG_S = 300


@dataclass
class Lane:
    """The rows of some channels; without a pool they are sent in the loop's own turn."""

    channels: Collection[str]
    pool: ThreadPoolExecutor | None = None
    under_way: dict[UUID, tuple[Future, float]] = field(default_factory=dict)

    def turn(self) -> bool:
        """Hand on what is due; return whether there was anything, or still is."""
        self.under_way = {key: held for key, held in self.under_way.items() if not held[0].done()}
        if len(self.under_way) > FEW:
            return True
        rows = outbox.due(at=clock.now(), channels=self.channels, besides=self.under_way)
        for row in rows:
            self._hand_on(row)
        return bool(rows)

    def _hand_on(self, row: Outgoing) -> None:
        if self.pool is None:
            outbox.send(row, now=clock.now())
        else:
            self.under_way[row.pk] = self.pool.submit(_send, row), time.monotonic()

    def stuck(self) -> bool:
        """Return whether a row has been under way for longer than anything can take."""
        return any(time.monotonic() - since > FAR_TOO_LONG_S for _future, since in self.under_way.values())


@dataclass
class Lanes:
    """All lanes, calls first."""

    lanes: list[Lane]

    @property
    def under_way(self) -> bool:
        """Return whether a sender holds a row."""
        return any(lane.under_way for lane in self.lanes)

    def turn(self) -> bool:
        """Let each lane hand on what is due; return whether any had something."""
        turns = [lane.turn() for lane in self.lanes]
        return any(turns)

    def stuck(self) -> bool:
        """Return whether a lane does not move."""
        return any(lane.stuck() for lane in self.lanes)


@contextmanager
def opened() -> Iterator[Lanes]:
    """Yield the lanes with as many senders as the settings name for each; at the end what is under way is finished."""
    with ExitStack() as stack:

        def lane(channels: Collection[str], senders: int) -> Lane:
            pool = stack.enter_context(ThreadPoolExecutor(senders)) if senders else None
            return Lane(channels, pool)

        calls, rest = settings.DISPATCH_SENDERS
        yield Lanes([lane(CALLS, calls), lane(THE_REST, rest)])


def _send(row: Outgoing) -> None:
    """Send one row in a sender's own thread, with a connection of its own."""
    try:
        close_old_connections()
        outbox.send(row, now=clock.now())
    except Exception:  # the sender outlives a database that is away
        log.exception("sender failed", outgoing=str(row.pk))
        connection.close()
