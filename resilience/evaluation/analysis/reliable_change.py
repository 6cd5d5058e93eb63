"""Whose change is larger than the measure's own error (Jacobson and Truax 1991)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import describe, proportions, reasons
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

CRITERION = 1.96


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Counts of people by reliable change, and by crossing a published cut-off where there is one.

    The worst case counts everyone with a baseline who did not come back as not improved.
    """

    n: int
    reliability: float | None = None
    sem: float | None = None
    se_difference: float | None = None
    threshold: float | None = None
    improved: int | None = None
    worse: int | None = None
    unchanged: int | None = None
    improved_percent: float | None = None
    improved_ci: tuple[float, float] | None = None
    cases_before: int | None = None
    became_well: int | None = None
    became_case: int | None = None
    recovered: int | None = None
    why: str | None = None
    cutoff_why: str | None = None
    ci_why: str | None = None
    worst_case_n: int | None = None
    worst_case_percent: float | None = None
    worst_case_ci: tuple[float, float] | None = None
    cases_after: int | None = None


def count(
    pairs: "Sequence[tuple[float, float]] | ndarray", *, measure: Measure, reliability: float | None
) -> ReliableChange:
    """Count the pairs of (baseline, later) scores that changed by more than error, strictly."""
    import numpy

    table = numpy.asarray(pairs, dtype=float).reshape(-1, 2)
    if reliability is None:
        return ReliableChange(len(table), why=reasons.NO_RELIABILITY)
    spread = describe.describe(table[:, 0]).sd
    if spread is None:
        return ReliableChange(len(table), reliability, why=reasons.FEW_PAIRS)
    if spread == 0:
        return ReliableChange(len(table), reliability, why=reasons.NO_VARIANCE)
    # An alpha of this sample may be negative; it then says nothing about the error of a score.
    if not 0 <= reliability <= 1:
        return ReliableChange(len(table), reliability, why=reasons.NO_RELIABILITY)
    sem = spread * math.sqrt(1 - reliability)
    return _counted(table, measure=measure, reliability=reliability, sem=sem)


def at_worst(found: ReliableChange, *, with_baseline: int) -> ReliableChange:
    """The same with everyone who has a baseline as the denominator."""
    if found.improved is None:
        return found
    return replace(
        found,
        worst_case_n=with_baseline,
        worst_case_percent=describe.percent(found.improved, with_baseline),
        worst_case_ci=proportions.wilson(found.improved, with_baseline)
        if with_baseline >= reasons.FEWEST_PAIRS
        else None,
    )


def _counted(table: "ndarray", *, measure: Measure, reliability: float, sem: float) -> ReliableChange:
    se_difference = math.sqrt(2) * sem
    threshold = CRITERION * se_difference
    gains = measure.direction * (table[:, 1] - table[:, 0])
    improved, worse = int((gains > threshold).sum()), int((gains < -threshold).sum())
    return ReliableChange(
        len(table),
        reliability,
        sem,
        se_difference,
        threshold,
        improved,
        worse,
        len(table) - improved - worse,
        describe.percent(improved, len(table)),
        proportions.wilson(improved, len(table)) if len(table) >= reasons.FEWEST_PAIRS else None,
        ci_why=None if len(table) >= reasons.FEWEST_PAIRS else reasons.FEW_PAIRS,
        **_crossings(table, measure=measure, improved=gains > threshold),
    )


def _crossings(table: "ndarray", *, measure: Measure, improved: "ndarray") -> dict[str, Any]:
    if measure.cutoff is None:
        return {"cutoff_why": reasons.NO_CUTOFF}
    before, after = measure.is_well(table[:, 0]), measure.is_well(table[:, 1])
    return {
        "cases_before": int((~before).sum()),
        "cases_after": int((~after).sum()),
        "became_well": int((~before & after).sum()),
        "became_case": int((before & ~after).sum()),
        "recovered": int((~before & after & improved).sum()),
    }
