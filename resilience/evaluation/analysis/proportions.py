"""A share of people and its interval."""

import math
from dataclasses import dataclass

Z = 1.959963984540054  # the 97.5 % point of the normal distribution


class Disagrees(ValueError):
    """A number, its denominator and its per cent do not belong together: such a row cannot be printed."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, in per cent. Raises Disagrees where the three do not belong together."""

    n: int
    of: int
    percent: float | None

    def __post_init__(self) -> None:
        agree(self.n, self.of, self.percent)


def share(n: int, of: int) -> Share:
    """So many of so many; no per cent of nobody."""
    return Share(n, of, 100 * n / of if of else None)


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
    if not whole:
        return None
    share, square = part / whole, Z * Z
    centre = (2 * part + square) / (2 * (whole + square))
    reach = Z * math.sqrt(square + 4 * part * (1 - share)) / (2 * (whole + square))
    return max(0.0, 100 * (centre - reach)), min(100.0, 100 * (centre + reach))
