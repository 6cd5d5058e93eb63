"""Whose change is larger than the measure's own error (Jacobson and Truax 1991)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, proportions, reasons
from resilience.evaluation.analysis.frozen import Measure

CRITERION = 1.96


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Counts of people by reliable change, and by crossing a published cut-off where there is one."""

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


def count(
    pairs: Sequence[tuple[float, float]], *, measure: Measure, reliability: float | None
) -> ReliableChange:
    """Count the pairs of (baseline, later) scores that changed by more than error, strictly."""
    if reliability is None:
        return ReliableChange(len(pairs), why=reasons.NO_RELIABILITY)
    spread = describe.describe([before for before, _ in pairs]).sd
    if spread is None:
        return ReliableChange(len(pairs), reliability, why=reasons.FEW_PAIRS)
    if spread == 0:
        return ReliableChange(len(pairs), reliability, why=reasons.NO_VARIANCE)
    sem = spread * math.sqrt(1 - reliability)
    return _counted(pairs, measure=measure, reliability=reliability, sem=sem)


def _counted(pairs, *, measure: Measure, reliability: float, sem: float) -> ReliableChange:
    se_difference = math.sqrt(2) * sem
    threshold = CRITERION * se_difference
    gains = [measure.direction * (after - before) for before, after in pairs]
    improved = sum(gain > threshold for gain in gains)
    worse = sum(gain < -threshold for gain in gains)
    return ReliableChange(
        len(pairs),
        reliability,
        sem,
        se_difference,
        threshold,
        improved,
        worse,
        len(pairs) - improved - worse,
        describe.percent(improved, len(pairs)),
        proportions.wilson(improved, len(pairs)) if len(pairs) >= reasons.FEWEST_PAIRS else None,
        **_crossings(pairs, measure=measure, threshold=threshold),
    )


def _crossings(pairs, *, measure: Measure, threshold: float) -> dict[str, int | str]:
    if measure.cutoff is None:
        return {"cutoff_why": reasons.NO_CUTOFF}
    sides = [(measure.is_well(before), measure.is_well(after)) for before, after in pairs]
    recovered = sum(
        side == (False, True) and measure.direction * (after - before) > threshold
        for side, (before, after) in zip(sides, pairs, strict=True)
    )
    return {
        "cases_before": sum(not before for before, _ in sides),
        "became_well": sides.count((False, True)),
        "became_case": sides.count((True, False)),
        "recovered": recovered,
    }
