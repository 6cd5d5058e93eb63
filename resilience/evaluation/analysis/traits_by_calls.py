"""Who those with and without a call were at baseline, and how far apart: described, never tested."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Coded, Columns
from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Size:
    """How many people of one side have a baseline."""

    n: int


@dataclass(frozen=True, slots=True)
class People:
    """How many there are on either side."""

    coached: Size
    not_coached: Size


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of either side left a characteristic out."""

    coached: int
    not_coached: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group on both sides; per cent of those of the side who gave the characteristic."""

    coached: int
    coached_percent: float | None
    not_coached: int
    not_coached_percent: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """One characteristic: how many of either side left it out, its groups, and the distance over all groups."""

    missing: Missing
    groups: Mapping[str, Group]
    smd: float | None
    smd_why: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One number on either side, and the standardised difference of the means."""

    coached: describe.Description
    not_coached: describe.Description
    smd: float | None
    smd_why: str | None = None


@dataclass(frozen=True, slots=True)
class ByCalls:
    """Everyone with a baseline, by whether they had a call."""

    people: People
    categories: Mapping[str, Category]
    numbers: Mapping[str, Number]


def compare(data: Dataset | Columns) -> ByCalls:
    """Set both sides of each characteristic side by side. Where one side is empty nothing is compared."""
    table = turn(data)
    rows = table.answered(table.plan.baseline)
    sides = (rows & table.coached, rows & ~table.coached)
    both = all(side.any() for side in sides)
    return ByCalls(
        people=People(*(Size(int(side.sum())) for side in sides)),
        categories={name: _category(trait, sides) for name, trait in table.traits.items() if both},
        numbers={name: _number(column, sides) for name, column in table.numbers.items() if both},
    )


def _category(trait: Coded, sides: Sequence["ndarray"]) -> Category:
    counts = [trait.counts(side) for side in sides]
    given = [sum(side.values()) for side in counts]
    groups = [name for name in trait.labels if any(side[name] for side in counts)]
    smd = distance(*([side[name] for name in groups] for side in counts))
    return Category(
        missing=Missing(*(int(side.sum()) - of for side, of in zip(sides, given, strict=True))),
        groups={name: _group([side[name] for side in counts], given) for name in groups},
        smd=smd,
        smd_why=reasons.NO_DISTANCE if smd is None else None,
    )


def _group(counts: Sequence[int], given: Sequence[int]) -> Group:
    first, second = (describe.percent(n, of) for n, of in zip(counts, given, strict=True))
    why = reasons.NO_ANSWERS if None in (first, second) else None
    return Group(counts[0], first, counts[1], second, why)


def _number(column: "ndarray", sides: Sequence["ndarray"]) -> Number:
    first, second = (describe.describe(describe.given(column[side])) for side in sides)
    return Number(first, second, *describe.contrast(first, second))


def distance(first: Sequence[int], second: Sequence[int]) -> float | None:
    """The standardised difference of two sides over all groups of a characteristic, 0 or more; None where undefined.

    Yang and Dalton 2012 (A unified approach to measuring the effect size between two groups, SAS Global Forum, paper
    335): the Mahalanobis distance of the shares, the first group left out, by the mean of both multinomial covariances.
    Of two groups it is the absolute difference of the shares by the root of their mean variance.
    """
    import numpy

    if not (sum(first) and sum(second)):
        return None
    one, other = (numpy.array(side[1:]) / sum(side) for side in (first, second))
    spread = (_covariance(one) + _covariance(other)) / 2
    if not len(one) or numpy.linalg.matrix_rank(spread) < len(one):
        return None
    apart = one - other
    return math.sqrt(max(0.0, float(apart @ numpy.linalg.solve(spread, apart))))


def _covariance(shares: "ndarray") -> "ndarray":
    """The covariance of a multinomial's shares: p (1 - p) along the diagonal, -p q beside it."""
    import numpy

    return numpy.diag(shares) - numpy.outer(shares, shares)
