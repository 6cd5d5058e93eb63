"""Did those with more calls, or more modules, change more? Those who do better may also go on for longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import reasons, regression
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

ONE, DOSE = "intercept", "dose"


@dataclass(frozen=True, slots=True)
class Group:
    """People with exactly so many."""

    n: int
    mean_change: float


@dataclass(frozen=True, slots=True)
class Slope:
    """How much more change goes with one more, by least squares over complete pairs."""

    n: int
    slope: float | None
    se: float | None
    ci: tuple[float, float] | None
    p: float | None
    groups: Mapping[str, Group]
    why: str | None = None
    caution: str | None = None


def per_call(table: Columns, measure: Measure, later: str) -> Slope:
    """Change by the number of calls that took place."""
    return _slope(table, measure, later, table.attended)


def per_module(table: Columns, measure: Measure, later: str) -> Slope:
    """Change by the number of modules finished."""
    return _slope(table, measure, later, table.modules)


def _slope(table: Columns, measure: Measure, later: str, dose: "ndarray") -> Slope:
    rows = table.paired(measure.key, later)
    changed = (table.score(measure.key, later) - table.score(measure.key, table.plan.baseline))[rows]
    had = dose[rows]
    groups = _groups(changed, had)
    if len(changed) < reasons.FEWEST_PAIRS:
        return Slope(len(changed), None, None, None, None, groups, reasons.FEW_PAIRS)
    if len(groups) < 2:
        return Slope(len(changed), None, None, None, None, groups, reasons.SAME_EXPOSURE)
    try:
        term = regression.fit(changed, {ONE: 1, DOSE: had}, robust=False).terms[DOSE]
    except regression.NotEstimable as why:
        return Slope(len(changed), None, None, None, None, groups, str(why))
    caution = reasons.SOME_PAIRS if len(changed) < reasons.CAREFUL_PAIRS else None
    return Slope(len(changed), term.estimate, term.se, term.ci, term.p, groups, caution=caution)


def _groups(changed: "ndarray", had: "ndarray") -> dict[str, Group]:
    import numpy

    return {
        str(number): Group(int((had == number).sum()), float(changed[had == number].mean()))
        for number in numpy.unique(had)
    }
