"""Who went how far: the numbers of the flow diagram."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.frozen import Dataset, Person


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a comparison by calls: who began, and how many of them answered later."""

    started: int
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


def follow(dataset: Dataset) -> Flow:
    """Count everyone from enrolment to the last time point that was due when the data were frozen."""
    plan, people = dataset.plan, dataset.people
    answered = {timepoint: len(dataset.answered(timepoint)) for timepoint in plan.due}
    every = set.intersection(*(dataset.answered(timepoint) for timepoint in plan.due)) if plan.due else set()
    return Flow(
        registered=dataset.registered,
        consented=len(people),
        baseline=answered.get(plan.baseline, 0),
        started=_count(person.started for person in people),
        completed_modules=_count(person.modules >= plan.complete_modules for person in people),
        offered_call=_count(person.offered_call for person in people),
        accepted_call=_count(person.accepted_call for person in people),
        one_call_or_more=_count(dataset.attended(person.key) >= 1 for person in people),
        two_calls_or_more=_count(dataset.attended(person.key) >= 2 for person in people),
        withdrew=_count(person.withdrew for person in people),
        answered=answered,
        answered_all=len(every),
        retained_percent={
            timepoint: describe.percent(count, len(_asked(dataset, timepoint)))
            for timepoint, count in answered.items()
            if timepoint != plan.baseline
        },
        not_yet_due=tuple(timepoint for timepoint in plan.timepoints if timepoint not in plan.due),
        coached=_group(dataset, coached=True),
        not_coached=_group(dataset, coached=False),
    )


def _asked(dataset: Dataset, timepoint: str) -> set[str]:
    """Those with a baseline who were asked anything at a time point: of the others nothing is missing."""
    return dataset.answered(dataset.plan.baseline) - dataset.spared(timepoint)


def in_group(dataset: Dataset, *, coached: bool) -> list[Person]:
    """The people with at least one call that took place, or those without."""
    return [person for person in dataset.people if (dataset.attended(person.key) > 0) == coached]


def _group(dataset: Dataset, *, coached: bool) -> Group:
    people = in_group(dataset, coached=coached)
    keys = {person.key for person in people}
    later = [timepoint for timepoint in dataset.plan.due if timepoint != dataset.plan.baseline]
    return Group(
        started=_count(person.started for person in people),
        answered={timepoint: len(keys & dataset.answered(timepoint)) for timepoint in later},
    )


def _count(truths: Iterable[bool]) -> int:
    return sum(1 for truth in truths if truth)
