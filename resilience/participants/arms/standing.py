"""What the group of somebody means for what they are offered."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from resilience import clock
from resilience.participants.arm_models import WITHOUT_A_COACH, Allocation, Kind
from resilience.participants.models import Enrolment

AS_THE_PROGRAMME = frozenset({Kind.WAITING})


def of(enrolment: Enrolment) -> Allocation | None:
    """Return the allocation of somebody, with its group; without a question where the programme has no groups."""
    if not enrolment.cohort.programme.has_arms:
        return None
    return Allocation.objects.filter(enrolment=enrolment).select_related("arm", "place").first()


def coaching(enrolment: Enrolment, allocation: Allocation | None) -> str:
    """Return how calls are offered to somebody: as their group says, else as the programme does."""
    if allocation is None or allocation.arm.kind in AS_THE_PROGRAMME:
        return enrolment.cohort.programme.coaching
    return allocation.arm.kind


def opens_at(allocation: Allocation, *, zone: str) -> datetime | None:
    """Return when the parts open to somebody on a waiting list of so many weeks; None for everybody else."""
    weeks = allocation.arm.weeks
    return clock.days_after(allocation.at, 7 * weeks, zone) if weeks else None


def arms_of(enrolments: Iterable[UUID], *, as_of: datetime) -> dict[UUID, str]:
    """Return the key of the group of each of these people who was in one at a moment."""
    found = Allocation.objects.filter(enrolment__in=list(enrolments), at__lte=as_of)
    return dict(found.values_list("enrolment_id", "arm__key"))


def without_a_coach(enrolments: Iterable[UUID], *, as_of: datetime) -> set[UUID]:
    """Return which of these people were in a group without calls with a coach at a moment."""
    found = Allocation.objects.filter(
        enrolment__in=list(enrolments), at__lte=as_of, arm__kind__in=WITHOUT_A_COACH
    )
    return set(found.values_list("enrolment_id", flat=True))


def offers_of(enrolments: Iterable[UUID], *, as_of: datetime) -> dict[UUID, str]:
    """Return how calls are offered to each of these people whose group says so itself at a moment."""
    found = Allocation.objects.filter(enrolment__in=list(enrolments), at__lte=as_of)
    kinds = found.exclude(arm__kind__in=AS_THE_PROGRAMME).values_list("enrolment_id", "arm__kind")
    return dict(kinds)
