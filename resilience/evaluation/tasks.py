"""Doorways for the queue."""

from uuid import UUID

from resilience import clock
from resilience.evaluation import runs, taking_out


def build_report(*, run: str) -> None:
    """Build the report of a run."""
    runs.advance(UUID(run), clock=clock.now)


def take_out_the_erased() -> None:
    """Throw away frozen data that hold somebody who had their data deleted."""
    taking_out.take_out(now=clock.now())
