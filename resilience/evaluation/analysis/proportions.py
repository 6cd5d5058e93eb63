"""A share of people and its interval."""

import math
from dataclasses import dataclass

from resilience.evaluation.analysis import reasons


class Disagrees(ValueError):
    """A number, its denominator and its per cent do not belong together: such a row cannot be printed."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, in per cent. Raises Disagrees where the three do not belong together."""

    n: int
    of: int
    percent: float | None
    why: str | None = None

    def __post_init__(self) -> None:
        agree(self.n, self.of, self.percent)


def share(n: int, of: int) -> Share:
    """So many of so many; no per cent of nobody."""
    return Share(n, of, 100 * n / of if of else None, None if of else reasons.NOBODY)


def agree(n: int, of: int, percent: float | None) -> None:
    """Raise Disagrees unless the per cent is that of so many of so many."""
    if not 0 <= n <= of:
        raise Disagrees(f"{n} of {of}")
    if of == 0:
        if percent is not None:
            raise Disagrees(f"{percent} per cent of nobody")
    elif percent is None or not math.isclose(percent, 100 * n / of, abs_tol=1e-9):
        raise Disagrees(f"{n} of {of} is not {percent} per cent")


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % Wilson interval of a share, in per cent; None of nothing.

    Wilson 1927 as formula 3 of Newcombe 1998, without continuity correction.
    """
    from statsmodels.stats.proportion import proportion_confint

    if not whole:
        return None
    low, high = proportion_confint(part, whole, method="wilson")
    return max(0.0, 100 * float(low)), min(100.0, 100 * float(high))
