"""Intervals of a share."""

import math

Z = 1.959963984540054  # the 97.5 % point of the normal distribution


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
