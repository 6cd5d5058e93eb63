"""Doorways for the queue."""

from resilience.ops import heartbeat


def worker_alive() -> None:
    """Show that a task which was queued is run."""
    heartbeat.beat(name=heartbeat.WORKER)
