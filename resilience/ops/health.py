"""Whether each part works: for probes, for the operator's page and for the numbers that monitoring reads."""

from dataclasses import dataclass
from datetime import datetime

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from resilience import clock, queue
from resilience.messaging import backlog, troubles
from resilience.ops import heartbeat

OK = "ok"


@dataclass(frozen=True)
class Health:
    """What `/readyz` says; each part is "ok" or says in a few words what is wrong.

    `worker` stands for all that works behind the pages: the worker, and the dispatcher where that one is silent.
    """

    database: str
    migrations: str
    worker: str
    worker_seen_s: int | None
    oldest_due_s: int
    carrier: str = OK

    @property
    def ready(self) -> bool:
        """Return whether every part is ok."""
        return self.database == self.migrations == self.worker == self.carrier == OK


def look(*, now: datetime) -> Health:
    """Return how the parts are; a database that does not answer is a finding, never an exception."""
    try:
        return _look(now=now)
    except Error:  # also where the connection itself broke
        return Health("does not answer", "not known", "not known", None, 0)


def _look(*, now: datetime) -> Health:
    if _unapplied():
        return Health(OK, "some wait to be applied", "not known", None, 0)
    seen = heartbeat.silence(heartbeat.WORKER, at=clock.machine_now())
    sends = heartbeat.silence(heartbeat.DISPATCHER, at=clock.machine_now())
    return Health(
        database=OK,
        migrations=OK,
        worker=_worker(seen, sends),
        worker_seen_s=None if seen is None else round(seen),
        oldest_due_s=round(backlog.oldest_due_seconds(now=now)),
        carrier="refuses our account" if troubles.account_is_refused() else OK,
    )


def _worker(seen: float | None, sends: float | None) -> str:
    worker, dispatcher = _sign(seen), _sign(sends)
    return f"dispatcher {dispatcher}" if worker == OK != dispatcher else worker


def _sign(seen: float | None) -> str:
    if seen is None:
        return "not seen yet"
    return OK if seen <= heartbeat.SILENT_AFTER_S else "silent"


_known_applied = False


def _unapplied() -> bool:
    """Return whether migrations wait; once none does, that stays so for the life of this process."""
    global _known_applied  # noqa: PLW0603 - reading 200 migration files for each probe would be the cost
    if not _known_applied:
        executor = MigrationExecutor(connection)
        _known_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not _known_applied


@dataclass(frozen=True)
class Numbers:
    """Counts for monitoring; nothing in them is about a person."""

    queue_waiting: int
    queue_failed: int
    outbox: dict[str, int]


def numbers() -> Numbers:
    """Return how much waits and how much failed."""
    return Numbers(queue_waiting=queue.waiting(), queue_failed=queue.failed(), outbox=backlog.by_state())
