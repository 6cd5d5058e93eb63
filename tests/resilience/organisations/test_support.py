"""Whom somebody is shown: by country, organisation, kind of person and language, until the day it ends."""

from datetime import date

import pytest
from django.utils import translation

from resilience.organisations import national, plain, support
from resilience.organisations.models import SupportRoute
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory

pytestmark = pytest.mark.django_db

YESTERDAY, TODAY = date(2026, 11, 2), date(2026, 11, 3)


def labels(organisation, belongs_as="") -> list[str]:
    return [card.label for card in support.cards(organisation, belongs_as)]


def test_what_ships_for_the_united_kingdom_is_what_people_know():
    shipped = {card.slug: card for card in national.shipped("GB", language="en-gb")}

    assert shipped["emergency"].phone == "999"
    assert "112" in shipped["emergency"].text
    assert shipped["nhs-111"].phone == "111"
    assert shipped["samaritans"].phone == "116 123"
    assert shipped["shout"].sms == "85258"


@pytest.mark.parametrize("country", [code for code, _name in national.COUNTRIES])
def test_every_country_that_an_organisation_may_stand_in_has_an_urgent_route(country):
    cards = national.shipped(country, language="fr")

    assert cards[0].urgent
    assert len(cards) > 1


def test_a_published_route_stands_in_place_of_the_shipped_one():
    SupportRouteFactory(label="Samaritans, our way", instead_of="samaritans")

    shown = [card.label for card in support.everywhere("GB")]

    assert "Samaritans, our way" in shown
    assert "Samaritans" not in shown


def test_an_expired_number_falls_back_to_the_one_that_ships():
    SupportRouteFactory(
        label="Old line", phone="020 7946 0111", instead_of="samaritans", expires_on=YESTERDAY
    )

    shown = {card.label: card.phone for card in support.everywhere("GB")}

    assert "Old line" not in shown
    assert shown["Samaritans"] == "116 123"


def test_a_route_is_shown_on_its_last_day_and_not_on_the_next(time_passes):
    riverside = OrganisationFactory()
    SupportRouteFactory(label="Chaplains", organisation=riverside, expires_on=TODAY)
    assert "Chaplains" in labels(riverside)

    time_passes(days=1)

    assert "Chaplains" not in labels(riverside)


@pytest.mark.parametrize("state", ["DRAFT", "PROPOSED", "ENDED"])
def test_nobody_is_shown_what_is_not_published(state, tuesday):
    riverside = OrganisationFactory()
    SupportRouteFactory(
        label="Chaplains", organisation=riverside, state=state, ended_at=tuesday if state == "ENDED" else None
    )

    assert "Chaplains" not in labels(riverside)


@pytest.mark.parametrize(
    ("belongs_as", "seen"),
    [
        ("EMPLOYEE", {"Chaplains", "Sickness absence"}),
        ("STUDENT", {"Chaplains", "Student wellbeing"}),
        ("AGENCY", {"Chaplains"}),
        ("", {"Chaplains"}),
    ],
)
def test_people_see_the_routes_for_their_kind_and_for_everyone(belongs_as, seen):
    riverside = OrganisationFactory()
    SupportRouteFactory(label="Chaplains", organisation=riverside)
    SupportRouteFactory(label="Sickness absence", organisation=riverside, belongs_as="EMPLOYEE")
    SupportRouteFactory(label="Student wellbeing", organisation=riverside, belongs_as="STUDENT")

    shipped = {card.label for card in national.shipped("GB", language="en-gb")}

    assert set(labels(riverside, belongs_as)) - shipped == seen


def test_two_organisations_never_see_each_others_routes():
    riverside, hilltop = OrganisationFactory(), OrganisationFactory(slug="hilltop", name="Hilltop Trust")
    SupportRouteFactory(label="Riverside support", organisation=riverside)
    SupportRouteFactory(label="Hilltop support", organisation=hilltop)

    assert "Hilltop support" not in labels(riverside)
    assert "Riverside support" not in labels(hilltop)


def test_a_country_shows_its_own_routes_and_no_other_countrys():
    cards = support.cards(OrganisationFactory(country="IE"))

    assert "112" in {card.phone for card in cards}
    assert "111" not in {card.phone for card in cards}


def test_a_route_is_read_in_ones_language_where_it_is_written_in_it_else_in_english():
    riverside = OrganisationFactory()
    first = SupportRouteFactory(label="Chaplains", organisation=riverside)
    SupportRouteFactory(label="Aumôniers", organisation=riverside, language="fr", route=first.route)
    SupportRouteFactory(label="Staff counselling", organisation=riverside)

    with translation.override("fr"):
        shown = labels(riverside)

    assert "Aumôniers" in shown
    assert "Chaplains" not in shown
    assert "Staff counselling" in shown


def test_the_cards_cost_no_query_where_the_file_stands(django_assert_num_queries):
    riverside = OrganisationFactory()
    SupportRouteFactory(label="Chaplains", organisation=riverside)
    plain.write()

    with django_assert_num_queries(0):
        assert "Chaplains" in labels(riverside)


def test_the_file_of_routes_ends_a_route_on_its_day_without_being_written_again(time_passes):
    riverside = OrganisationFactory()
    SupportRouteFactory(label="Chaplains", organisation=riverside, expires_on=TODAY)
    plain.write()
    assert "Chaplains" in labels(riverside)

    time_passes(days=1)

    assert "Chaplains" not in labels(riverside)


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_the_cards_cost_one_query_at_most_whatever_the_site_holds(size, django_assert_num_queries):
    riverside = OrganisationFactory()
    rows = [SupportRouteFactory.build(label=f"Route {n}", organisation=riverside) for n in range(size)]
    SupportRoute.objects.bulk_create(rows)

    with django_assert_num_queries(1):
        assert len(labels(riverside)) == size + 4
