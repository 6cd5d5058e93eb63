"""Scores in bands, for drawings that show a spread without showing a person.

A measure's range is cut into at most thirteen bands of equally many possible scores. Where somebody went, from a band
before to a band after, is told in classes (1, 5 or 10 people and more), never as a count.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

MOST_BANDS = 13
CLASSES = (1, 5, 10)
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people scored in each band at a time point; none told of fewer than ten."""

    n: int
    counts: tuple[int, ...] | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """Where people went: band before, band after, and at least how many took that way."""

    n: int
    cells: tuple[tuple[int, int, int], ...] | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """One measure's bands by their edges, its scores by time point, its moves by later time point."""

    edges: tuple[float, ...]
    scores: Mapping[str, Spread]
    pairs: Mapping[str, Moves]


def cut(table: Columns, measure: Measure, *, at: Sequence[str], later: Sequence[str]) -> Bands:
    """A measure's scores `at` each of some time points in bands, and the moves from the baseline to each `later`."""
    limits = edges(measure)
    return Bands(
        limits,
        {when: spread(describe.given(table.score(measure.key, when)), limits) for when in at},
        {when: moves(table.pairs(measure.key, when), limits) for when in later},
    )


def edges(measure: Measure) -> tuple[float, ...]:
    """The limits of the bands: each holds equally many of the scores that the questions can give.

    A score within the range of a single answer is a mean of answers; any other is a sum of them, or a multiple of it.
    """
    mean = measure.item_low <= measure.low and measure.high <= measure.item_high
    span = measure.high - measure.low if mean else measure.item_high - measure.item_low
    answers = max(1, round(len(measure.items) * span))
    step = (measure.high - measure.low) / answers
    each = math.ceil((answers + 1) / MOST_BANDS)
    number = math.ceil((answers + 1) / each)
    return tuple(measure.low + step * (each * place - 0.5) for place in range(number + 1))


def spread(scores: Sequence[float], limits: Sequence[float]) -> Spread:
    """How many scores lie in each band."""
    import numpy

    if len(scores) < FEWEST:
        return Spread(len(scores), why=reasons.FEW_PEOPLE)
    counts = numpy.bincount(_places(scores, limits), minlength=len(limits) - 1)
    return Spread(len(scores), tuple(int(one) for one in counts))


def moves(pairs: Sequence[tuple[float, float]], limits: Sequence[float]) -> Moves:
    """The ways from band to band, each with the class of how many took it."""
    import numpy

    if len(pairs) < FEWEST:
        return Moves(len(pairs), why=reasons.FEW_PAIRS)
    before, after = numpy.asarray(pairs, dtype=float).T
    width = len(limits) - 1
    counts = numpy.bincount(_places(before, limits) * width + _places(after, limits), minlength=width * width)
    found = (
        (int(way) // width, int(way) % width, _class(int(counts[way]))) for way in numpy.flatnonzero(counts)
    )
    return Moves(len(pairs), tuple(found))


def _places(scores: Sequence[float], limits: Sequence[float]):
    import numpy

    return numpy.clip(numpy.searchsorted(limits, scores, side="right") - 1, 0, len(limits) - 2)


def _class(count: int) -> int:
    return max(one for one in CLASSES if count >= one)
