"""The five questions about a person, with the codes that the evaluation knows; each may be left out."""

from django.utils.translation import gettext_lazy as _

from resilience.participants.models import Programme

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


def workplaces(programme: Programme) -> list[tuple[str, str]]:
    """Return the places to choose from: the organisation's units, else the organisation itself."""
    organisation = programme.organisation
    places = list(organisation.units.order_by("name").values_list("name", flat=True)) or [organisation.name]
    return [*((place[:60], place) for place in places), ("other", _("Somewhere else")), RATHER_NOT]
