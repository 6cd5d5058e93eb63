"""What was delivered: calls, minutes, modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import CANCELLED, FULFILLED, PARTICIPANT_NO_SHOW, Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Delivery:
    """Totals over the programme. Modules: how many people finished exactly so many.

    Preparation and notes are minutes of coaches, over the calls whose coach told them.
    """

    calls_attended: int
    call_minutes: float
    minutes_per_call: float | None
    not_attended: int
    cancelled: int
    other_outcomes: int
    coaches: int
    modules: Mapping[str, int]
    preparation_minutes: float | None = None
    notes_minutes: float | None = None
    days_waited: describe.Description | None = None


def total(data: Dataset | Columns) -> Delivery:
    """Add up the calls and the modules."""
    import numpy

    table = turn(data)
    calls, held = table.calls, table.calls.held()
    outcomes = calls.outcome.counts()
    known = [outcomes.get(name, 0) for name in (FULFILLED, PARTICIPANT_NO_SHOW, CANCELLED)]
    minutes = _whole(describe.given(calls.minutes[held]).sum())
    finished, people = numpy.unique(table.modules, return_counts=True)
    return Delivery(
        calls_attended=int(table.attended.sum()),
        call_minutes=minutes,
        minutes_per_call=minutes / int(held.sum()) if held.any() else None,
        not_attended=known[1],
        cancelled=known[2],
        other_outcomes=len(calls.person) - sum(known),
        coaches=len(numpy.unique(calls.coach.codes[held])),
        modules={str(number): int(n) for number, n in zip(finished, people, strict=True)},
        preparation_minutes=_told(calls.preparation),
        notes_minutes=_told(calls.notes),
        days_waited=describe.describe(describe.given(calls.waited)),
    )


def _told(column: "ndarray") -> float | None:
    given = describe.given(column)
    return _whole(given.sum()) if len(given) else None


def _whole(total: float) -> int | float:
    return int(total) if total == int(total) else float(total)
