"""Whose change is large enough to matter, by a published smallest meaningful difference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe, proportions, reasons
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Responders:
    """People whose change reached the difference, either way; a change of exactly that size counts.

    The worst case counts everyone with a baseline who did not come back as not better.
    """

    difference: float | None
    n: int
    better: int | None = None
    worse: int | None = None
    better_percent: float | None = None
    better_ci: tuple[float, float] | None = None
    why: str | None = None
    ci_why: str | None = None
    worst_case_n: int | None = None
    worst_case_percent: float | None = None
    worst_case_ci: tuple[float, float] | None = None


def count(pairs: "Sequence[tuple[float, float]] | ndarray", *, measure: Measure) -> Responders:
    """Count the pairs of (baseline, later) scores that changed by the measure's meaningful difference or more."""
    import numpy

    if measure.difference is None:
        return Responders(None, len(pairs), why=reasons.NO_DIFFERENCE)
    before, after = numpy.asarray(pairs, dtype=float).reshape(-1, 2).T
    gains = measure.direction * (after - before)
    better = int((gains >= measure.difference).sum())
    return Responders(
        difference=measure.difference,
        n=len(pairs),
        better=better,
        worse=int((gains <= -measure.difference).sum()),
        better_percent=describe.percent(better, len(pairs)),
        better_ci=proportions.wilson(better, len(pairs)) if len(pairs) >= reasons.FEWEST_PAIRS else None,
        ci_why=None if len(pairs) >= reasons.FEWEST_PAIRS else reasons.FEW_PAIRS,
        why=None if len(pairs) else reasons.NO_ANSWERS,
    )


def at_worst(found: Responders, *, with_baseline: int) -> Responders:
    """The same with everyone who has a baseline as the denominator."""
    if found.better is None:
        return found
    return replace(
        found,
        worst_case_n=with_baseline,
        worst_case_percent=describe.percent(found.better, with_baseline),
        worst_case_ci=proportions.wilson(found.better, with_baseline)
        if with_baseline >= reasons.FEWEST_PAIRS
        else None,
    )
