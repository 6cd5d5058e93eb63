"""Who they were, among those who answered at baseline."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, flow
from resilience.evaluation.analysis.frozen import Dataset


@dataclass(frozen=True, slots=True)
class Share:
    """People of one group, in per cent of those who gave the characteristic."""

    n: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Category:
    """One characteristic: how many left it out, and the groups of those who did not."""

    missing: int
    groups: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Side:
    """Baseline scores of one side."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Baseline scores of those with and without a call, and their standardised difference; never a p value."""

    coached: Side
    not_coached: Side
    smd: float | None


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Table 1: everyone with a baseline."""

    n: int
    categories: Mapping[str, Category]
    scores: Mapping[str, Contrast]


def summarise(dataset: Dataset) -> Characteristics:
    """Count each characteristic's groups and contrast the baseline scores by calls."""
    baseline = dataset.answered(dataset.plan.baseline)
    people = [person for person in dataset.people if person.key in baseline]
    names = sorted({name for person in people for name in person.characteristics})
    return Characteristics(
        n=len(people),
        categories={
            name: _category([person.characteristics.get(name, "") for person in people]) for name in names
        },
        scores={
            measure.key: _contrast(dataset, measure.key)
            for measure in dataset.measures
            if dataset.plan.baseline in measure.timepoints
        },
    )


def _category(values: list[str]) -> Category:
    counts = Counter(value for value in values if value)
    given = counts.total()
    return Category(
        missing=len(values) - given,
        groups={name: Share(n, describe.percent(n, given)) for name, n in sorted(counts.items())},
    )


def _contrast(dataset: Dataset, measure: str) -> Contrast:
    coached, not_coached = (_baseline(dataset, measure, coached=side) for side in (True, False))
    return Contrast(
        coached=Side(coached.n, coached.mean, coached.sd),
        not_coached=Side(not_coached.n, not_coached.mean, not_coached.sd),
        smd=describe.standardised_difference(coached, not_coached),
    )


def _baseline(dataset: Dataset, measure: str, *, coached: bool) -> describe.Description:
    scores = dataset.scores_at(measure, dataset.plan.baseline)
    people = sorted(person.key for person in flow.in_group(dataset, coached=coached))
    return describe.describe([scores[person] for person in people if person in scores])
