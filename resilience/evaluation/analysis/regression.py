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
    """One coefficient; `hc3_why` says why the robust figures are missing where they were asked for."""

    estimate: float
    se: float
    ci: tuple[float, float]
    p: float
    se_hc3: float | None = None
    ci_hc3: tuple[float, float] | None = None
    p_hc3: float | None = None
    hc3_why: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The coefficients by name, and how many degrees of freedom are left."""

    terms: Mapping[str, Term]
    df: int


def fit(outcome: "ndarray", columns: Mapping[str, "ndarray"], *, robust: bool = True) -> Fit:
    """The least-squares coefficients of named columns, with HC3 or without. Raises NotEstimable."""
    from statsmodels.regression.linear_model import OLS

    matrix = matrix_of(outcome, columns)
    if len(outcome) <= matrix.shape[1] or not is_full_rank(matrix):
        raise NotEstimable(reasons.CANNOT_BE_TOLD_APART)
    results = OLS(outcome, matrix, hasconst=True).fit()
    if results.ssr <= NO_RESIDUAL * max(float(results.centered_tss), NO_RESIDUAL):
        raise NotEstimable(reasons.EXACT_FIT)
    return Fit(_terms(list(columns), results, robust), int(results.df_resid))


def matrix_of(outcome: "ndarray", columns: Mapping[str, "ndarray"]) -> "ndarray":
    """Columns of truths or numbers, or one number for everybody, as one matrix, each column in one piece."""
    import numpy

    matrix = numpy.empty((len(outcome), len(columns)), order="F")
    for place, column in enumerate(columns.values()):
        matrix[:, place] = column
    return matrix


def is_full_rank(matrix: "ndarray") -> bool:
    """Whether no column is a sum of others, judged on their angles: rows may be a million, columns are a few."""
    import numpy

    lengths = numpy.sqrt(numpy.einsum("ij,ij->j", matrix, matrix))
    if not lengths.all():
        return False
    angles = (matrix.T @ matrix) / numpy.outer(lengths, lengths)
    return float(numpy.linalg.eigvalsh(angles)[0]) > SMALLEST_ANGLE


def _terms(names: list[str], results: "RegressionResults", robust: bool) -> dict[str, Term]:
    limits = results.conf_int(0.05)
    told = _errors(results) if robust else None
    return {
        name: Term(
            estimate=float(results.params[place]),
            se=float(results.bse[place]),
            ci=(float(limits[place][0]), float(limits[place][1])),
            p=float(results.pvalues[place]),
            **(_robust(float(results.params[place]), told[place], results.df_resid) if robust else {}),
        )
        for place, name in enumerate(names)
    }


def _errors(results: "RegressionResults") -> "list[float | None]":
    """The errors of HC3, none of them where somebody alone decides a coefficient."""
    import numpy

    matrix = results.model.exog
    leverage = numpy.einsum("ij,ij->i", matrix @ results.normalized_cov_params, matrix)
    alone = float(leverage.max()) > WHOLE_LEVERAGE
    return [None] * matrix.shape[1] if alone else [float(error) for error in results.HC3_se]


def _robust(estimate: float, error: float | None, df: float) -> dict:
    from scipy import stats

    if error is None:
        return {"hc3_why": reasons.ALONE_IN_A_GROUP}
    reach = float(stats.t.ppf(0.975, df)) * error
    return {
        "se_hc3": error,
        "ci_hc3": (estimate - reach, estimate + reach),
        "p_hc3": float(2 * stats.t.sf(abs(estimate / error), df)) if error else 0.0,
    }
