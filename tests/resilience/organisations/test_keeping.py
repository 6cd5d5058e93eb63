"""The list of a lead, page by page: write, ask a second person, publish, take down; every refusal in words."""

import pytest
from django.test import Client

from resilience.accounts.models import Role, User
from resilience.organisations import keeping, plain
from resilience.organisations.models import State, SupportRoute
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana(sign_in):
    """A browser of a lead for the whole site."""
    OrganisationFactory()
    return sign_in(UserFactory(email="hana@example.org", roles=[Role.SAFEGUARDING_LEAD]))


@pytest.fixture
def joe(sign_in):
    """A browser of another."""
    return sign_in(UserFactory(email="joe@example.org", roles=[Role.SAFEGUARDING_LEAD]))


def words(browser: Client, **differs: str) -> dict[str, str]:
    said = {
        "label": "Chaplains", "text": "They listen.", "phone": "020 7946 0201", "sms": "", "url": "",
        "belongs_as": "", "kind_of_help": "", "language": "en-gb", "owner": str(browser.session["_auth_user_id"]),
        "expires_on": "2027-05-01",
    }  # fmt: skip
    return said | differs


def test_a_route_goes_from_one_person_by_another_to_everybody(hana, joe):
    answer = hana.post("/safeguarding/new/riverside/", words(hana, propose="yes"))
    assert answer.url == "/safeguarding/"
    route = SupportRoute.objects.get()
    assert "Chaplains" not in Client().get("/help-now/").content.decode()

    assert "Publish it" in joe.get("/safeguarding/").content.decode()
    assert joe.post(f"/safeguarding/routes/{route.pk}/publish/").url == "/safeguarding/"

    assert "Chaplains" in plain.place("/help-now/").read_text()
    assert "Chaplains" in Client().get("/help-now/").content.decode()
    assert "1 May 2027" in hana.get("/safeguarding/").content.decode()


def test_a_lead_says_which_kind_of_help_a_route_offers(hana):
    hana.post("/safeguarding/new/riverside/", words(hana, label="Mentors", kind_of_help="MENTOR"))

    assert SupportRoute.objects.get().kind_of_help == "MENTOR"


def test_whoever_proposed_it_is_told_in_words_that_somebody_else_publishes_it(hana):
    hana.post("/safeguarding/new/riverside/", words(hana, propose="yes"))
    route = SupportRoute.objects.get()
    assert "Publish it" not in hana.get("/safeguarding/").content.decode()

    answer = hana.post(f"/safeguarding/routes/{route.pk}/publish/")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "A second person publishes it" in answer.content.decode()
    assert SupportRoute.objects.get().state == State.PROPOSED


def test_a_draft_is_proposed_from_the_list(hana, joe):
    hana.post("/safeguarding/new/riverside/", words(hana))
    route = SupportRoute.objects.get()
    assert route.state == State.DRAFT

    hana.post(f"/safeguarding/routes/{route.pk}/propose/")

    assert SupportRoute.objects.get().state == State.PROPOSED


def test_a_second_press_of_the_same_button_says_how_things_stand(hana, joe):
    hana.post("/safeguarding/new/riverside/", words(hana, propose="yes"))
    address = f"/safeguarding/routes/{SupportRoute.objects.get().pk}/publish/"
    joe.post(address)

    answer = joe.post(address)

    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.content.decode()


def test_the_next_version_leaves_the_one_that_is_shown_as_it_is(hana, joe):
    route = SupportRouteFactory(label="Chaplains", organisation=OrganisationFactory(), phone="020 7946 0201")

    hana.post(f"/safeguarding/routes/{route.pk}/", words(hana, phone="020 7946 0209", propose="yes"))

    stored = {row.state: row.phone for row in SupportRoute.objects.all()}
    assert stored == {"PUBLISHED": "020 7946 0201", "PROPOSED": "020 7946 0209"}


def test_a_version_of_ones_own_stands_in_place_of_a_shipped_route_once_published(hana, joe):
    page = hana.get("/safeguarding/in-place-of/GB/samaritans/").content.decode()
    assert 'value="116 123"' in page

    hana.post(
        "/safeguarding/in-place-of/GB/samaritans/", words(hana, label="Samaritans of ours", propose="yes")
    )
    joe.post(f"/safeguarding/routes/{SupportRoute.objects.get().pk}/publish/")

    assert "Samaritans of ours" in Client().get("/help-now/").content.decode()
    again = hana.get("/safeguarding/in-place-of/GB/samaritans/")
    assert again.url == f"/safeguarding/routes/{SupportRoute.objects.get().pk}/"


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"label": ""}, "Write what it is called."),
        ({"phone": "ring me"}, "digits and spaces only"),
        ({"text": "", "phone": ""}, "at least one way to reach them"),
        ({"expires_on": ""}, "Choose a day within a year."),
        ({"expires_on": "2026-11-03", "propose": "yes"}, "Choose a day from tomorrow on, within a year."),
        ({"expires_on": "2028-11-03", "propose": "yes"}, "Choose a day from tomorrow on, within a year."),
    ],
    ids=["no name", "no number", "no way", "no end", "ends today", "ends too late"],
)
def test_faults_are_said_in_words_with_what_was_typed_still_there(hana, differs, said):
    answer = hana.post("/safeguarding/new/riverside/", words(hana, **differs))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'role="alert"' in page
    assert "They listen." in page or differs.get("text") == ""
    assert not SupportRoute.objects.exclude(state=State.DRAFT).exists()


def test_faults_of_a_proposal_store_no_second_draft(hana):
    late = words(hana, expires_on="2028-11-03", propose="yes")
    hana.post("/safeguarding/new/riverside/", late)
    hana.post("/safeguarding/new/riverside/", late)

    assert SupportRoute.objects.count() == 0


def test_a_route_that_does_not_work_is_taken_down_by_one_person_at_once(hana):
    route = SupportRouteFactory(label="Chaplains", organisation=OrganisationFactory())
    plain.write()

    hana.post(f"/safeguarding/routes/{route.pk}/take-down/")

    assert "Chaplains" not in Client().get("/help-now/").content.decode()


def test_an_expired_route_is_marked_in_the_list(hana, time_passes):
    SupportRouteFactory(label="Chaplains", organisation=OrganisationFactory())
    assert "Not shown any more" not in hana.get("/safeguarding/").content.decode()

    time_passes(days=200)  # longer than a sign-in lasts

    parts = keeping.parts(User.objects.get(email="hana@example.org"))
    assert [line.over for part in parts for line in part.lines] == [True]


def test_two_organisations_leads_see_their_own_only(sign_in, hana):
    riverside, hilltop = OrganisationFactory(), OrganisationFactory(slug="hilltop", name="Hilltop Trust")
    SupportRouteFactory(label="Riverside support", organisation=riverside)
    theirs = SupportRouteFactory(label="Hilltop support", organisation=hilltop)
    lead = UserFactory(email="lee@example.org", roles=[Role.SAFEGUARDING_LEAD], roles__programme="steady")
    riverside.leads.add(lead)
    browser = sign_in(lead)

    page = browser.get("/safeguarding/").content.decode()

    assert "Riverside support" in page
    assert "Hilltop" not in page
    assert "Write a version of our own" not in page
    assert browser.get("/safeguarding/new/hilltop/").status_code == 404
    assert browser.get(f"/safeguarding/routes/{theirs.pk}/").status_code == 404
    assert browser.post(f"/safeguarding/routes/{theirs.pk}/take-down/").status_code == 404
    assert browser.get("/safeguarding/in-place-of/GB/samaritans/").status_code == 404
