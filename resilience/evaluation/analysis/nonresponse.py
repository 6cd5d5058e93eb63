"""Did those who answered later differ at baseline from those who did not? Described, never tested (STROBE 12d)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe, proportions
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Score:
    """One measure at baseline on both sides, and the standardised difference."""

    answered: describe.Description
    did_not: describe.Description
    smd: float | None
    smd_why: str | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """One group of a characteristic on both sides; per cent of those who gave the characteristic."""

    characteristic: str
    group: str
    answered: int
    answered_percent: float | None
    did_not: int
    did_not_percent: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those with a baseline, by whether they answered anything at a later time point."""

    timepoint: str
    answered: int
    did_not: int
    scores: Mapping[str, Score]
    traits: tuple[Trait, ...]


def compare(data: Dataset | Columns, timepoint: str) -> Comparison:
    """Return the baseline of responders and of non-responders at a time point; who was asked nothing is neither."""
    table = turn(data)
    answered = table.asked(timepoint) & table.answered(timepoint)
    did_not = table.asked(timepoint) & ~table.answered(timepoint)
    measured = [each.key for each in table.measures if table.plan.baseline in each.timepoints]
    return Comparison(
        timepoint=timepoint,
        answered=int(answered.sum()),
        did_not=int(did_not.sum()),
        scores={key: _score(table, key, answered, did_not) for key in measured},
        traits=tuple(_traits(table, answered, did_not)),
    )


def _score(table: Columns, measure: str, answered: "ndarray", did_not: "ndarray") -> Score:
    scores = table.score(measure, table.plan.baseline)
    first, second = (describe.describe(describe.given(scores[side])) for side in (answered, did_not))
    return Score(first, second, *describe.contrast(first, second))


def _traits(table: Columns, answered: "ndarray", did_not: "ndarray") -> Iterable[Trait]:
    for name, trait in table.traits.items():
        left, right = trait.counts(answered), trait.counts(did_not)
        for group in trait.labels:
            if left[group] or right[group]:
                first, second = (proportions.share(side[group], sum(side.values())) for side in (left, right))
                yield Trait(
                    name, group, first.n, first.percent, second.n, second.percent, first.why or second.why
                )
