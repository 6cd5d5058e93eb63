"""What the answers to each measure tell of its items, at each time point, in one walk over all of them.

Answers are the bulk of a cohort's data, and may be read from a database while this walks: each is looked at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import reasons
from resilience.evaluation.analysis.frozen import Measure, Plan
from resilience.evaluation.analysis.reliability import Reliability, complete, estimate

if TYPE_CHECKING:
    from resilience.evaluation.analysis.columns import Items


@dataclass(frozen=True, slots=True)
class Answered:
    """Questionnaires that came back, how many of them lack each item, and how well the items hang together.

    The last is asked of a measure's first due time point, and of no other.
    """

    returned: int
    lost: Mapping[int, int]
    reliability: Reliability


Found = Mapping[tuple[str, str], Answered]


def of(measures: Iterable[Measure], plan: Plan, items: Mapping[tuple[str, str], "Items"]) -> Found:
    """By measure and due time point; `nobody` for those at which nobody answered."""
    asked: dict[tuple[str, str], list[Measure]] = {}
    found: dict[tuple[str, str], Answered] = {}
    for measure in measures:
        for when in measure.due(plan):
            asked.setdefault((measure.instrument, when), []).append(measure)
            found[measure.key, when] = nobody(measure)
    for place, given in items.items():
        for measure in asked.get(place, ()):
            found[measure.key, place[1]] = _answered(measure, given, first=measure.due(plan)[0] == place[1])
    return found


def nobody(measure: Measure) -> Answered:
    """What is told of a measure that nobody answered."""
    return Answered(0, dict.fromkeys(measure.items, 0), Reliability(0, why=reasons.FEW_PEOPLE))


def _answered(measure: Measure, given: "Items", *, first: bool) -> Answered:
    import numpy

    lost = {item: int(numpy.isnan(given.column(item)).sum()) for item in measure.items}
    consistency = estimate(complete(given, measure)) if first else Reliability(0, why=reasons.FEW_PEOPLE)
    return Answered(len(given.rows), lost, consistency)
