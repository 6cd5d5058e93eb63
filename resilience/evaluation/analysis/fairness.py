"""Uptake and rating by who people are: bias would show here, and small groups would not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.columns import Coded, Columns
from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray

TRAITS = ("profession", "level", "gender", "workplace", "site", "unit")
# What people say of the call where it is among the data; else what they say of the programme.
RATINGS = ("relationship_participant", "call_feedback", "call_satisfaction", "wai_sr", "acceptability")


@dataclass(frozen=True, slots=True)
class Took:
    """Those who had a call, in per cent of those of the group who were offered one."""

    n: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Rating:
    """The mean rating by those of the group who were offered a call and gave one."""

    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """People of one group who were offered a call."""

    n: int
    took: Took
    rating: Rating


def compare(data: Dataset | Columns) -> dict[str, Any]:
    """Uptake and rating in all, and by each characteristic that was asked."""
    table = turn(data)
    offered = table.flags["offered_call"]
    measure, ratings = _ratings(table)
    whole = _group(table, offered, ratings)
    return {
        "offered": whole.n,
        "took": whole.took,
        "rating": whole.rating,
        "rating_measure": measure,
        "by": {
            name: _by(table, table.traits[name], offered, ratings) for name in TRAITS if name in table.traits
        },
    }


def _by(table: Columns, trait: Coded, offered: "ndarray", ratings: "ndarray") -> dict[str, Any]:
    rows = {label: offered & (trait.codes == place) for place, label in enumerate(trait.labels)}
    return {
        "missing": int((offered & (trait.codes < 0)).sum()),
        "groups": {label: _group(table, one, ratings) for label, one in rows.items() if one.any()},
    }


def _group(table: Columns, rows: "ndarray", ratings: "ndarray") -> Group:
    import numpy

    n, took = int(rows.sum()), int((rows & table.coached).sum())
    given = ratings[rows & ~numpy.isnan(ratings)]
    mean = float(given.mean()) if len(given) else None
    return Group(n, Took(took, describe.percent(took, n)), Rating(len(given), mean))


def _ratings(table: Columns) -> tuple[str | None, "ndarray"]:
    """Which measure the ratings are of, and everyone's first: NaN where there is none."""
    import numpy

    for instrument in RATINGS:
        for measure in table.measures:
            for when in measure.timepoints:
                if measure.instrument == instrument and when in table.plan.due:
                    return measure.key, table.score(measure.key, when)
    return None, numpy.full(table.n, numpy.nan)
