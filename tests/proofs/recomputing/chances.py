"""Chances of one of two things: logistic regression by Newton's steps, and differences weighed by such chances."""

import math
from collections.abc import Mapping

import numpy as np
from scipy import special

from tests.proofs.recomputing.models import Found, columns_of, known
from tests.proofs.recomputing.people import answered
from tests.proofs.recomputing.reading import Pack

Z = float(special.ndtri(0.975))
LARGEST_ERROR = 10  # of a logarithm of odds: beyond it a column tells both sides apart
LARGEST_WEIGHT = 1000
STEP = 1e-5  # of a coefficient or a mean, to both sides


def logistic(outcome: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Coefficients and their covariance; None where a column or several tell exactly which is which."""
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return None
    found = np.zeros(matrix.shape[1])
    for _step in range(60):
        chance = special.expit(matrix @ found)
        information = matrix.T @ (matrix * (chance * (1 - chance))[:, None])
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, matrix.T @ (outcome - chance))
        found = found + step
        if np.abs(step).max() < 1e-13:
            break
    covariance = np.linalg.inv(information)
    return (found, covariance) if np.sqrt(np.diag(covariance)).max() < LARGEST_ERROR else None


def predictors(pack: Pack, later: str) -> Found:
    """What at the beginning went with answering nothing later: odds by the primaries, a call and the covariates."""
    first = pack.when[0]
    scores = {key: pack.scores[key, first] for key in pack.meta["primary"] if (key, first) in pack.scores}
    rows = sorted(
        who
        for who in answered(pack, first)
        if known(pack, who) and all(who in scored for scored in scores.values())
    )
    came = answered(pack, later)
    lost = np.array([float(who not in came) for who in rows])
    found: Found = {"n": len(rows), "lost": int(lost.sum()), "odds": {}}
    if min(lost.sum(), len(rows) - lost.sum()) < 10:
        return found
    named = {key: _standard(np.array([scored[who] for who in rows])) for key, scored in scores.items()} | {
        "coached": np.array([float(who in pack.coached) for who in rows])
    }
    named |= {name: column for name, column in columns_of(pack, rows).items() if np.ptp(column)}
    return found | {"odds": _odds(lost, named)}


def _standard(column: np.ndarray) -> np.ndarray:
    return (column - column.mean()) / column.std(ddof=1)


def _odds(lost: np.ndarray, named: Mapping[str, np.ndarray]) -> Found:
    fitted = logistic(lost, np.column_stack([np.ones(len(lost)), *named.values()]))
    if fitted is None:
        return {}
    errors = np.sqrt(np.diag(fitted[1]))
    return {
        name: {
            "odds_ratio": math.exp(b),
            "ci": [math.exp(b - Z * e), math.exp(b + Z * e)],
            "p": 2 * float(special.ndtr(-abs(b / e))),
        }
        for name, b, e in zip(named, fitted[0][1:], errors[1:], strict=True)
    }


def weighted_difference(pack: Pack, key: str, later: str) -> Found:
    """The difference in change, everybody weighed by one over the chance of what they had."""
    rows = [row for row in pack.pairs(key, later) if known(pack, row[0])]
    coached = np.array([float(who in pack.coached) for who, _before, _after in rows])
    found: Found = {"n": len(rows), "coached": int(coached.sum())}
    if min(coached.sum(), len(rows) - coached.sum()) < 20:
        return found
    before, after = (np.array([row[place] for row in rows]) for place in (1, 2))
    others = columns_of(pack, [row[0] for row in rows]).values()
    matrix = np.column_stack([np.ones(len(rows)), before, *others])
    fitted = logistic(coached, matrix)
    if fitted is None:
        return found
    if _weights(coached, matrix, fitted[0]).max() > LARGEST_WEIGHT:
        return found
    return found | _weighed(after - before, coached, matrix, fitted[0])


def _weighed(moved: np.ndarray, coached: np.ndarray, matrix: np.ndarray, best: np.ndarray) -> Found:
    """Both weighted means and the chances as one set of equations; their error from its slopes, by small steps."""
    weights = _weights(coached, matrix, best)
    means = [
        float(weights[coached == side] @ moved[coached == side] / weights[coached == side].sum())
        for side in (1, 0)
    ]
    solved = np.concatenate([means, best])
    slopes = [
        (
            _equations(moved, coached, matrix, solved + step)
            - _equations(moved, coached, matrix, solved - step)
        ).mean(axis=0)
        for step in STEP * np.eye(len(solved))
    ]
    bread = np.linalg.inv(np.array(slopes).T / (2 * STEP))
    parts = _equations(moved, coached, matrix, solved) @ bread.T
    each = parts[:, 0] - parts[:, 1]
    difference, error = means[0] - means[1], math.sqrt(float(each @ each)) / len(each)
    return {
        "difference": difference,
        "se": error,
        "ci": [difference - Z * error, difference + Z * error],
        "p": 2 * float(special.ndtr(-abs(difference / error))),
        "largest_weight": float(weights.max()),
    }


def _weights(coached: np.ndarray, matrix: np.ndarray, best: np.ndarray) -> np.ndarray:
    return 1 / special.expit(np.where(coached > 0, 1, -1) * (matrix @ best))


def _equations(moved: np.ndarray, coached: np.ndarray, matrix: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Of each person, what must be nothing on average: two weighted means, and the slope of the chances' likelihood."""
    weights = _weights(coached, matrix, at[2:])
    score = matrix * (coached - special.expit(matrix @ at[2:]))[:, None]
    return np.column_stack(
        [weights * coached * (moved - at[0]), weights * (1 - coached) * (moved - at[1]), score]
    )
