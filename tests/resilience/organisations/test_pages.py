"""Help now, the promise, and the list that the safeguarding lead keeps true."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from resilience.accounts import policy
from resilience.accounts.models import Role
from resilience.organisations import readers
from resilience.organisations.models import Organisation, SupportRoute
from resilience.privacy import register
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_help_now_names_the_countrys_routes_and_each_organisations():
    SupportRouteFactory(label="Samaritans", phone="116 123")
    SupportRouteFactory(label="Staff support", phone="020 7946 0000", organisation=OrganisationFactory())

    page = Client().get("/help-now/").content.decode()

    assert 'href="tel:116123"' in page
    assert page.index("Samaritans") < page.index("Riverside Hospital") < page.index("Staff support")
    assert page.index("999") < page.index("Samaritans")
    assert page.count("<h1>") == 1
    assert "Leave this page quickly" in page


def test_help_now_is_the_same_for_everybody_and_may_be_kept(as_participant):
    visitor, member = Client().get("/help-now/"), as_participant.get("/help-now/")

    assert visitor.content == member.content
    assert "public" in visitor["Cache-Control"]
    assert "Set-Cookie" not in visitor.headers


def test_the_promise_is_made_from_the_living_policy(monkeypatch):
    before = Client().get("/promise/").content.decode()
    assert re.search(r"Figures for groups[^<]*</th><td>evaluator", before)
    name = next(
        row.name for row in policy.rows() if row.name.startswith("evaluation:") and row.method == "GET"
    )
    opened = policy.Row(name, "GET", frozenset({"EVALUATOR", "COACH"}))
    monkeypatch.setitem(policy._rows, (name, "GET"), opened)

    assert re.search(
        r"Figures for groups[^<]*</th><td>coach, evaluator", Client().get("/promise/").content.decode()
    )


def readers_of(kind: str) -> str:
    """Return what the promise says of who reads a kind of thing."""
    page = Client().get("/promise/").content.decode()
    return re.search(rf"<dt>{kind}[^<]*</dt><dd>([^<]*)<", page)[1]


def test_the_promise_names_the_readers_of_each_kind_of_thing():
    assert readers_of("Your telephone number") == "You."
    assert (
        readers_of("Your answers") == "You; evaluator (under a number, or as figures for ten or more people)."
    )
    assert readers_of("Your calls").startswith("You; coach (only of people whose call it is)")
    assert "share" in readers_of("What you write")
    assert not readers_of("What you say gets in the way").startswith("You;")


@pytest.mark.parametrize(
    ("name", "opened_to", "kind", "says"),
    [
        (
            "coach:call",
            {"COACH", "MANAGER"},
            "Your calls",
            "programme manager (only of people whose call it is)",
        ),
        ("journeys:reach", {"PARTICIPANT", "OPERATOR"}, "Your telephone number", "operator"),
        ("measures:instrument", {"PARTICIPANT", "EVALUATOR"}, "Your answers", "evaluator;"),
    ],
)
def test_a_reader_more_in_the_policy_is_a_reader_more_in_the_promise(
    monkeypatch, name, opened_to, kind, says
):
    assert says not in readers_of(kind)

    monkeypatch.setitem(policy._rows, (name, "GET"), policy.Row(name, "GET", frozenset(opened_to)))

    assert says in readers_of(kind)


def test_a_month_more_in_the_register_is_a_month_more_in_the_promise(monkeypatch):
    key = ("measures.Response", "answers")
    row = register._rows[key]
    assert "twelve months after you were last here" in Client().get("/promise/").content.decode()

    monkeypatch.setitem(register._rows, key, replace(row, retention="6 years"))

    assert "Kept 6 years." in Client().get("/promise/").content.decode()


def test_every_address_that_is_shut_to_somebody_has_its_place_in_the_promise(monkeypatch):
    assert readers.unplaced() == []

    monkeypatch.setattr(readers, "NOBODYS", ())

    assert "/safeguarding/" in readers.unplaced()


def test_the_promise_says_what_cannot_be_promised():
    page = Client().get("/promise/").content.decode()

    assert "only as private as your mailbox" in page
    assert "A court can order us" in page
    assert "Nothing here feeds appraisal" in page
    for limit in ("serious danger to you", "patients at risk now, and nobody told", "a court’s order"):
        assert limit in page


def test_marking_a_route_keeps_the_day_and_renews_help_now(as_safeguarding_lead):
    route = SupportRouteFactory(label="Samaritans")
    Client().get("/help-now/")
    assert "Not yet checked" in as_safeguarding_lead.get("/safeguarding/").content.decode()

    answer = as_safeguarding_lead.post(f"/safeguarding/routes/{route.pk}/checked/")

    assert answer.url == "/safeguarding/"
    assert str(SupportRoute.objects.get().checked_on) == "2026-11-03"
    assert "3 November 2026" in as_safeguarding_lead.get("/safeguarding/").content.decode()


def test_looking_at_the_list_does_not_mark_it(as_safeguarding_lead):
    route = SupportRouteFactory()

    assert as_safeguarding_lead.get(f"/safeguarding/routes/{route.pk}/checked/").status_code == 405
    assert SupportRoute.objects.get().checked_on is None


@pytest.fixture
def lead_of_steady(sign_in) -> Client:
    """A browser of the safeguarding lead of Ada's programme, whose people work at Riverside."""
    ProgrammeFactory()
    ProgrammeFactory(slug="other", organisation=OrganisationFactory(slug="hilltop", name="Hilltop Trust"))
    return sign_in(UserFactory(roles=[Role.SAFEGUARDING_LEAD], roles__programme="steady"))


def test_a_lead_of_one_programme_sees_its_organisations_routes_and_the_countrys(lead_of_steady):
    SupportRouteFactory(label="Samaritans")
    SupportRouteFactory(label="Riverside support", organisation=Organisation.objects.get(slug="riverside"))
    SupportRouteFactory(label="Hilltop support", organisation=Organisation.objects.get(slug="hilltop"))

    page = lead_of_steady.get("/safeguarding/").content.decode()

    assert "Samaritans" in page
    assert "Riverside support" in page
    assert "Hilltop" not in page


def test_a_lead_of_one_programme_marks_no_route_of_another_organisation(lead_of_steady):
    route = SupportRouteFactory(organisation=Organisation.objects.get(slug="hilltop"))

    assert lead_of_steady.post(f"/safeguarding/routes/{route.pk}/checked/").status_code == 404
    assert SupportRoute.objects.get().checked_on is None
