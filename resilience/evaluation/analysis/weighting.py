"""The coached difference once more, by weights: those who were unlikely to have what they had count for more.

A second look beside the adjusted difference, for both sides of twenty people or more. It too knows only what was asked:
what made people choose and was never asked stays in it.
"""

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import reasons, regression, regressors
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

FEWEST_ON_A_SIDE = 20
SMALLEST_CHANCE = 1e-3  # of having what somebody had: below it one person would stand for a thousand
LARGEST_ERROR = 10


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
    import numpy

    rows = table.paired(measure.key, later) & regressors.known(table, table.plan.covariates)
    coached = table.coached[rows].astype(float)
    n, with_call = len(coached), int(coached.sum())
    if min(with_call, n - with_call) < FEWEST_ON_A_SIDE:
        return Weighted(n, with_call, why=reasons.TOO_FEW_TO_WEIGH)
    before, after = table.score(measure.key, table.plan.baseline)[rows], table.score(measure.key, later)[rows]
    columns = {"baseline": before} if before.min() < before.max() else {}
    columns |= regressors.columns(table, table.plan.covariates, rows)
    matrix = numpy.column_stack([numpy.ones(n), *columns.values()])
    if not regression.is_full_rank(matrix):
        return Weighted(n, with_call, why=reasons.CANNOT_BE_TOLD_APART)
    return _weighed(after - before, coached, matrix)


def _weighed(changes: "ndarray", coached: "ndarray", matrix: "ndarray") -> Weighted:
    import numpy
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.regression.linear_model import OLS

    n, with_call = len(coached), int(coached.sum())
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they say is asked of the results below
            chance = Logit(coached, matrix).fit(disp=False)
            had = numpy.where(coached > 0, chance.predict(), 1 - chance.predict())
            if not (chance.bse < LARGEST_ERROR).all() or had.min() < SMALLEST_CHANCE:
                return Weighted(n, with_call, why=reasons.TOLD_APART)
            found = _ipw(OLS(changes, matrix), coached, chance)
    except (ValueError, numpy.linalg.LinAlgError):
        return Weighted(n, with_call, why=reasons.TOLD_APART)
    error, limits = float(found.bse[0]), found.conf_int(0.05)[0]
    if not (numpy.isfinite(error) and error > 0):
        return Weighted(n, with_call, why=reasons.EXACT_FIT)
    return Weighted(
        n, with_call, float(found.params[0]), error, (float(limits[0]), float(limits[1])), float(found.pvalues[0]),
        float((1 / had).max()),
    )  # fmt: skip


def _ipw(outcome: Any, coached: "ndarray", chance: Any) -> Any:
    """What `TreatmentEffect.ipw` of statsmodels gives, without its search.

    There are as many conditions as there are unknowns, so that the direct estimate fulfils them already; the library
    searches on from there by Nelder and Mead, which finds nothing and takes most of the time.
    """
    import numpy
    from statsmodels.treatment.treatment_effects import _IPWGMM, TreatmentEffect

    model = TreatmentEffect(outcome, coached, results_select=chance)
    effect, without, _with = model.ipw(return_results=False)
    start = numpy.concatenate([[effect, without], chance.params])
    conditions = _IPWGMM(outcome.endog, chance, None, teff=model, effect_group="all")
    return conditions.fit(
        start_params=start, inv_weights=numpy.eye(len(start)), maxiter=0, optim_args={"disp": False}
    )
