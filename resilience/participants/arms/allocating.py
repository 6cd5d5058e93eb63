"""Bring somebody into a group: once, for good, the next place of their stratum, under a lock."""

from datetime import datetime

from django.db import transaction

from resilience.audit import events, trail
from resilience.organisations.models import BelongsAs
from resilience.participants import about_you
from resilience.participants.arm_models import (
    Allocates,
    Allocation,
    AllocationPlan,
    Arm,
    DrawnPlace,
    ListedArm,
    Stratum,
)
from resilience.participants.arms import blocks, plans
from resilience.participants.models import Enrolment


@transaction.atomic
def allocate(*, enrolment: Enrolment, now: datetime) -> Allocation | None:
    """Return the group of somebody, given now where they have none; the caller knows that its time has come.

    None where nobody comes into a group (any more), they stopped, their unit is not known, or no table names them; and
    for test people, who would take somebody's place and could find out who comes next.
    """
    found = Enrolment.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=enrolment.pk, withdrawn_at=None, respondent__is_test=False
    )
    stands = found.select_related("respondent", "cohort__programme__organisation", "organisation").first()
    plan = _plan(enrolment)
    if stands is None or plan is None:
        return None
    if made := Allocation.objects.filter(enrolment=stands).select_related("arm").first():
        return made
    given = GIVEN_BY[plan.by](plan, stands, now)
    return _keep(stands, *given, now=now) if given else None


def _plan(enrolment: Enrolment) -> AllocationPlan | None:
    """Return the plan, locked: of two who arrive at once the second counts the place of the first."""
    open_now = AllocationPlan.objects.filter(confirmed_at__isnull=False, ended_at=None)
    mine = open_now.filter(programme=enrolment.cohort.programme_id)
    return mine.select_for_update().first()


def _keep(enrolment: Enrolment, arm: Arm, place: DrawnPlace | None, *, now: datetime) -> Allocation:
    made = Allocation.objects.create(enrolment=enrolment, arm=arm, place=place, at=now)
    told = {"stratum": place.stratum, "number": place.number} if place else {}
    trail.record(events.ARM_ALLOCATED, at=now, target=enrolment, arm=arm.key, **told)
    return made


def _of_a_person(plan: AllocationPlan, enrolment: Enrolment, now: datetime) -> tuple[Arm, DrawnPlace]:
    place = _next(plan, stratum_of(plan, enrolment), unit="", now=now)
    return place.arm, place


def _of_a_unit(plan: AllocationPlan, enrolment: Enrolment, now: datetime) -> tuple[Arm, DrawnPlace] | None:
    unit = unit_of(enrolment)
    if not unit:
        return None
    place = DrawnPlace.objects.filter(plan=plan, unit=unit).select_related("arm").first()
    place = place or _next(plan, stratum_of(plan, enrolment), unit=unit, now=now)
    return place.arm, place


def _of_a_table(plan: AllocationPlan, enrolment: Enrolment, now: datetime) -> tuple[Arm, None] | None:
    listed = ListedArm.objects.filter(enrolment=enrolment).select_related("arm").first()
    return (listed.arm, None) if listed else None


GIVEN_BY = {
    Allocates.PERSON: _of_a_person,
    Allocates.UNIT: _of_a_unit,
    Allocates.TABLE: _of_a_table,
}


def _next(plan: AllocationPlan, stratum: str, *, unit: str, now: datetime) -> DrawnPlace:
    number = DrawnPlace.objects.filter(plan=plan, stratum=stratum).count() + 1
    key = blocks.at(
        number, seed=plan.seed, stratum=stratum, shares=plans.shares(plan.programme), sizes=plan.blocks
    )
    arm = Arm.objects.get(programme=plan.programme_id, key=key)
    return DrawnPlace.objects.create(plan=plan, stratum=stratum, number=number, arm=arm, unit=unit, at=now)


def stratum_of(plan: AllocationPlan, enrolment: Enrolment) -> str:
    """Return the stratum of somebody, as in `profession=nurse;level=senior`; what was not said is one of its own."""
    codes = {
        Stratum.PROFESSION: enrolment.respondent.profession,
        Stratum.LEVEL: enrolment.respondent.level,
        Stratum.ORGANISATION: enrolment.belongs_to.slug,
    }
    return ";".join(f"{each}={codes[each]}" for each in Stratum if each in plan.strata)


def unit_of(enrolment: Enrolment) -> str:
    """Return the unit that somebody said they work in, with its organisation; empty where they named none."""
    said = enrolment.respondent.workplace
    if not said or enrolment.belongs_as != BelongsAs.EMPLOYEE:
        return ""
    organisation = enrolment.belongs_to
    names = {unit.name[: about_you.LONGEST_CODE] for unit in organisation.units.all()}
    return f"{organisation.slug}: {said}" if said in names else ""
