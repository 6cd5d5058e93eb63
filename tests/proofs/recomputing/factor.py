"""McDonald's omega: one factor by maximum likelihood, found by going downhill on the covariances themselves."""

import math
from collections.abc import Iterator

import numpy as np
from scipy import optimize

from tests.proofs.recomputing.changes import complete_answers
from tests.proofs.recomputing.reading import Pack

ITS_OWN = 0.005  # an item that keeps less of its variance than this to itself is a Heywood case
STEEPEST = 1e-4  # of what is made small, where it is taken to be at its lowest


def omega(pack: Pack, instrument: str, scale: str | None) -> float | None:
    """Of complete answers at the first time point."""
    return of_rows(np.array(complete_answers(pack, instrument, scale), dtype=float))


def of_rows(rows: np.ndarray) -> float | None:
    """Of people by items; None for few people, for two items, or where one factor does not fit."""
    if len(rows) < 10 or rows.shape[1] < 3 or not (rows.std(axis=0) > 0).all():
        return None
    shared = np.cov(rows, rowvar=False)
    found = min((_lowest(shared, start) for start in _starts(shared)), key=lambda one: one.fun)
    loadings, own = _parts(found.x)
    if np.abs(found.jac).max() > STEEPEST or (own / np.diag(shared)).min() <= ITS_OWN:
        return None
    return float(loadings.sum() ** 2 / (loadings.sum() ** 2 + own.sum()))


def _starts(shared: np.ndarray) -> Iterator[np.ndarray]:
    """The likelihood may have several peaks: begin along each principal axis, and with each item as the factor."""
    values, axes = np.linalg.eigh(shared)
    spreads = np.sqrt(np.diag(shared))
    columns = [*(axes * np.sqrt(values)).T, *(shared / spreads)]
    for column in columns:
        for share in (0.3, 0.7):
            loadings = column * math.sqrt(share)
            yield np.concatenate([loadings, np.log(np.maximum(spreads**2 - loadings**2, 0.05 * spreads**2))])


def _lowest(shared: np.ndarray, start: np.ndarray) -> optimize.OptimizeResult:
    options = {"gtol": 1e-8, "maxiter": 5000}
    return optimize.minimize(_misfit, start, args=(shared,), jac=True, method="BFGS", options=options)


def _misfit(parameters: np.ndarray, shared: np.ndarray) -> tuple[float, np.ndarray]:
    """log |V| + tr(S V^-1) with V = l l' + diag(u), and its slope; u enters by its logarithm."""
    loadings, own = _parts(parameters)
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(own))
    slope = inverse - inverse @ shared @ inverse
    value = -np.linalg.slogdet(inverse)[1] + float(np.sum(inverse * shared))
    return value, np.concatenate([2 * slope @ loadings, np.diag(slope) * own])


def _parts(parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    half = len(parameters) // 2
    return parameters[:half], np.exp(np.clip(parameters[half:], -60, 60))
