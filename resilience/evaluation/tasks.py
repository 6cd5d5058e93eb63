"""Doorways for the queue."""

from uuid import UUID

from resilience import clock
from resilience.evaluation import imports, runs, taking_out
from resilience.evaluation.exports import asking


def build_report(*, run: str) -> None:
    """Build the report of a run."""
    runs.advance(UUID(run), clock=clock.now)


def take_out_the_erased() -> None:
    """Throw away frozen data and exports that hold somebody who had their data deleted, and exports that are old."""
    taking_out.take_out(now=clock.now())
    asking.throw_away(now=clock.now())


def write_export(*, export: str) -> None:
    """Write an export."""
    asking.advance(UUID(export), clock=clock.now)


def import_dataset(*, row: str) -> None:
    """Check an uploaded pack, or take it in."""
    imports.advance(UUID(row), clock=clock.now)
