"""Somebody says, once, what gets in the way where they work; that they did is kept, what they chose is not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from resilience.engagement import taking_part
from resilience.organisations import system_list
from resilience.organisations.models import Organisation, Unit
from resilience.participants.models import Enrolment, Participant


class ToldBefore(Exception):
    """This person has been counted in this organisation already."""


@transaction.atomic
def tell(*, enrolment: Enrolment, organisation: Organisation, factors: Iterable[str], at: datetime) -> None:
    """Count what somebody chose, in their unit and organisation; the choice itself is kept nowhere beside them.

    Raises taking_part.Stopped, ToldBefore or system_list.Odd.
    """
    taking_part.require(enrolment)
    _claim(enrolment, organisation)
    if not enrolment.respondent.is_test:
        unit = _unit(organisation, enrolment.respondent.workplace)
        system_list.count(organisation=organisation, unit=unit, factors=factors, now=at)


def _claim(enrolment: Enrolment, organisation: Organisation) -> None:
    """Mark the person as counted, in whichever programme of the organisation they were asked. Raises ToldBefore."""
    Participant.objects.select_for_update().get(pk=enrolment.participant_id)
    at_home = Q(organisation=None, cohort__programme__organisation=organisation)
    here = Q(organisation=organisation) | at_home | Q(pk=enrolment.pk)
    mine = Enrolment.objects.filter(here, participant=enrolment.participant_id)
    found = dict(mine.values_list("pk", "has_raised"))
    if any(found.values()):
        raise ToldBefore
    Enrolment.objects.filter(pk__in=found).update(has_raised=True)
    enrolment.has_raised = True


def _unit(organisation: Organisation, workplace: str) -> Unit | None:
    """Return the unit that somebody chose when they joined; the register keeps the first letters of its name."""
    if not workplace:
        return None
    units = organisation.units.filter(name__startswith=workplace).order_by("name")
    return next((unit for unit in units if unit.name[:60] == workplace), None)
