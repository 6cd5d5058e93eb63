"""Doorways for the queue."""

from resilience.ops import heartbeat


def worker_alive() -> None:
    """Show that a task which was queued is run."""
    heartbeat.beat(name=heartbeat.WORKER)


def long_worker_alive() -> None:
    """Show the same for the queue of reports."""
    heartbeat.beat(name=heartbeat.LONG_WORKER)
