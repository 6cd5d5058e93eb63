"""Check that the groups that are stored are those that the seed gives, in the order in which people arrived."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import F

from resilience.participants.arm_models import Allocation, AllocationPlan, DrawnPlace
from resilience.participants.arms import blocks, plans


@dataclass(frozen=True)
class Line:
    """One place that was given: what is stored, and what the seed gives."""

    stratum: str
    number: int
    stored: str
    drawn: str

    @property
    def agrees(self) -> bool:
        """Return whether the two are the same."""
        return self.stored == self.drawn


def lines(plan: AllocationPlan) -> Iterator[Line]:
    """Yield each place that was given, by stratum and number. A place that is missing is stored as nothing."""
    drawn_from = {"seed": plan.seed, "shares": plans.shares(plan.programme), "sizes": plan.blocks}
    given = DrawnPlace.objects.filter(plan=plan).select_related("arm").order_by("stratum", "number")
    for stratum, places in groupby(given.iterator(), key=attrgetter("stratum")):
        stored = {place.number: place.arm.key for place in places}
        sequence = blocks.sequence(stratum=stratum, **drawn_from)
        for number in range(1, max(stored) + 1):
            yield Line(stratum, number, stored.get(number, ""), next(sequence))


def astray(plan: AllocationPlan) -> int:
    """Return how many people are in another group than their place says."""
    mine = Allocation.objects.filter(place__plan=plan)
    return mine.exclude(arm=F("place__arm")).count()


def holds(plan: AllocationPlan) -> bool:
    """Return whether every place is the one that the seed gives, and everybody is in the group of theirs."""
    return all(line.agrees for line in lines(plan)) and not astray(plan)
