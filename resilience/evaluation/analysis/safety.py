"""Who got reliably worse."""

from collections.abc import Mapping

from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.outcomes import Outcome


def reliably_worse(dataset: Dataset, outcomes: Mapping[str, Outcome]) -> dict[str, int | None]:
    """People whose score was reliably worse than their baseline at one later time point or more."""
    return {
        measure.key: _people(dataset, measure, outcomes[measure.key])
        for measure in dataset.measures
        if outcomes[measure.key].reliable_change
    }


def _people(dataset: Dataset, measure, outcome: Outcome) -> int | None:
    baseline = dataset.scores_at(measure.key, dataset.plan.baseline)
    known = {when: found.threshold for when, found in outcome.reliable_change.items() if found.threshold is not None}
    worse = {
        person
        for when, threshold in known.items()
        for person, score in dataset.scores_at(measure.key, when).items()
        if person in baseline and measure.direction * (score - baseline[person]) < -threshold
    }
    return len(worse) if known else None
