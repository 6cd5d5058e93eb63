"""Earlier reports so close to this one that both together tell what the few between them scored.

A report has exact figures of the whole programme. Nothing can be hidden of them, so that a reader is told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from resilience.evaluation.disclosing.counts import at, records

Figures = Mapping[str, Any]


def reports(figures: Figures, before: Sequence[Figures], *, threshold: int) -> list[dict[str, Any]]:
    """As of when each of them was, and by how many people at most a change in this report rests on more or fewer."""
    found = [
        {"as_of": at(one, ("snapshot", "as_of")), "people": _apart(figures, one, threshold)} for one in before
    ]
    return [one for one in found if one["people"]]


def _apart(figures: Figures, earlier: Figures, threshold: int) -> int:
    """The largest number below the threshold by which the pairs of a change differ; 0 where none does."""
    counts = [
        (at(figures, (*one, "n")), at(earlier, (*one, "n")))
        for _measure, place in records(figures, ("measures",))
        for _when, one in records(figures, (*place, "change"))
    ]
    apart = [abs(now - then) for now, then in counts if isinstance(now, int) and isinstance(then, int)]
    return max((n for n in apart if n < threshold), default=0)
