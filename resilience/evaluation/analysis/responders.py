"""Whose change is large enough to matter, by a published smallest meaningful difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, proportions, reasons
from resilience.evaluation.analysis.frozen import Measure


@dataclass(frozen=True, slots=True)
class Responders:
    """People whose change reached the difference, either way; a change of exactly that size counts."""

    difference: float | None
    n: int
    better: int | None = None
    worse: int | None = None
    better_percent: float | None = None
    better_ci: tuple[float, float] | None = None
    why: str | None = None


def count(pairs: Sequence[tuple[float, float]], *, measure: Measure) -> Responders:
    """Count the pairs of (baseline, later) scores that changed by the measure's meaningful difference or more."""
    if measure.difference is None:
        return Responders(None, len(pairs), why=reasons.NO_DIFFERENCE)
    gains = [measure.direction * (after - before) for before, after in pairs]
    better = sum(gain >= measure.difference for gain in gains)
    return Responders(
        difference=measure.difference,
        n=len(pairs),
        better=better,
        worse=sum(gain <= -measure.difference for gain in gains),
        better_percent=describe.percent(better, len(pairs)),
        better_ci=proportions.wilson(better, len(pairs)) if len(pairs) >= reasons.FEWEST_PAIRS else None,
        why=None if pairs else reasons.NO_ANSWERS,
    )
