"""Who went how far: the numbers of the flow diagram."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a comparison by calls: who began, and how many of them answered later."""

    started: int
    answered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Arm:
    """One group as it was allocated: how far its people went."""

    n: int
    baseline: int
    started: int
    completed_modules: int
    offered_call: int
    one_call_or_more: int
    withdrew: int
    answered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of people. Coached means at least one call that took place."""

    registered: int
    consented: int
    baseline: int
    started: int
    completed_modules: int
    offered_call: int
    accepted_call: int
    one_call_or_more: int
    two_calls_or_more: int
    withdrew: int
    answered: Mapping[str, int]
    answered_all: int
    retained_percent: Mapping[str, float | None]
    not_yet_due: tuple[str, ...]
    coached: Group
    not_coached: Group
    retained_percent_why: str | None = None
    approached: Mapping[str, int] = field(default_factory=dict)
    declined_because: Mapping[str, int] = field(default_factory=dict)
    stopped_because: Mapping[str, int] = field(default_factory=dict)
    arms: Mapping[str, Arm] = field(default_factory=dict)


def follow(data: Dataset | Columns) -> Flow:
    """Count everyone from enrolment to the last time point that was due when the data were frozen."""
    import numpy

    table = turn(data)
    everyone = numpy.ones(table.n, dtype=bool)
    answered = {timepoint: int(table.answered(timepoint).sum()) for timepoint in table.plan.due}
    return Flow(
        registered=table.registered,
        consented=table.n,
        **_went(table, everyone) | {"baseline": answered.get(table.plan.baseline, 0)},
        accepted_call=int(table.flags["accepted_call"].sum()),
        two_calls_or_more=int((table.attended >= 2).sum()),
        answered=answered,
        answered_all=_answered_all(table),
        retained_percent={
            timepoint: describe.percent(count, int(table.asked(timepoint).sum()))
            for timepoint, count in answered.items()
            if timepoint != table.plan.baseline
        },
        retained_percent_why=None if table.answered(table.plan.baseline).any() else reasons.NOBODY,
        not_yet_due=tuple(key for key in table.plan.timepoints if key not in table.plan.due),
        coached=_group(table, table.coached),
        not_coached=_group(table, ~table.coached),
        approached=dict(table.context.get("approached") or {}),
        declined_because=_told(table, "declined_because"),
        stopped_because=_told(table, "stopped_because"),
        arms=arms(table),
    )


def arms(table: Columns) -> dict[str, Arm]:
    """Each group as it was allocated, in the order of the plan; empty where there are none."""
    return {name: _arm(table, rows) for name, rows in allocated(table).items()}


def allocated(table: Columns) -> dict[str, "ndarray"]:
    """The rows of each group: first in the order in which the design names them, then by name."""
    arm = table.words["arm"]
    named = [key for key in table.design.get("arms", {}) if key in arm.labels]
    keys = [*named, *(label for label in arm.labels if label not in named)]
    return {key: arm.codes == arm.labels.index(key) for key in keys}


def _went(table: Columns, rows: "ndarray") -> dict[str, int]:
    return {
        "baseline": int((table.answered(table.plan.baseline) & rows).sum()),
        "started": int((table.flags["started"] & rows).sum()),
        "completed_modules": int(((table.modules >= table.plan.complete_modules) & rows).sum()),
        "offered_call": int((table.flags["offered_call"] & rows).sum()),
        "one_call_or_more": int((table.coached & rows).sum()),
        "withdrew": int((table.flags["withdrew"] & rows).sum()),
    }


def _answered_all(table: Columns) -> int:
    import numpy

    if not table.plan.due:
        return 0
    return int(numpy.logical_and.reduce([table.answered(timepoint) for timepoint in table.plan.due]).sum())


def _arm(table: Columns, rows: "ndarray") -> Arm:
    return Arm(n=int(rows.sum()), **_went(table, rows), answered=_later(table, rows))


def _group(table: Columns, rows: "ndarray") -> Group:
    return Group(started=int((table.flags["started"] & rows).sum()), answered=_later(table, rows))


def _later(table: Columns, rows: "ndarray") -> dict[str, int]:
    later = [timepoint for timepoint in table.plan.due if timepoint != table.plan.baseline]
    return {timepoint: int((rows & table.answered(timepoint)).sum()) for timepoint in later}


def _told(table: Columns, name: str) -> dict[str, Any]:
    return table.words[name].counts()
