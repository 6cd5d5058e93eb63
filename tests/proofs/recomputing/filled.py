"""Scores that are missing, filled in again by other draws: what chance leaves open is told as a range."""

import math
from dataclasses import dataclass

import numpy as np

from tests.proofs.recomputing.changes import Found
from tests.proofs.recomputing.models import columns_of, known
from tests.proofs.recomputing.reading import Pack

FEWEST, DONORS, FIRST, BETWEEN, TIMES = 30, 20, 10, 3, 200
# Where half of the scores are missing twenty fillings leave a mean open by a sixth of its error, and the error by a
# twelfth: nearly four times as much is let pass, so that chance alone does not fail.
OF_THE_ERROR, OF_THE_SPREAD = 0.6, 0.35


@dataclass(frozen=True)
class Within:
    """A range in which a figure must lie that was drawn by chance."""

    low: float
    high: float


def imputed(pack: Pack, key: str, later: list[str]) -> Found | None:
    """The mean change of everybody with a baseline, by later time point; None for a measure that has none of it."""
    first = pack.scores.get((key, pack.when[0]), {})
    people = sorted(who for who in first if known(pack, who))
    scores = {
        one: np.array([pack.scores.get((key, one), {}).get(who, math.nan) for who in people]) for one in later
    }
    came = {one: int((~np.isnan(column)).sum()) for one, column in scores.items()}
    if key not in pack.meta["primary"] or not any(0 < n < len(people) for n in came.values()):
        return None
    found: Found = {
        one: {"n": len(people), "observed": n, "sampled_from": len(people)} for one, n in came.items()
    }
    used = [one for one in later if came[one] >= FEWEST]
    before = np.array([first[who] for who in people])
    for one, changes in zip(used, _filled(pack, people, before, [scores[one] for one in used]), strict=True):
        found[one] |= _pooled(changes)
    return found


def _filled(
    pack: Pack, people: list[str], before: np.ndarray, later: list[np.ndarray]
) -> list[list[np.ndarray]]:
    """By time point, the changes of everybody, once for each time that they were filled in."""
    coached = np.array([float(who in pack.coached) for who in people])
    told = [coached, *columns_of(pack, people).values()]
    others = [np.ones(len(people)), before, *(column for column in told if np.ptp(column))]
    dice, gone = np.random.default_rng(99), [np.isnan(column) for column in later]
    now = [np.where(lost, np.nanmean(column), column) for column, lost in zip(later, gone, strict=True)]
    found: list[list[np.ndarray]] = [[] for _ in later]
    for cycle in range(FIRST + TIMES * BETWEEN):
        for place, lost in enumerate(gone):
            if lost.any():
                rest = [column for number, column in enumerate(now) if number != place]
                now[place] = _matched(now[place], lost, np.column_stack([*others, *rest]), dice)
        if cycle >= FIRST and (cycle - FIRST) % BETWEEN == BETWEEN - 1:
            for place, column in enumerate(now):
                found[place].append(column - before)
    return found


def _matched(
    column: np.ndarray, lost: np.ndarray, matrix: np.ndarray, dice: np.random.Generator
) -> np.ndarray:
    """Each missing score becomes that of one of those whose expected score is the nearest."""
    inverse = np.linalg.inv(matrix[~lost].T @ matrix[~lost])
    best = inverse @ matrix[~lost].T @ column[~lost]
    df = int((~lost).sum()) - matrix.shape[1]
    spread = ((column[~lost] - matrix[~lost] @ best) ** 2).sum() / dice.chisquare(df)
    drawn = dice.multivariate_normal(best, inverse * spread)
    expected, filled, given = matrix @ drawn, column.copy(), column[~lost]
    for row in np.flatnonzero(lost):
        near = np.argsort(np.abs(expected[~lost] - expected[row]), kind="stable")[:DONORS]
        filled[row] = given[dice.choice(near)]
    return filled


def _pooled(changes: list[np.ndarray]) -> Found:
    """Mean, error and limits by Rubin's rules, as wide as twenty fillings leave them open."""
    means = [float(one.mean()) for one in changes]
    inside = float(np.mean([one.var(ddof=1) / len(one) for one in changes]))
    mean, error = float(np.mean(means)), math.sqrt(inside + float(np.var(means, ddof=1)) * (1 + 1 / 20))
    reach = OF_THE_ERROR * error
    return {
        "mean": Within(mean - reach, mean + reach),
        "se": Within(error * (1 - OF_THE_SPREAD), error * (1 + OF_THE_SPREAD)),
        "ci": [Within(side - 2 * reach, side + 2 * reach) for side in (mean - 2 * error, mean + 2 * error)],
    }
