"""Whether somebody's first questions are answered: from then on they are in a group, in a programme that has groups."""

import enum
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from resilience.measures import occasions
from resilience.measures.models import LeftOut, Occasion, Response, Timepoint
from resilience.organisations.models import BelongsAs
from resilience.participants.arms import allocating, standing
from resilience.participants.models import Allocates, Allocation, AllocationPlan, Enrolment, Programme


class State(enum.StrEnum):
    """How somebody stands with the groups of their programme."""

    NO_GROUPS = "NO_GROUPS"
    AWAITED = "AWAITED"  # their first questions are open, or to come, or a table has not named them yet
    IN_ONE = "IN_ONE"
    IN_NONE = "IN_NONE"  # their first questions are over, and they are offered what the programme offers


@dataclass(frozen=True)
class Group:
    """The group of somebody, and the time point after which it is given."""

    state: State
    allocation: Allocation | None = None
    first: Timepoint | None = None


NO_GROUPS = Group(State.NO_GROUPS)
KNOWN: dict[str, dict[str, object]] = {  # whom nothing could bring into a group is not looked at each time
    Allocates.PERSON: {},
    Allocates.UNIT: {"belongs_as": BelongsAs.EMPLOYEE, "respondent__workplace__gt": ""},
    Allocates.TABLE: {"listed_arm__isnull": False},
}


def of(enrolment: Enrolment, *, now: datetime) -> Group:
    """Return how somebody stands; without a question to the database where their programme has no groups."""
    if not enrolment.cohort.programme.has_arms:
        return NO_GROUPS
    if allocation := standing.of(enrolment):
        return Group(State.IN_ONE, allocation)
    first = first_of(enrolment.cohort.programme_id)
    plan = enrolment.cohort.programme.allocation_plan
    awaited = first is not None and not plan.ended_at and _awaited(enrolment, first, plan, now=now)
    return Group(State.AWAITED if awaited else State.IN_NONE, first=first)


def first_of(programme: UUID) -> Timepoint | None:
    """Return the first time point at which a programme asks something."""
    asking = Timepoint.objects.filter(programme=programme, planned__isnull=False)
    return asking.order_by("position").first()


def _awaited(enrolment: Enrolment, first: Timepoint, plan: AllocationPlan, *, now: datetime) -> bool:
    """Return whether a group may still come: of who has answered, a table alone can name one."""
    if _closed(enrolment, first, now=now):
        return False
    return plan.by == Allocates.TABLE or not is_finished(enrolment, first, now=now)


def _closed(enrolment: Enrolment, first: Timepoint, *, now: datetime) -> bool:
    mine = {"respondent": enrolment.respondent_id, "timepoint": first}
    asked = Occasion.objects.filter(**mine)
    if asked.exists():
        return not asked.filter(closes_at__gt=now).exists()
    return LeftOut.objects.filter(**mine).exists()


def is_finished(enrolment: Enrolment, first: Timepoint, *, now: datetime) -> bool:
    """Return whether something of a time point was answered and nothing of it is left to answer."""
    mine = Response.objects.filter(respondent=enrolment.respondent_id, occasion__timepoint=first)
    left = occasions.due(enrolment.respondent, now=now)
    return mine.exists() and not any(each.timepoint_id == first.pk for each in left)


def look(enrolment: Enrolment, *, now: datetime) -> Allocation | None:
    """Bring somebody into a group where their first questions are answered and they are in none yet."""
    if not enrolment.cohort.programme.has_arms or standing.of(enrolment):
        return None
    first = first_of(enrolment.cohort.programme_id)
    if first is None or not is_finished(enrolment, first, now=now):
        return None
    return allocating.allocate(enrolment=enrolment, now=now)


def look_at_all(*, now: datetime) -> None:
    """Bring everybody into a group whose first questions closed half answered, or were answered as something failed."""
    running = Programme.objects.filter(has_arms=True, allocation_plan__ended_at=None)
    for programme in running.select_related("allocation_plan"):
        first = first_of(programme.pk)
        answered = Response.objects.filter(respondent=OuterRef("respondent"), occasion__timepoint=first)
        waiting = Enrolment.objects.filter(
            Exists(answered), cohort__programme=programme, allocation=None, withdrawn_at=None
        )
        people = waiting.filter(**KNOWN[programme.allocation_plan.by])
        in_order = people.select_related("respondent", "cohort__programme").order_by("joined_at", "pk")
        for enrolment in in_order.iterator():
            look(enrolment, now=now)
