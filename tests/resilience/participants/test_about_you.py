"""Where somebody works or studies, and as what: one question, whose answer decides whose routes they see."""

import pytest

from resilience.journeys import joining
from resilience.organisations.models import BelongsAs, Unit
from resilience.participants import about_you
from resilience.participants.models import Enrolment
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def university(ada):
    """A university whose students are in Ada's cohort."""
    made = OrganisationFactory(slug="university", name="Riverside University", belong_as=["STUDENT"])
    ada.cohort.organisations.add(made)
    return made


def say(ada, workplace: str, tuesday) -> Enrolment:
    about = {"workplace": workplace}
    joining.tell_about_you(
        enrolment=ada, about=about, chosen_name="Ada", phone="", by=ada.participant.user, now=tuesday
    )
    return Enrolment.objects.get(pk=ada.pk)


def test_the_places_of_a_cohort_are_those_of_each_of_its_organisations(ada, university):
    riverside = ada.cohort.programme.organisation
    riverside.belong_as = ["EMPLOYEE", "AGENCY"]
    riverside.save()
    OrganisationFactory(slug="hilltop", name="Hilltop Trust")

    assert [str(label) for _code, label in about_you.workplaces(ada.cohort)] == [
        "Riverside Hospital",
        "Riverside Hospital, through an agency or the bank",
        "Riverside University, as a student",
        "Somewhere else",
        "Prefer not to say",
    ]


def test_employees_choose_among_units_where_there_are_some(ada):
    Unit.objects.create(organisation=ada.cohort.programme.organisation, name="Ward 4")

    assert about_you.workplaces(ada.cohort)[0] == ("Ward 4", "Ward 4")


def test_a_place_says_whose_routes_somebody_sees_and_as_what_they_belong(ada, university, tuesday):
    stored = say(ada, "student: Riverside University", tuesday)

    assert (stored.organisation, stored.belongs_as) == (university, BelongsAs.STUDENT)
    assert stored.belongs_to == university
    assert stored.respondent.workplace == "student: Riverside University"


@pytest.mark.parametrize("answer", ["other", "prefer_not", ""])
def test_whoever_names_no_place_belongs_to_the_programmes_organisation(ada, university, tuesday, answer):
    stored = say(ada, answer, tuesday)

    assert (stored.organisation, stored.belongs_as) == (None, "")
    assert stored.belongs_to == ada.cohort.programme.organisation


def test_it_stays_one_of_five_questions(as_participant, ada, university):
    Enrolment.objects.filter(pk=ada.pk).update(about_you_at=None)

    page = as_participant.get("/join/about-you/").content.decode()

    assert page.count("<legend>") == 5
    assert "Riverside University, as a student" in page
