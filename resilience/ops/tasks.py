"""Doorways for the queue."""

from resilience import clock, queue
from resilience.ops import heartbeat

WORKER_ALIVE = "resilience.ops.tasks.worker_alive"
TWO_TURNS_S = 120  # it runs each minute


def worker_alive() -> None:
    """Show that a task which was queued is run, and that what became of the one before was kept.

    A cluster that lost the process which keeps results goes on running tasks, and runs them again and again.
    """
    if queue.keeps_results(WORKER_ALIVE, within_s=TWO_TURNS_S, at=clock.machine_now()):
        heartbeat.beat(name=heartbeat.WORKER)


def long_worker_alive() -> None:
    """Show the same for the queue of reports."""
    heartbeat.beat(name=heartbeat.LONG_WORKER)
