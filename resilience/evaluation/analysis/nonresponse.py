"""Did those who answered later differ at baseline from those who did not? Described, never tested (STROBE 12d)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.frozen import Dataset, Person


@dataclass(frozen=True, slots=True)
class Score:
    """One measure at baseline on both sides, and the standardised difference."""

    answered: describe.Description
    did_not: describe.Description
    smd: float | None


@dataclass(frozen=True, slots=True)
class Trait:
    """One group of a characteristic on both sides; per cent of those who gave the characteristic."""

    characteristic: str
    group: str
    answered: int
    answered_percent: float | None
    did_not: int
    did_not_percent: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those with a baseline, by whether they answered anything at a later time point."""

    timepoint: str
    answered: int
    did_not: int
    scores: Mapping[str, Score]
    traits: tuple[Trait, ...]


def compare(dataset: Dataset, timepoint: str) -> Comparison:
    """Return the baseline of responders and of non-responders at a time point; who was asked nothing is neither."""
    baseline, later = dataset.answered(dataset.plan.baseline), dataset.answered(timepoint)
    asked = baseline - dataset.spared(timepoint)
    people = [person for person in dataset.people if person.key in asked]
    answered = [person for person in people if person.key in later]
    did_not = [person for person in people if person.key not in later]
    measured = [each.key for each in dataset.measures if dataset.plan.baseline in each.timepoints]
    return Comparison(
        timepoint=timepoint,
        answered=len(answered),
        did_not=len(did_not),
        scores={key: _score(dataset, key, answered, did_not) for key in measured},
        traits=tuple(_traits(answered, did_not)),
    )


def _score(dataset: Dataset, measure: str, answered: list[Person], did_not: list[Person]) -> Score:
    scores = dataset.scores_at(measure, dataset.plan.baseline)
    first, second = (
        describe.describe([scores[key] for key in sorted(person.key for person in side) if key in scores])
        for side in (answered, did_not)
    )
    return Score(first, second, describe.standardised_difference(first, second))


def _traits(answered: list[Person], did_not: list[Person]) -> Iterable[Trait]:
    names = sorted({name for person in (*answered, *did_not) for name in person.characteristics})
    for name in names:
        left, right = _counts(answered, name), _counts(did_not, name)
        for group in sorted({*left, *right}):
            shares = (describe.percent(side[group], side.total()) for side in (left, right))
            first, second = shares
            yield Trait(name, group, left[group], first, right[group], second)


def _counts(people: list[Person], name: str) -> Counter:
    return Counter(value for person in people if (value := person.characteristics.get(name, "")))
