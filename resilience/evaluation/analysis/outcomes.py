"""Everything about one measure that rests on pairs: scores, reliability, change, who changed reliably."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from resilience.evaluation.analysis import (
    adjustment,
    change,
    describe,
    item_answers,
    proportions,
    reasons,
    reliability,
    reliable_change,
    responders,
)
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Dataset, Measure, Plan
from resilience.evaluation.analysis.turning import turn


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
    skew: float | None = None
    skew_why: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure. Mappings run over the time points at which it was planned and due.

    `paired` says how many of those with a baseline score have a later one.
    """

    planned: bool
    primary: bool
    direction: int
    scores: Mapping[str, ScoresAt]
    reliability: reliability.Reliability
    paired: Mapping[str, proportions.Share]
    change: Mapping[str, change.Estimate]
    reliable_change: Mapping[str, reliable_change.ReliableChange]
    responders: Mapping[str, responders.Responders]


def summarise(data: Dataset | Columns) -> dict[str, Outcome]:
    """Every measure's outcome, p values adjusted across all of them."""
    table = turn(data)
    changes = _adjusted(table.plan, {measure.key: _changes(table, measure) for measure in table.measures})
    return {measure.key: _outcome(table, measure, changes[measure.key]) for measure in table.measures}


def later(measure: Measure, plan: Plan) -> list[str]:
    """The due time points after baseline, for a measure that was asked at baseline; else none."""
    when = measure.due(plan)
    return when[1:] if plan.baseline in when else []


def error_of(table: Columns, measure: Measure, consistency: reliability.Reliability) -> float | None:
    """The reliability that reliable change counts with: the plan's, else that of this sample."""
    return measure.reliability if measure.reliability is not None else consistency.alpha


def _changes(table: Columns, measure: Measure) -> dict[str, change.Estimate]:
    when = later(measure, table.plan)
    return {timepoint: change.estimate(table.pairs(measure.key, timepoint)) for timepoint in when}


def _adjusted(plan: Plan, changes: dict) -> dict[str, dict[str, change.Estimate]]:
    """By the plan's methods: one over the primaries' first comparison (or those it names), one over all others."""
    tested = {
        (key, when): one.p for key, row in changes.items() for when, one in row.items() if one.p is not None
    }
    firsts = {(key, when) for key, row in changes.items() for when in _primary(plan, key, row)}
    for family, first in (("primary", True), ("rest", False)):
        name = adjustment.BY_NAME.get(plan.multiplicity.get(family, ""), plan.multiplicity.get(family, ""))
        ps = {place: p for place, p in tested.items() if (place in firsts) == first}
        for (key, when), p in adjustment.by(name, ps).items():
            changes[key][when] = replace(changes[key][when], p_adjusted=p, adjusted_by=name)
    return changes


def _primary(plan: Plan, key: str, when: Iterable[str]) -> list[str]:
    """The comparisons of a measure that the plan names as primary: those it names, else the first."""
    if key not in plan.primary:
        return []
    return [each for each in when if each in plan.primary_timepoints] or list(when)[:1]


def _outcome(table: Columns, measure: Measure, changes: Mapping[str, change.Estimate]) -> Outcome:
    consistency = _reliability(table, measure)
    known = error_of(table, measure, consistency)
    pairs = {timepoint: table.pairs(measure.key, timepoint) for timepoint in changes}
    begun = len(describe.given(table.score(measure.key, table.plan.baseline)))
    return Outcome(
        planned=measure.key in table.plan.planned,
        primary=measure.key in table.plan.primary,
        direction=measure.direction,
        scores={timepoint: _scores(table, measure, timepoint) for timepoint in measure.due(table.plan)},
        reliability=consistency,
        paired={timepoint: proportions.share(len(rows), begun) for timepoint, rows in pairs.items()},
        change=changes,
        reliable_change={
            timepoint: reliable_change.at_worst(
                reliable_change.count(rows, measure=measure, reliability=known), with_baseline=begun
            )
            for timepoint, rows in pairs.items()
        },
        responders={
            timepoint: responders.at_worst(responders.count(rows, measure=measure), with_baseline=begun)
            for timepoint, rows in pairs.items()
        },
    )


def _scores(table: Columns, measure: Measure, timepoint: str) -> ScoresAt:
    values = describe.given(table.score(measure.key, timepoint))
    found = describe.describe(values)
    skew = describe.skew(values)
    edge = describe.ends(values, low=measure.low, high=measure.high)
    not_scorable, prorated = table.returned.get((measure.key, timepoint), (0, 0))
    return ScoresAt(
        n=found.n,
        mean=found.mean,
        sd=found.sd,
        median=found.median,
        at_floor_percent=edge.at_floor_percent,
        at_ceiling_percent=edge.at_ceiling_percent,
        not_scorable=not_scorable,
        prorated=prorated,
        why=found.why,
        skew=skew,
        skew_why=reasons.NO_SKEW if skew is None else None,
    )


def _reliability(table: Columns, measure: Measure) -> reliability.Reliability:
    when = measure.due(table.plan)
    return (
        table.answers[measure.key, when[0]].reliability if when else item_answers.nobody(measure).reliability
    )
