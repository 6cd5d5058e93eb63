"""What calls took of the coaches: minutes of the call, of preparing, of notes and of missed calls, and the waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import describe, proportions
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import PARTICIPANT_NO_SHOW

if TYPE_CHECKING:
    from numpy import ndarray

NOT_BETTER = "no change for the better"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The coaches' minutes by what they were spent on, as far as they were told; the parts add up to the total.

    `no_show` is all that was spent on calls that the other side missed. A call without a figure adds nothing.
    """

    calls: int
    missed: int
    call: float
    preparation: float
    notes: float
    no_show: float
    total: float
    preparation_told: int
    notes_told: int
    per_participant: float | None
    per_coached: float | None


@dataclass(frozen=True, slots=True)
class PerUnit:
    """Minutes for each person with a call, for each point that their mean score changed for the better."""

    minutes: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """Of the calls that took place or were missed by the participant, those that were missed."""

    agreed: int
    missed: int
    percent: float | None
    ci: tuple[float, float] | None


def summarise(table: Columns, *, received: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Minutes, waiting, missed calls and lengths. `received` is the change of those with a call."""
    minutes = total(table)
    per_unit = {
        measure: {when: _per_unit(minutes, one, _direction(table, measure)) for when, one in row.items()}
        for measure, row in received.items()
    }
    calls, held = table.calls, table.calls.held()
    return {
        "coach_minutes": {**_fields(minutes), "per_unit_of_change": per_unit},
        "missed": missed(table),
        "waiting_days": _spread(calls.waited[held]),
        "minutes_per_call": _spread(calls.minutes[held]),
        "preparation_per_call": _spread(calls.preparation[held]),
        "notes_per_call": _spread(calls.notes[held]),
        "calls_per_coached": _calls_each(table),
    }


def total(table: Columns) -> Minutes:
    """Add up the log."""
    calls, held, lost = table.calls, table.calls.held(), _lost(table)
    call, preparation, notes = (_sum(each[held]) for each in (calls.minutes, calls.preparation, calls.notes))
    no_show = sum(_sum(each[lost]) for each in (calls.minutes, calls.preparation, calls.notes))
    every = call + preparation + notes + no_show
    return Minutes(
        calls=int(held.sum()),
        missed=int(lost.sum()),
        call=call,
        preparation=preparation,
        notes=notes,
        no_show=no_show,
        total=every,
        preparation_told=_told(calls.preparation[held]),
        notes_told=_told(calls.notes[held]),
        per_participant=_each(every, int(table.flags["started"].sum())) if len(held) else None,
        per_coached=_each(every, int(table.coached.sum())) if len(held) else None,
    )


def missed(table: Columns) -> Missed:
    """How many of the calls that came to pass or should have were missed by the participant."""
    lost = int(_lost(table).sum())
    agreed = lost + int(table.calls.held().sum())
    return Missed(agreed, lost, describe.percent(lost, agreed), proportions.wilson(lost, agreed))


def _lost(table: Columns) -> "ndarray":
    return table.calls.outcome.rows(PARTICIPANT_NO_SHOW)


def _calls_each(table: Columns) -> float | None:
    return _each(float(table.attended.sum()), int(table.coached.sum()))


def _per_unit(minutes: Minutes, change: Any, direction: int) -> PerUnit:
    better = None if change.mean_change is None else direction * change.mean_change
    if better is None or better <= 0 or minutes.per_coached is None:
        return PerUnit(None, NOT_BETTER)
    return PerUnit(minutes.per_coached / better)


def _direction(table: Columns, measure: str) -> int:
    return next(one.direction for one in table.measures if one.key == measure)


def _spread(column: "ndarray") -> describe.Description:
    return describe.describe(describe.given(column))


def _sum(column: "ndarray") -> float:
    import numpy

    return float(numpy.nansum(column))


def _told(column: "ndarray") -> int:
    import numpy

    return int((~numpy.isnan(column)).sum())


def _each(total: float, n: int) -> float | None:
    return total / n if n else None


def _fields(minutes: Minutes) -> dict[str, Any]:
    return {name: getattr(minutes, name) for name in minutes.__slots__}
