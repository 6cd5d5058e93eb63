"""The five questions about a person, with the codes that the evaluation knows; each may be left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resilience.organisations.models import BelongsAs, Organisation
from resilience.participants.models import Cohort

PREFER_NOT = "prefer_not"  # stored as no answer at all
RATHER_NOT = (PREFER_NOT, _("Prefer not to say"))

PROFESSIONS = [
    ("nurse", _("Nurse")),
    ("midwife", _("Midwife")),
    ("doctor", _("Doctor")),
    ("paramedic", _("Paramedic or ambulance staff")),
    ("radiographer", _("Radiographer")),
    ("therapist", _("Therapist (occupational, physio, speech)")),
    ("pharmacist", _("Pharmacist or pharmacy technician")),
    ("care_assistant", _("Care assistant or support worker")),
    ("student", _("Student of one of these")),
    ("other", _("Something else in patient care")),
    RATHER_NOT,
]
LEVELS = [
    ("in_training", _("In training")),
    ("first_years", _("First years after qualifying")),
    ("experienced", _("Experienced")),
    ("senior", _("Senior, or leading a team")),
    RATHER_NOT,
]
GENDERS = [
    ("woman", _("Woman")),
    ("man", _("Man")),
    ("another", _("Another way")),
    RATHER_NOT,
]
SHIFTS = [
    ("days", _("Days")),
    ("days_and_nights", _("Days and nights")),
    ("nights", _("Mostly nights")),
    ("other", _("Another pattern")),
    RATHER_NOT,
]


ELSEWHERE = ("other", _("Somewhere else"))
AS_WHAT = {
    BelongsAs.EMPLOYEE: _("%(place)s"),
    BelongsAs.STUDENT: _("%(place)s, as a student"),
    BelongsAs.AGENCY: _("%(place)s, through an agency or the bank"),
    BelongsAs.VOLUNTEER: _("%(place)s, as a volunteer"),
}
LONGEST_CODE = 60


@dataclass(frozen=True)
class Place:
    """One answer to "where do you work or study": what the evaluation knows of it, and whose routes go with it."""

    code: str
    label: str
    organisation: Organisation
    belongs_as: str


def places(cohort: Cohort) -> list[Place]:
    """Return the places of a cohort: of each of its organisations, one for each way to belong to it.

    Employees choose among the units of their organisation where it has some. No code is given twice.
    """
    first = cohort.programme.organisation_id
    theirs = Organisation.objects.filter(Q(pk=first) | Q(cohorts=cohort)).distinct().prefetch_related("units")
    in_order = sorted(theirs, key=lambda each: (each.pk != first, each.name))
    found = [place for each in in_order for place in _of(each)]
    return list({place.code: place for place in found}.values())


def _of(organisation: Organisation) -> Iterator[Place]:
    units = sorted(unit.name for unit in organisation.units.all())
    for kind in organisation.belong_as:
        names = units if units and kind == BelongsAs.EMPLOYEE else [organisation.name]
        for name in names:
            yield Place(_code(kind, name), AS_WHAT[kind] % {"place": name}, organisation, kind)


def _code(kind: str, name: str) -> str:
    """Return what is stored: the name of the place, with the kind before it where it is not an employee's."""
    return name[:LONGEST_CODE] if kind == BelongsAs.EMPLOYEE else f"{kind.lower()}: {name}"[:LONGEST_CODE]


def workplaces(cohort: Cohort) -> list[tuple[str, str]]:
    """Return the places to choose from."""
    return [*((place.code, place.label) for place in places(cohort)), ELSEWHERE, RATHER_NOT]


def place_of(cohort: Cohort, code: str) -> Place | None:
    """Return the place behind an answer; None for somewhere else, or where nothing was said."""
    return next((place for place in places(cohort) if place.code == code), None)
