"""Whom a participant is shown on their own pages: by organisation and kind of person, on every sensitive page."""

import re

import pytest
from django.test import Client

from content_pages.models import ActivityPage
from resilience.organisations import plain
from resilience.organisations.models import BelongsAs
from tests.factories.content_pages import READING, WRITING
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory

ABSENCE = "About sickness absence, and coming back after it."
PAGES = (
    READING,
    WRITING,
    "/my/",
    "/my/measures/t1/done/",
    "/calls/",
)
SUGGESTION = "/join/readiness/"


@pytest.fixture
def places(steady, ada):
    """The hospital that runs Ada's programme, a university beside it, and a trust apart."""
    riverside = ada.cohort.programme.organisation
    university = OrganisationFactory(slug="university", name="Riverside University", belong_as=["STUDENT"])
    other = OrganisationFactory(slug="hilltop", name="Hilltop Trust")
    SupportRouteFactory(
        label="Occupational health", text=ABSENCE, organisation=riverside, belongs_as="EMPLOYEE"
    )
    SupportRouteFactory(label="Chaplains", organisation=riverside)
    SupportRouteFactory(label="Student wellbeing", organisation=university, belongs_as="STUDENT")
    SupportRouteFactory(label="Hilltop support", organisation=other)
    ada.cohort.organisations.add(university)
    ada.readiness = ""
    return riverside, university


def belongs(enrolment, organisation, kind) -> None:
    enrolment.organisation, enrolment.belongs_as, enrolment.readiness = organisation, kind, ""
    enrolment.save()


def read(browser: Client) -> dict[str, str]:
    suggested = browser.post(SUGGESTION, {"heavy": "yes", "good_time": "yes"})
    read = {address: browser.get(address).content.decode() for address in PAGES}
    return read | {SUGGESTION: suggested.content.decode()}


def test_a_student_sees_the_universitys_routes_and_no_word_for_employees(places, ada, as_participant):
    _riverside, university = places
    belongs(ada, university, BelongsAs.STUDENT)

    pages = read(as_participant)

    assert "Student wellbeing" in pages[READING]
    assert "Student wellbeing" in pages["/my/measures/t1/done/"]
    assert "Student wellbeing" in pages[SUGGESTION]
    for address, page in pages.items():
        assert "sickness absence" not in page.lower(), address
        assert "Chaplains" not in page, address
        assert "Hilltop" not in page, address


def test_an_employee_sees_them(places, ada, as_participant):
    riverside, _university = places
    belongs(ada, riverside, BelongsAs.EMPLOYEE)

    pages = read(as_participant)

    assert ABSENCE in pages[READING]
    assert ABSENCE in pages["/my/measures/t1/done/"]
    assert "Student wellbeing" not in "".join(pages.values())


def test_whoever_named_no_place_sees_what_the_programmes_organisation_has_for_everyone(
    places, ada, as_participant
):
    page = as_participant.get(READING).content.decode()

    assert "Chaplains" in page
    assert ABSENCE not in page


def test_every_sensitive_page_names_people_to_talk_to_that_open_without_a_script(places, as_participant):
    page = as_participant.get(READING).content.decode()

    shown = re.search(r'<details class="routes">.*?</details>', page, re.S).group()
    assert 'href="tel:999"' in shown
    assert 'href="tel:116123"' in shown


def test_a_page_that_is_not_sensitive_has_the_link_alone(places, as_participant):
    page = as_participant.get(WRITING).content.decode()

    assert 'details class="routes"' not in page
    assert 'href="/help-now/"' in page


def test_an_incident_is_reported_where_ones_own_organisation_says(places, ada, as_participant):
    _riverside, university = places
    university.incident_url = "https://placements.example.org/"
    university.save()
    belongs(ada, university, BelongsAs.STUDENT)

    assert "https://placements.example.org/" in as_participant.get(READING).content.decode()


def test_the_routes_cost_a_sensitive_page_no_query(places, as_participant, django_assert_num_queries):
    ActivityPage.objects.filter(slug="good-people-hard-jobs").update(sensitive=False)
    plain.write()
    as_participant.get(READING)
    with django_assert_num_queries(4):
        as_participant.get(READING)

    ActivityPage.objects.filter(slug="good-people-hard-jobs").update(sensitive=True)

    with django_assert_num_queries(4):
        assert "People to talk to" in as_participant.get(READING).content.decode()


def test_the_logo_of_ones_own_organisation_stands_on_ones_own_page(places, ada, as_participant):
    riverside, university = places
    university.logo = "images/logo-university.png"
    university.save()
    belongs(ada, university, BelongsAs.STUDENT)
    assert 'src="/media/images/logo-university.png"' in as_participant.get("/my/").content.decode()

    belongs(ada, riverside, BelongsAs.EMPLOYEE)
    assert "logo-university" not in as_participant.get("/my/").content.decode()
