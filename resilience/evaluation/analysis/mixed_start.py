"""Where a mixed model's search may begin: near its end, so that the library needs two steps and not seven.

The figures are the library's own. This only walks along one line, the variance between groups over that within them, on
which all else of the restricted likelihood is known (Lindstrom and Bates 1988).
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

LOWEST, HIGHEST = 1e-6, 1e4


@dataclass(frozen=True, slots=True)
class Sums:
    """All that the likelihood needs of the data: sums over everything, and over each group by its random column."""

    rows: int
    crossed: "ndarray"
    with_outcome: "ndarray"
    squared: float
    by_group: "ndarray"
    outcome_by_group: "ndarray"
    sizes: "ndarray"

    @classmethod
    def of(cls, outcome: "ndarray", matrix: "ndarray", groups: "ndarray", random: "ndarray") -> "Sums":
        """Add up."""
        import numpy

        return cls(
            len(outcome),
            matrix.T @ matrix,
            matrix.T @ outcome,
            float(outcome @ outcome),
            numpy.column_stack([numpy.bincount(groups, weights=random * column) for column in matrix.T]),
            numpy.bincount(groups, weights=random * outcome),
            numpy.bincount(groups, weights=random * random),
        )


def find(
    outcome: "ndarray", matrix: "ndarray", groups: "ndarray", random: "ndarray"
) -> tuple["ndarray", float]:
    """The coefficients and the ratio of variances at which the restricted likelihood is highest."""
    from scipy import optimize

    middle = float(outcome.mean())
    sums = Sums.of(outcome - middle, matrix, groups, random)
    found = optimize.minimize_scalar(
        lambda log: -_likelihood(sums, math.exp(log)), bounds=(math.log(LOWEST), math.log(HIGHEST)), method="bounded",
        options={"xatol": 1e-6},
    )  # fmt: skip
    ratio = math.exp(float(found.x))
    return _solved(Sums.of(outcome, matrix, groups, random), ratio)[0], ratio


def _solved(sums: Sums, ratio: float) -> tuple["ndarray", float, "ndarray"]:
    import numpy

    weights = ratio / (1 + ratio * sums.sizes)
    within = sums.crossed - (sums.by_group * weights[:, None]).T @ sums.by_group
    right = sums.with_outcome - sums.by_group.T @ (weights * sums.outcome_by_group)
    coefficients = numpy.linalg.solve(within, right)
    left = sums.squared - float(weights @ sums.outcome_by_group**2) - float(coefficients @ right)
    return coefficients, left, within


def _likelihood(sums: Sums, ratio: float) -> float:
    import numpy

    coefficients, left, within = _solved(sums, ratio)
    free = sums.rows - len(coefficients)
    spread = float(numpy.log1p(ratio * sums.sizes).sum()) + float(numpy.linalg.slogdet(within)[1])
    return -(free * math.log(max(left, 1e-300)) + spread) / 2
