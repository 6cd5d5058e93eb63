"""What people thought of it: how many agree with each statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.frozen import Dataset, Measure


@dataclass(frozen=True, slots=True)
class Agreement:
    """People who chose one of the two highest of five answers, of those who answered the item."""

    n: int
    agree: int
    percent: float | None
    missing: int


def count(dataset: Dataset, *, measure: Measure) -> Mapping[str, Agreement]:
    """Agreement with each item at the first time point that asks; missing are those who answered other items."""
    asked = [timepoint for timepoint in measure.timepoints if timepoint in dataset.plan.due]
    people = dataset.items_at(measure.instrument, asked[0]) if asked else {}
    return {str(item): _agreement(people, item, at_least=measure.item_high - 1) for item in measure.items}


def _agreement(people: Mapping[str, Mapping[int, float]], item: int, *, at_least: float) -> Agreement:
    given = [answers[item] for answers in people.values() if item in answers]
    agree = sum(value >= at_least for value in given)
    return Agreement(len(given), agree, describe.percent(agree, len(given)), len(people) - len(given))
