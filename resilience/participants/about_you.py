"""What is asked about a person, with the codes that the evaluation knows; each may be left out.

Five questions stand in every programme. The unit, and the questions of a page of their own, stand only where those who
run the programme say why; that sentence is shown beside the question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.organisations.models import BelongsAs, Organisation
from resilience.participants.models import Cohort, Enrolment, Programme, Respondent

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
ETHNICITIES = [
    ("asian", _("Asian")),
    ("black", _("Black, African or Caribbean")),
    ("mixed", _("Mixed, or more than one")),
    ("white", _("White")),
    ("another", _("Another")),
    RATHER_NOT,
]
DISABILITIES = [("no", _("No")), ("yes", _("Yes")), RATHER_NOT]
AGE_BANDS = [
    ("under_25", _("Under 25")),
    ("25_34", _("25 to 34")),
    ("35_44", _("35 to 44")),
    ("45_54", _("45 to 54")),
    ("55_over", _("55 or over")),
    RATHER_NOT,
]
USES: Mapping[str, str | Promise] = {
    "profession": _(
        "It chooses some of the words you read, and shows whether this works for different professions."
    ),
    "level": _("To see whether this works at different stages of working life."),
    "workplace": _(
        "It chooses whose people to talk to you are shown, and shows whether this works in different places."
    ),
    "gender": _("To see whether this works for people of every gender."),
    "shifts": _("To see whether this works for people who work at night."),
}
FIVE = tuple(USES)
OF_THEIR_OWN_PAGE = {
    "ethnicity": (_("How would you describe your ethnic background?"), ETHNICITIES),
    "disability": (
        _("Do you have a disability, or a health condition that has lasted a year?"),
        DISABILITIES,
    ),
    "age_band": (_("How old are you?"), AGE_BANDS),
}
FIELDS = (*FIVE, *OF_THEIR_OWN_PAGE)
UNIT = "unit"


def why(programme: Programme, what: str) -> str:
    """Return why a programme asks this, as those who run it wrote; an empty string where it does not ask."""
    return getattr(programme, f"why_{what}").strip()


def further(programme: Programme) -> list[str]:
    """Return which questions of the page of their own a programme asks: those of which it says why."""
    return [field for field in OF_THEIR_OWN_PAGE if why(programme, field)]


def described(respondent: Respondent) -> dict[str, str]:
    """Return every characteristic by its code; empty where nothing was said, or it is not asked."""
    return {field: getattr(respondent, field) for field in FIELDS}


@transaction.atomic
def tell_further(*, enrolment: Enrolment, said: Mapping[str, str], now: datetime) -> None:
    """Keep the answers of the page of their own; what the programme does not ask is left as it is."""
    respondent = Respondent.objects.select_for_update().get(pk=enrolment.respondent_id)
    asked = further(enrolment.cohort.programme)
    for field in asked:
        setattr(respondent, field, kept(said.get(field, "")))
    respondent.save(update_fields=asked)


def kept(answer: str) -> str:
    """Return what is stored of an answer: nothing of one that somebody would rather not give."""
    return "" if answer == PREFER_NOT else answer


@transaction.atomic
def choose(
    *, programme: Programme, whys: Mapping[str, str], results_shown: str, by: User, now: datetime
) -> None:
    """Keep why a programme asks what, and when results are shown; the trail says what changed, and if frozen."""
    fresh = {f"why_{what}": why.strip() for what, why in whys.items()} | {"results_shown": results_shown}
    changed = [name for name, value in fresh.items() if getattr(programme, name) != value]
    for name in changed:
        setattr(programme, name, fresh[name])
    if changed:
        programme.save(update_fields=changed)
        frozen = programme.content_frozen_on is not None
        trail.record(
            events.ABOUT_YOU_CHANGED,
            at=now,
            target=programme,
            by=by,
            changed=", ".join(changed),
            frozen=frozen,
        )


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

    Where the programme says why, employees choose among the units of their organisation. No code is given twice.
    """
    units = bool(why(cohort.programme, UNIT))
    first = cohort.programme.organisation_id
    theirs = Organisation.objects.filter(Q(pk=first) | Q(cohorts=cohort)).distinct().prefetch_related("units")
    in_order = sorted(theirs, key=lambda each: (each.pk != first, each.name))
    found = [place for each in in_order for place in _of(each, by_unit=units)]
    return list({place.code: place for place in found}.values())


def _of(organisation: Organisation, *, by_unit: bool) -> Iterator[Place]:
    units = sorted(unit.name for unit in organisation.units.all()) if by_unit else []
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
