"""Who got reliably worse, and what people reported themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.outcomes import Outcome

UNWANTED_EFFECTS = "unwanted_effects"
YES, RATHER_NOT = 1, 2


@dataclass(frozen=True, slots=True)
class Reported:
    """Answers to "Did any part leave you feeling worse for more than a day?"; n were asked and answered."""

    n: int
    yes: int
    rather_not: int


def reported(dataset: Dataset) -> dict[str, Reported]:
    """What people reported at each time point that asked; empty where nobody was asked."""
    found = {}
    for timepoint in dataset.plan.due:
        answers = [row[1] for row in dataset.items_at(UNWANTED_EFFECTS, timepoint).values() if 1 in row]
        if answers:
            found[timepoint] = Reported(len(answers), answers.count(YES), answers.count(RATHER_NOT))
    return found


def reliably_worse(dataset: Dataset, outcomes: Mapping[str, Outcome]) -> dict[str, int | None]:
    """People whose score was reliably worse than their baseline at one later time point or more."""
    return {
        measure.key: _people(dataset, measure, outcomes[measure.key])
        for measure in dataset.measures
        if outcomes[measure.key].reliable_change
    }


def _people(dataset: Dataset, measure, outcome: Outcome) -> int | None:
    baseline = dataset.scores_at(measure.key, dataset.plan.baseline)
    known = {
        when: found.threshold
        for when, found in outcome.reliable_change.items()
        if found.threshold is not None
    }
    worse = {
        person
        for when, threshold in known.items()
        for person, score in dataset.scores_at(measure.key, when).items()
        if person in baseline and measure.direction * (score - baseline[person]) < -threshold
    }
    return len(worse) if known else None
