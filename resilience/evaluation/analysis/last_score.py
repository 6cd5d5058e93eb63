"""The last score that somebody gave stands in for the end, as services count that see people again and again.

An option beside complete pairs: it takes for granted that nobody changed after their last answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from resilience.evaluation.analysis import change, outcomes
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

NOT_ADJUSTED = "none"


@dataclass(frozen=True, slots=True)
class LastScore:
    """The change from baseline to the last later score, and how many people's is from which time point."""

    taken_from: Mapping[str, int]
    change: change.Estimate


def estimate(table: Columns, measure: Measure) -> LastScore | None:
    """None for a measure that has fewer than two later time points: it is the same as complete pairs then."""
    import numpy

    when = outcomes.later(measure, table.plan)
    if len(when) < 2:
        return None
    last, source = numpy.full(table.n, numpy.nan), numpy.full(table.n, -1)
    for place, timepoint in enumerate(when):
        scores = table.score(measure.key, timepoint)
        there = ~numpy.isnan(scores)
        last[there], source[there] = scores[there], place
    first = table.score(measure.key, table.plan.baseline)
    rows = ~numpy.isnan(first) & ~numpy.isnan(last)
    found = change.estimate(numpy.column_stack([first[rows], last[rows]]))
    return LastScore(
        {key: int((source[rows] == place).sum()) for place, key in enumerate(when)},
        replace(found, p_adjusted=found.p, adjusted_by=NOT_ADJUSTED),
    )
