"""Describe one column of numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import reasons

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Description:
    """Count, centre and spread. Quartiles are linear between neighbours (R type 7)."""

    n: int
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """The share of people at the lowest and at the highest possible score, in per cent."""

    at_floor_percent: float | None
    at_ceiling_percent: float | None


def describe(values: "Sequence[float] | ndarray") -> Description:
    """Describe the values. Without any all is None; with one there is no spread."""
    import numpy

    if len(values) == 0:
        return Description(n=0, why=reasons.NO_ANSWERS)
    column = numpy.asarray(values, dtype=float)
    q1, median, q3 = (float(quartile) for quartile in numpy.percentile(column, [25, 50, 75]))
    if len(column) == 1:
        return Description(1, float(column[0]), None, median, q1, q3, reasons.ONE_ANSWER)
    return Description(len(column), float(column.mean()), float(column.std(ddof=1)), median, q1, q3)


def ends(values: "Sequence[float] | ndarray", *, low: float, high: float) -> Ends:
    """The percentage of values at either end of the scale; None without values."""
    import numpy

    if len(values) == 0:
        return Ends(None, None)
    column = numpy.asarray(values, dtype=float)
    return Ends(
        percent(int((column <= low).sum()), len(values)), percent(int((column >= high).sum()), len(values))
    )


def skew(values: "ndarray") -> float | None:
    """The sample skewness G1 (adjusted Fisher-Pearson, as SPSS and SAS print); None without spread or of two."""
    from scipy import stats

    if len(values) < 3 or math.isclose(float(values.std()), 0, abs_tol=1e-12):
        return None
    return float(stats.skew(values, bias=False))


def given(column: "ndarray") -> "ndarray":
    """The column without those who have nothing in it."""
    import numpy

    return column[~numpy.isnan(column)]


def percent(part: int, whole: int) -> float | None:
    """Part of a whole in per cent; None of nothing."""
    return 100 * part / whole if whole else None


def contrast(first: Description, second: Description) -> tuple[float | None, str | None]:
    """The standardised difference, or why there is none."""
    found = standardised_difference(first, second)
    return found, reasons.NO_DIFFERENCE_OF_SIDES if found is None else None


def standardised_difference(first: Description, second: Description) -> float | None:
    """Difference of two means by the root of their mean variance (Austin 2009); None where it is undefined."""
    if first.sd is None or second.sd is None or first.sd == second.sd == 0:
        return None
    return (first.mean - second.mean) / math.sqrt((first.sd**2 + second.sd**2) / 2)
