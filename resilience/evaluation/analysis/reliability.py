"""How well the items of a scale hang together."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import reasons
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

    from resilience.evaluation.analysis.columns import Items

HEYWOOD = 0.005  # an item whose own variance is this share or less has none: the bound of R's factanal
# The likelihood of a factor model may have several peaks, and the search starts at random: the highest of some counts,
# and the same data must give the same figure.
SEEDS = range(1, 25)
AS_HIGH = 1e-6


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha with Feldt's interval, and McDonald's omega of one factor, over complete answers."""

    n: int
    alpha: float | None = None
    alpha_ci: tuple[float, float] | None = None
    omega: float | None = None
    why: str | None = None
    omega_why: str | None = None


def complete(items: "Items", measure: Measure) -> "ndarray":
    """The answers of everyone who answered every item of a measure, reversed items turned, a column an item."""
    import numpy

    if not len(items.rows):
        return numpy.zeros((0, len(measure.items)))
    turned = measure.item_low + measure.item_high
    table = numpy.column_stack(
        [
            turned - column if item in measure.reversed else column
            for item in measure.items
            for column in [items.column(item)]
        ]
    )
    return table[~numpy.isnan(table).any(axis=1)]


def estimate(rows: "Sequence[Sequence[float]] | ndarray") -> Reliability:
    """Alpha and omega of people by items. Fewer than ten people or two items are not estimated."""
    import numpy

    if len(rows) and len(rows[0]) < 2:
        return Reliability(len(rows), why=reasons.ONE_ITEM)
    if len(rows) < reasons.FEWEST_PAIRS:
        return Reliability(len(rows), why=reasons.FEW_PEOPLE)
    table = numpy.asarray(rows, dtype=float)
    spreads, total = table.var(axis=0, ddof=1), float(table.sum(axis=1).var(ddof=1))
    if math.isclose(total, 0, abs_tol=1e-12):
        return Reliability(len(rows), why=reasons.NO_VARIANCE)
    alpha = alpha_from_variances(
        items=len(spreads), items_variance=float(spreads.sum()), total_variance=total
    )
    omega = _omega(table) if len(spreads) > 2 and spreads.min() > 0 else None
    omega_why = reasons.FEW_ITEMS if len(spreads) < 3 else reasons.NOT_CONVERGED if omega is None else None
    return Reliability(
        n=len(rows),
        alpha=alpha,
        alpha_ci=feldt_interval(alpha=alpha, people=len(rows), items=len(spreads)),
        omega=omega,
        omega_why=omega_why,
    )


def alpha_from_variances(*, items: int, items_variance: float, total_variance: float) -> float:
    """Cronbach's alpha from the sum of the items' variances and the variance of their total (Cronbach 1951)."""
    return items / (items - 1) * (1 - items_variance / total_variance)


def feldt_interval(*, alpha: float, people: int, items: int) -> tuple[float, float]:
    """The 95 % interval of alpha from the F distribution (Feldt 1965)."""
    from scipy import stats

    first, second = people - 1, (people - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(stats.f.ppf(tail, first, second)) for tail in (0.975, 0.025))
    return low, high


def _omega(table: "ndarray") -> float | None:
    """Omega of one factor by maximum likelihood, on the items' own scale; None where the model broke down."""
    import numpy

    with numpy.errstate(all="ignore"):
        correlations = numpy.corrcoef(table, rowvar=False)
    found = [one for seed in SEEDS if (one := _one_factor(correlations, len(table), seed))]
    best = min((one.mle_retvals.fun for one in found), default=0)
    fitted = next(
        (one for one in found if one.mle_retvals.success and one.mle_retvals.fun < best + AS_HIGH), None
    )
    if fitted is None or not fitted.uniqueness.min() > HEYWOOD:
        return None
    spreads = table.std(axis=0, ddof=1)
    loadings, uniqueness = fitted.loadings[:, 0] * spreads, fitted.uniqueness * spreads**2
    common = float(loadings.sum()) ** 2
    return common / (common + float(uniqueness.sum()))


def _one_factor(correlations: "ndarray", people: int, seed: int) -> Any:
    """The library's fit from one start: its search, loadings and uniqueness; None where it broke down."""
    import numpy
    from statsmodels.multivariate.factor import Factor

    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they say is asked of the results
            return Factor(corr=correlations, n_factor=1, method="ml", nobs=people).fit(rng=seed)
    except (ValueError, numpy.linalg.LinAlgError):
        return None
