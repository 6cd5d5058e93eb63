"""Least squares on a matrix of columns: the classical figures, and those of HC3 beside them.

Matrices only, never a formula: what a formula names is run as code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import reasons

if TYPE_CHECKING:
    from numpy import ndarray
    from statsmodels.regression.linear_model import RegressionResults

NO_RESIDUAL = 1e-10  # of the outcome's own spread
WHOLE_LEVERAGE = 1 - 1e-9
SMALLEST_ANGLE = 1e-10


class NotEstimable(Exception):
    """The data do not determine the coefficients; the message is the reason that stands beside the figure."""


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient; `hc3_why` says why the robust figures are missing where they are."""

    estimate: float
    se: float
    ci: tuple[float, float]
    p: float
    se_hc3: float | None
    ci_hc3: tuple[float, float] | None
    p_hc3: float | None
    hc3_why: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The coefficients by name, and how many degrees of freedom are left."""

    terms: Mapping[str, Term]
    df: int


def fit(outcome: "ndarray", columns: Mapping[str, "ndarray"]) -> Fit:
    """The least-squares coefficients of named columns. Raises NotEstimable."""
    import numpy
    from statsmodels.regression.linear_model import OLS

    matrix = numpy.column_stack(list(columns.values())).astype(float)
    if len(outcome) <= matrix.shape[1] or not is_full_rank(matrix):
        raise NotEstimable(reasons.CANNOT_BE_TOLD_APART)
    results = OLS(outcome, matrix, hasconst=True).fit()
    spread = float(numpy.square(outcome - outcome.mean()).sum())
    if results.ssr <= NO_RESIDUAL * max(spread, NO_RESIDUAL):
        raise NotEstimable(reasons.EXACT_FIT)
    return Fit(_terms(list(columns), results, matrix), int(results.df_resid))


def is_full_rank(matrix: "ndarray") -> bool:
    """Whether no column is a sum of others, judged on their angles: rows may be a million, columns are a few."""
    import numpy

    lengths = numpy.sqrt(numpy.einsum("ij,ij->j", matrix, matrix))
    if not lengths.all():
        return False
    angles = (matrix.T @ matrix) / numpy.outer(lengths, lengths)
    return float(numpy.linalg.eigvalsh(angles)[0]) > SMALLEST_ANGLE


def _terms(names: list[str], results: "RegressionResults", matrix: "ndarray") -> dict[str, Term]:
    limits = results.conf_int(0.05)
    robust = None if _leverage(results, matrix) > WHOLE_LEVERAGE else results.HC3_se
    return {
        name: Term(
            estimate=float(results.params[place]),
            se=float(results.bse[place]),
            ci=(float(limits[place][0]), float(limits[place][1])),
            p=float(results.pvalues[place]),
            **_robust(float(results.params[place]), robust, place, results.df_resid),
        )
        for place, name in enumerate(names)
    }


def _leverage(results: "RegressionResults", matrix: "ndarray") -> float:
    return float(((matrix @ results.normalized_cov_params) * matrix).sum(axis=1).max())


def _robust(estimate: float, errors: "ndarray | None", place: int, df: float) -> dict:
    from scipy import stats

    if errors is None:
        return {"se_hc3": None, "ci_hc3": None, "p_hc3": None, "hc3_why": reasons.ALONE_IN_A_GROUP}
    error = float(errors[place])
    reach = float(stats.t.ppf(0.975, df)) * error
    return {
        "se_hc3": error,
        "ci_hc3": (estimate - reach, estimate + reach),
        "p_hc3": float(2 * stats.t.sf(abs(estimate / error), df)) if error else 0.0,
    }
