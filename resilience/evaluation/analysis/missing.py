"""What is missing: by time point, by item, in which patterns, and whether it can be told beforehand who will be."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import (
    describe,
    item_answers,
    nonresponse,
    reasons,
    regression,
    regressors,
)
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

FEWEST_ON_A_SIDE = 10
LARGEST_ERROR = (
    10  # of a logarithm of odds: beyond it a column tells the sides apart and nothing is estimated
)


@dataclass(frozen=True, slots=True)
class At:
    """People with a baseline who were asked at a time point, and how many of them answered nothing.

    `items_missing_percent` is of what those who answered something were asked.
    """

    asked: int
    answered: int
    nothing: int
    nothing_percent: float | None
    items_missing_percent: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """People who answered at these time points and at no other that was due."""

    answered: tuple[str, ...]
    n: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Left:
    """One item, of the questionnaires that came back."""

    returned: int
    missing: int
    percent: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Odds:
    """How many times the odds of having answered nothing, for one more (a score: for one SD more)."""

    odds_ratio: float
    ci: tuple[float, float]
    p: float


@dataclass(frozen=True, slots=True)
class Predictors:
    """What at baseline goes with answering nothing at a time point: logistic regression over complete rows.

    `references` names of each category the group that the others are set against.
    """

    n: int
    lost: int
    odds: Mapping[str, Odds]
    why: str | None = None
    references: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """The whole of it."""

    timepoints: Mapping[str, At]
    patterns: tuple[Pattern, ...]
    items: Mapping[str, Mapping[str, Mapping[str, Left]]]
    predictors: Mapping[str, Predictors]
    nonresponse: Mapping[str, nonresponse.Comparison]


def summarise(table: Columns) -> Missing:
    """Count what is missing, and look for what tells it beforehand."""
    later = [timepoint for timepoint in table.plan.due if timepoint != table.plan.baseline]
    items = {measure.key: _items(table, measure) for measure in table.measures}
    return Missing(
        timepoints={key: _at(table, key, items) for key in table.plan.due},
        patterns=_patterns(table),
        items=items,
        predictors={key: predictors(table, key) for key in later},
        nonresponse={key: nonresponse.compare(table, key) for key in later},
    )


def _at(table: Columns, timepoint: str, items: Mapping[str, Mapping[str, Mapping[str, Left]]]) -> At:
    asked = table.asked(timepoint)
    n, answered = int(asked.sum()), int((asked & table.answered(timepoint)).sum())
    shares = describe.percent(n - answered, n), _left_out(table, timepoint, items)
    return At(n, answered, n - answered, *shares, reasons.NO_ANSWERS if None in shares else None)


def _left_out(table: Columns, timepoint: str, items: Mapping) -> float | None:
    """Questions left out, of all questions of the measures due then, by everyone who answered anything."""
    due = [one for found in items.values() for one in found.get(timepoint, {}).values()]
    wanted = int(table.answered(timepoint).sum()) * len(due)
    return describe.percent(wanted - sum(one.returned - one.missing for one in due), wanted)


def _patterns(table: Columns) -> tuple[Pattern, ...]:
    """The commonest first, of everyone with a baseline."""
    import numpy

    due = table.plan.due
    begun = table.answered(table.plan.baseline)
    if not begun.any():
        return ()
    there = sum(table.answered(key)[begun].astype(int) << place for place, key in enumerate(due))
    seen, counts = numpy.unique(there, return_counts=True)
    found = [
        Pattern(
            tuple(key for place, key in enumerate(due) if int(bits) >> place & 1),
            int(n),
            describe.percent(int(n), len(there)),
        )
        for bits, n in zip(seen, counts, strict=True)
    ]
    return tuple(sorted(found, key=lambda pattern: (-pattern.n, pattern.answered)))


def _items(table: Columns, measure: Measure) -> dict[str, dict[str, Left]]:
    return {timepoint: _left(table.answers[measure.key, timepoint]) for timepoint in measure.due(table.plan)}


def _left(told: item_answers.Answered) -> dict[str, Left]:
    n, why = told.returned, None if told.returned else reasons.NO_ANSWERS
    return {
        str(item): Left(n, missing, describe.percent(missing, n), why) for item, missing in told.lost.items()
    }


def predictors(table: Columns, timepoint: str) -> Predictors:
    """Odds of having answered nothing by the primaries' baseline, a call, and the plan's covariates."""
    import numpy

    rows = table.asked(timepoint) & regressors.known(table, table.plan.covariates)
    scores = {key: table.score(key, table.plan.baseline) for key in table.plan.primary}
    for column in scores.values():
        rows &= ~numpy.isnan(column)
    lost = ~table.answered(timepoint)[rows]
    n, gone = int(rows.sum()), int(lost.sum())
    if min(gone, n - gone) < FEWEST_ON_A_SIDE:
        return Predictors(n, gone, {}, reasons.TOO_FEW_LOST)
    columns = {key: _standard(column[rows]) for key, column in scores.items()}
    columns |= {"coached": table.coached[rows]}
    columns |= regressors.columns(table, table.plan.covariates, rows)
    odds = _odds(lost.astype(float), {name: one for name, one in columns.items() if one.min() < one.max()})
    if not odds:
        return Predictors(n, gone, {}, reasons.SEPARATED)
    return Predictors(n, gone, odds, references=regressors.references(table, table.plan.covariates, rows))


def _standard(column: "ndarray") -> "ndarray":
    spread = column.std(ddof=1)
    return (column - column.mean()) / spread if spread else column * 0


def _odds(lost: "ndarray", columns: dict[str, "ndarray"]) -> dict[str, Odds] | None:
    """None where a column, or several together, tell exactly who answered, or where there is none."""
    import numpy
    from statsmodels.discrete.discrete_model import Logit

    matrix = regression.matrix_of(lost, {"intercept": 1, **columns})
    if not columns or not regression.is_full_rank(matrix):
        return None
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they say is asked of the result below
            found = Logit(lost, matrix).fit(disp=False)
    except (ValueError, numpy.linalg.LinAlgError):
        return None
    if not found.mle_retvals["converged"] or not (found.bse < LARGEST_ERROR).all():
        return None
    limits = numpy.exp(found.conf_int(0.05))
    return {
        name: Odds(
            float(numpy.exp(found.params[place])),
            (float(limits[place][0]), float(limits[place][1])),
            float(found.pvalues[place]),
        )
        for place, name in enumerate(columns, start=1)
    }
