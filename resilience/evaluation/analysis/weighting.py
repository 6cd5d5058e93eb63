"""The coached difference once more, by weights: those who were unlikely to have what they had count for more.

A second look beside the adjusted difference, for both sides of twenty people or more. It too knows only what was asked:
what made people choose and was never asked stays in it.
"""

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import mixed, reasons, regression, regressors
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

FEWEST_ON_A_SIDE = 20
SMALLEST_CHANCE = 1e-3  # of having what somebody had: below it one person would stand for a thousand
LARGEST_ERROR = 10
NO_ERROR = 1e-12


@dataclass(frozen=True, slots=True)
class Weighted:
    """The difference in change, its interval, and how many people the heaviest person stands for."""

    n: int
    coached: int
    difference: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    p: float | None = None
    largest_weight: float | None = None
    why: str | None = None


def difference(table: Columns, measure: Measure, later: str) -> Weighted:
    """Weigh by the chance of a call, given the baseline and the covariates (inverse probability of treatment)."""
    rows = table.paired(measure.key, later) & regressors.known(table, table.plan.covariates)
    coached = table.coached[rows].astype(float)
    n, with_call = len(coached), int(coached.sum())
    if min(with_call, n - with_call) < FEWEST_ON_A_SIDE:
        return Weighted(n, with_call, why=reasons.TOO_FEW_TO_WEIGH)
    before, after = table.score(measure.key, table.plan.baseline)[rows], table.score(measure.key, later)[rows]
    columns = {"baseline": before} if before.min() < before.max() else {}
    columns |= regressors.columns(table, table.plan.covariates, rows)
    matrix = regression.matrix_of(after, {"intercept": 1, **columns})
    if not regression.is_full_rank(matrix):
        return Weighted(n, with_call, why=reasons.CANNOT_BE_TOLD_APART)
    return _weighed(after - before, coached, matrix)


def _weighed(changes: "ndarray", coached: "ndarray", matrix: "ndarray") -> Weighted:
    import numpy
    from scipy import stats
    from statsmodels.discrete.discrete_model import Logit

    n, with_call = len(coached), int(coached.sum())
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they say is asked of the results below
            fitted = Logit(coached, matrix).fit(disp=False)
            errors, chance = fitted.bse, fitted.predict()
    except (ValueError, numpy.linalg.LinAlgError):
        return Weighted(n, with_call, why=reasons.TOLD_APART)
    had = numpy.where(coached > 0, chance, 1 - chance)
    if not (errors < LARGEST_ERROR).all() or had.min() < SMALLEST_CHANCE:
        return Weighted(n, with_call, why=reasons.TOLD_APART)
    difference, error = _difference(changes, numpy.where(coached > 0, 1, -1), 1 / had, matrix)
    if not error > NO_ERROR:
        return Weighted(n, with_call, why=reasons.EXACT_FIT)
    term = mixed.term(difference, error, stats.norm())
    return Weighted(n, with_call, term.estimate, term.se, term.ci, term.p, float((1 / had).max()))


def _difference(
    changes: "ndarray", signs: "ndarray", weights: "ndarray", matrix: "ndarray"
) -> tuple[float, float]:
    """Both weighted means' difference and its error; `signs` are 1 for those with a call, else -1.

    Each person has a part in the difference, and another in it through the chances, which were estimated from the same
    people (Lunceford and Davidian 2004, the second of their weighted estimators). By hand, since the library's error
    cuts chances off at one in a hundred.
    """
    import numpy

    means, parts, other_chance = [], numpy.zeros(len(changes)), 1 - 1 / weights
    for sign in (1, -1):
        side = signs == sign
        means.append(float(numpy.average(changes[side], weights=weights[side])))
        parts[side] = sign * weights[side] * (changes[side] - means[-1]) / weights[side].sum()
    information = matrix.T @ (matrix * (other_chance / weights)[:, None])
    scores = matrix * (signs * other_chance)[:, None]
    parts -= scores @ numpy.linalg.solve(information, scores.T @ parts)
    return means[0] - means[1], float(numpy.sqrt(parts @ parts))
