"""Everything about one measure: scores by time point, reliability, change, who changed reliably."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from resilience.evaluation.analysis import (
    adjustment,
    change,
    describe,
    reliability,
    reliable_change,
    responders,
)
from resilience.evaluation.analysis.frozen import Dataset, Measure, Plan


@dataclass(frozen=True, slots=True)
class ScoresAt:
    """Scores at one time point, and how many questionnaires came back but could not be scored."""

    n: int
    mean: float | None
    sd: float | None
    median: float | None
    at_floor_percent: float | None
    at_ceiling_percent: float | None
    not_scorable: int
    prorated: int
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure. Mappings run over the time points at which it was planned and due."""

    planned: bool
    primary: bool
    direction: int
    scores: Mapping[str, ScoresAt]
    reliability: reliability.Reliability
    change: Mapping[str, change.Estimate]
    reliable_change: Mapping[str, reliable_change.ReliableChange]
    responders: Mapping[str, responders.Responders]


def summarise(dataset: Dataset) -> dict[str, Outcome]:
    """Every measure's outcome, p values adjusted across all of them."""
    changes = _adjusted(dataset, {measure.key: _changes(dataset, measure) for measure in dataset.measures})
    return {measure.key: _outcome(dataset, measure, changes[measure.key]) for measure in dataset.measures}


def due(measure: Measure, plan: Plan) -> list[str]:
    """The time points at which the measure was planned and that had come when the data were frozen."""
    return [timepoint for timepoint in plan.due if timepoint in measure.timepoints]


def later(measure: Measure, plan: Plan) -> list[str]:
    """The due time points after baseline, for a measure that was asked at baseline; else none."""
    when = due(measure, plan)
    return when[1:] if plan.baseline in when else []


def _changes(dataset: Dataset, measure: Measure) -> dict[str, change.Estimate]:
    when = later(measure, dataset.plan)
    return {timepoint: change.estimate(dataset.pairs(measure.key, timepoint)) for timepoint in when}


def _adjusted(dataset: Dataset, changes: dict) -> dict[str, dict[str, change.Estimate]]:
    """Holm over the primaries' first comparisons, Benjamini and Hochberg over all others."""
    tested = {
        (key, when): one.p for key, row in changes.items() for when, one in row.items() if one.p is not None
    }
    firsts = {(key, next(iter(row))) for key, row in changes.items() if row and key in dataset.plan.primary}
    strict = adjustment.holm({place: p for place, p in tested.items() if place in firsts})
    rest = adjustment.benjamini_hochberg({place: p for place, p in tested.items() if place not in firsts})
    methods = [(strict, adjustment.HOLM), (rest, adjustment.BENJAMINI_HOCHBERG)]
    for adjusted, name in methods:
        for (key, when), p in adjusted.items():
            changes[key][when] = replace(changes[key][when], p_adjusted=p, adjusted_by=name)
    return changes


def _outcome(dataset: Dataset, measure: Measure, changes: Mapping[str, change.Estimate]) -> Outcome:
    consistency = _reliability(dataset, measure)
    pairs = {timepoint: dataset.pairs(measure.key, timepoint) for timepoint in changes}
    known = measure.reliability if measure.reliability is not None else consistency.alpha
    return Outcome(
        planned=measure.key in dataset.plan.planned,
        primary=measure.key in dataset.plan.primary,
        direction=measure.direction,
        scores={timepoint: _scores(dataset, measure, timepoint) for timepoint in due(measure, dataset.plan)},
        reliability=consistency,
        change=changes,
        reliable_change={
            timepoint: reliable_change.count(rows, measure=measure, reliability=known)
            for timepoint, rows in pairs.items()
        },
        responders={timepoint: responders.count(rows, measure=measure) for timepoint, rows in pairs.items()},
    )


def _scores(dataset: Dataset, measure: Measure, timepoint: str) -> ScoresAt:
    values = [value for _, value in sorted(dataset.scores_at(measure.key, timepoint).items())]
    found = describe.describe(values)
    edge = describe.ends(values, low=measure.low, high=measure.high)
    rows = [row for row in dataset.scores if (row.measure, row.timepoint) == (measure.key, timepoint)]
    return ScoresAt(
        n=found.n,
        mean=found.mean,
        sd=found.sd,
        median=found.median,
        at_floor_percent=edge.at_floor_percent,
        at_ceiling_percent=edge.at_ceiling_percent,
        not_scorable=sum(row.value is None for row in rows),
        prorated=sum(row.prorated for row in rows),
        why=found.why,
    )


def _reliability(dataset: Dataset, measure: Measure) -> reliability.Reliability:
    first = next(iter(due(measure, dataset.plan)), dataset.plan.baseline)
    rows = reliability.complete_rows(
        dataset.items_at(measure.instrument, first),
        items=measure.items,
        reversed_items=measure.reversed,
        low=measure.item_low,
        high=measure.item_high,
    )
    return reliability.estimate(rows)
