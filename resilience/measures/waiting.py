"""A waiting list: whether somebody's parts are still to open, and from when on they are open."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from resilience import clock
from resilience.measures import beginning, occasions
from resilience.measures.beginning import Group, State
from resilience.measures.models import Occasion, Timepoint
from resilience.participants.arms import standing
from resilience.participants.models import Arm, Enrolment, Kind


@dataclass(frozen=True)
class Waits:
    """What somebody's parts wait for: a day, or questions by their label."""

    on: date | None = None
    questions: str = ""


def of(enrolment: Enrolment, *, now: datetime) -> Waits | None:
    """Return what all of somebody's parts wait for, or None; by no question where the programme has no groups."""
    return waits(enrolment, beginning.of(enrolment, now=now), now=now)


def waits(enrolment: Enrolment, group: Group, *, now: datetime) -> Waits | None:
    """Return what the parts of somebody with this group wait for, or None where they are open.

    Before anybody knows their group, the parts are open only where no group waits for them.
    """
    if group.state == State.AWAITED:
        return Waits(questions=group.first.label) if _somebody_waits(enrolment) else None
    if group.allocation is None or group.allocation.arm.kind != Kind.WAITING:
        return None
    if group.allocation.arm.timepoint:
        return _for_questions(enrolment, group.allocation.arm, now=now)
    begins = begins_at(enrolment, group)
    on, today = (clock.local_day(each, enrolment.participant.time_zone) for each in (begins, now))
    return Waits(on=on) if today < on else None


def _somebody_waits(enrolment: Enrolment) -> bool:
    return Arm.objects.filter(programme=enrolment.cohort.programme_id, kind=Kind.WAITING).exists()


def _for_questions(enrolment: Enrolment, arm: Arm, *, now: datetime) -> Waits | None:
    named = Timepoint.objects.filter(programme=arm.programme_id, key=arm.timepoint).first()
    over = occasions.answered(enrolment, arm.timepoint) or occasions.closed(enrolment, arm.timepoint, now=now)
    return None if named is None or over else Waits(questions=named.label)


def begins_at(enrolment: Enrolment, group: Group) -> datetime | None:
    """Return when a waiting list ends for somebody; None for whoever is on none, or where it is not known yet."""
    if group.allocation is None or group.allocation.arm.kind != Kind.WAITING:
        return None
    if not group.allocation.arm.timepoint:
        return standing.opens_at(group.allocation, zone=enrolment.participant.time_zone)
    asked = Occasion.objects.filter(
        respondent=enrolment.respondent_id, timepoint__key=group.allocation.arm.timepoint
    )
    return asked.aggregate(due=Min("due_at"))["due"]
