"""`drain()`: runs what was queued, then what is due in the outbox, until nothing is left to do."""

from collections.abc import Callable

import pytest
from django.utils.module_loading import import_string

from resilience import clock
from resilience.messaging import outbox

ROUNDS = 50


class NeverEnds(AssertionError):
    """Tasks kept queueing more tasks."""


@pytest.fixture
def drain(db) -> Callable[[], int]:
    """Run every queued task in this test's own connection; return how many ran. A task that raises fails the test."""

    def run() -> int:
        total = 0
        for _ in range(ROUNDS):
            ran = _run_queue()
            sent = outbox.send_due(now=clock.now())
            total += ran
            if not ran and not sent and not _queued():
                return total
        raise NeverEnds

    return run


def _queued() -> bool:
    from django_q.models import OrmQ

    return OrmQ.objects.exists()


def _run_queue() -> int:
    from django_q.models import OrmQ

    rows = list(OrmQ.objects.order_by("pk"))
    for row in rows:
        task = row.task
        row.delete()
        act = import_string(task["func"]) if isinstance(task["func"], str) else task["func"]
        act(*task["args"], **task["kwargs"])
    return len(rows)
