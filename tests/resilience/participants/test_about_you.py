"""Where somebody works or studies, and as what: one question, whose answer decides whose routes they see."""

import pytest

from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.journeys import joining
from resilience.organisations.models import BelongsAs, Unit
from resilience.participants import about_you, freezing
from resilience.participants.models import Enrolment
from tests.factories.accounts import UserFactory
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


def test_employees_choose_among_units_where_the_programme_says_why(ada):
    Unit.objects.create(organisation=ada.cohort.programme.organisation, name="Ward 4")
    ada.cohort.programme.why_unit = "Wards differ in how errors are spoken of."

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


def test_the_unit_is_not_asked_where_nobody_said_why(ada):
    Unit.objects.create(organisation=ada.cohort.programme.organisation, name="Ward 4")

    assert about_you.workplaces(ada.cohort)[0][0] == "Riverside Hospital"


def test_each_of_the_five_says_what_it_is_for_and_can_be_left_out(as_participant, ada):
    Enrolment.objects.filter(pk=ada.pk).update(about_you_at=None)

    page = as_participant.get("/join/about-you/").content.decode()

    assert page.count("Prefer not to say") == 5
    for use in about_you.USES.values():
        assert str(use) in page


@pytest.fixture
def asks_age(ada):
    """Ada's programme asks her age, and says why."""
    programme = ada.cohort.programme
    programme.why_age_band = "Younger <staff> were missed by earlier studies."
    programme.save()
    return programme


def test_the_page_of_further_questions_is_off_until_the_programme_says_why(as_participant, ada):
    Enrolment.objects.filter(pk=ada.pk).update(about_you_at=None)

    answer = as_participant.post("/join/about-you/", {"chosen_name": "Ada"})

    assert answer.url == "/join/readiness/"
    assert "asks nothing more about you" in as_participant.get("/join/about-you/further/").content.decode()


def test_what_needs_a_reason_stands_on_a_page_of_its_own_beside_that_reason(as_participant, ada, asks_age):
    Enrolment.objects.filter(pk=ada.pk).update(about_you_at=None, readiness="")

    answer = as_participant.post("/join/about-you/", {"chosen_name": "Ada"})
    page = as_participant.get(answer.url).content.decode()

    assert answer.url == "/join/about-you/further/"
    assert page.count("<legend>") == 1
    assert "Younger &lt;staff&gt; were missed by earlier studies." in page
    assert "Prefer not to say" in page


def test_what_is_asked_is_kept_under_the_number_and_what_is_not_asked_is_not(as_participant, ada, asks_age):
    posted = {"age_band": "25_34", "ethnicity": "white", "disability": "yes"}

    answer = as_participant.post("/join/about-you/further/", posted)

    ada.respondent.refresh_from_db()
    assert answer.url == "/my/data/"
    said = about_you.described(ada.respondent)
    assert (said["age_band"], said["ethnicity"], said["disability"]) == ("25_34", "", "")


def test_an_answer_can_be_taken_back_by_preferring_not_to_say(as_participant, ada, asks_age):
    as_participant.post("/join/about-you/further/", {"age_band": "25_34"})

    as_participant.post("/join/about-you/further/", {"age_band": "prefer_not"})

    ada.respondent.refresh_from_db()
    assert ada.respondent.age_band == ""


def test_an_answer_that_is_not_offered_is_put_right(as_participant, ada, asks_age):
    assert as_participant.post("/join/about-you/further/", {"age_band": "ancient"}).status_code == 422


def settings_page(programme) -> str:
    return f"/manage/programmes/{programme.slug}/about-you/"


def test_whoever_runs_the_programme_says_why_and_the_question_is_asked(as_manager, ada):
    programme = ada.cohort.programme

    as_manager.post(
        settings_page(programme), {"ethnicity": "To see who is left out.", "results_shown": "NEVER"}
    )

    programme.refresh_from_db()
    assert about_you.further(programme) == ["ethnicity"]
    assert programme.results_shown == "NEVER"


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "open"])
def test_the_record_says_what_was_changed_and_whether_the_plan_was_frozen(as_manager, ada, tuesday, frozen):
    programme = ada.cohort.programme
    if frozen:
        freezing.freeze(programme=programme, by=None, now=tuesday)

    for _twice in range(2):
        as_manager.post(settings_page(programme), {"age_band": "Ages differ.", "results_shown": "AFTER_LAST"})

    told = AuditEvent.objects.get(event=events.ABOUT_YOU_CHANGED)
    assert told.facts == {"changed": "why_age_band", "frozen": frozen}


def test_a_manager_of_another_programme_finds_no_such_page(ada, sign_in):
    other = UserFactory(email="other@example.org", roles=[])
    roles.grant(user=other, role=Role.MANAGER, programme="another", by=None, now=ada.joined_at)

    assert sign_in(other).get(settings_page(ada.cohort.programme)).status_code == 404
