"""Two people publish a route; what is published is locked and ends on a day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.organisations import publishing
from resilience.organisations.models import Locked, Organisation, State, SupportRoute
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db

NEXT_MAY = date(2027, 5, 1)


@pytest.fixture
def hana():
    """A lead for the whole site."""
    return UserFactory(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def joe():
    """Another lead for the whole site."""
    return UserFactory(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def draft(hana, tuesday):
    """A route of Riverside that Hana has written."""
    route = SupportRoute(organisation=OrganisationFactory(), label="Chaplains", phone="020 7946 0201")
    route.expires_on = NEXT_MAY
    return publishing.begin(route, by=hana, now=tuesday)


@pytest.fixture
def shown(draft, hana, joe, tuesday):
    """The same, proposed by Hana and published by Joe."""
    publishing.propose(draft, by=hana, now=tuesday)
    publishing.publish(draft, by=joe, now=tuesday)
    return SupportRoute.objects.get(pk=draft.pk)


def test_a_second_person_publishes_what_the_first_proposed(shown, hana, joe):
    assert (shown.state, shown.proposed_by, shown.published_by) == (State.PUBLISHED, hana.pk, joe.pk)


def test_nobody_publishes_what_they_proposed_themselves(draft, hana, tuesday):
    publishing.propose(draft, by=hana, now=tuesday)

    with pytest.raises(publishing.SamePerson):
        publishing.publish(draft, by=hana, now=tuesday)

    assert SupportRoute.objects.get().state == State.PROPOSED


def test_the_database_itself_refuses_one_person_for_both():
    person = uuid4()

    with pytest.raises(IntegrityError, match="two_people_publish_a_route"):
        SupportRouteFactory(proposed_by=person, published_by=person)


def test_the_database_takes_two_people():
    assert SupportRouteFactory(proposed_by=uuid4(), published_by=uuid4()).pk


@pytest.mark.parametrize("missing", ["proposed_by", "owner", "expires_on"])
def test_the_database_refuses_a_published_route_without_its_people_or_its_end(missing):
    with pytest.raises(IntegrityError, match="proposed_by_somebody_with_an_owner_and_an_end"):
        SupportRouteFactory(**{missing: None})


def test_a_draft_is_not_published(draft, joe, tuesday):
    with pytest.raises(publishing.NotThere):
        publishing.publish(draft, by=joe, now=tuesday)


@pytest.mark.parametrize("how", ["save", "save_fields", "update", "bulk"])
def test_the_words_of_what_is_published_are_locked(shown, how):
    shown.phone = "020 7946 0999"

    with pytest.raises(Locked), transaction.atomic():
        if how == "save":
            shown.save()
        elif how == "save_fields":
            shown.save(update_fields=["phone"])
        elif how == "update":
            SupportRoute.objects.filter(pk=shown.pk).update(phone="020 7946 0999")
        else:
            SupportRoute.objects.bulk_update([shown], ["phone"])

    assert SupportRoute.objects.get().phone == "020 7946 0201"


def test_the_words_of_a_draft_are_not(draft, hana, tuesday):
    publishing.change(draft, by=hana, now=tuesday, phone="020 7946 0209")

    assert SupportRoute.objects.get().phone == "020 7946 0209"


def test_a_change_is_a_new_version_and_the_one_before_is_shown_until_it_is_published(
    shown, hana, joe, tuesday
):
    words = {"label": "Chaplains", "phone": "020 7946 0209", "expires_on": NEXT_MAY}
    following = publishing.change(shown, by=joe, now=tuesday, **words)
    assert SupportRoute.objects.get(state=State.PUBLISHED).phone == "020 7946 0201"

    publishing.propose(following, by=joe, now=tuesday)
    publishing.publish(following, by=hana, now=tuesday)

    assert SupportRoute.objects.get(state=State.PUBLISHED).phone == "020 7946 0209"
    assert SupportRoute.objects.get(state=State.ENDED).ended_at == tuesday
    assert following.version == 2


def test_words_that_changed_after_they_were_proposed_are_proposed_again(draft, hana, joe, tuesday):
    publishing.propose(draft, by=hana, now=tuesday)

    changed = publishing.change(draft, by=joe, now=tuesday, label="Chaplains", expires_on=NEXT_MAY)

    assert changed.state == State.DRAFT
    assert SupportRoute.objects.count() == 1


def test_two_versions_are_not_written_side_by_side(shown, hana, joe, tuesday):
    publishing.change(shown, by=joe, now=tuesday, label="Chaplains")

    with pytest.raises(publishing.InTheMaking):
        publishing.change(shown, by=hana, now=tuesday, label="The chaplains")


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_route_ends_within_a_year_from_tomorrow_on(draft, hana, tuesday, days):
    publishing.change(draft, by=hana, now=tuesday, expires_on=tuesday.date() + timedelta(days=days))

    with pytest.raises(publishing.Over):
        publishing.propose(SupportRoute.objects.get(), by=hana, now=tuesday)


def test_one_person_takes_a_wrong_number_down_at_once(shown, hana, tuesday):
    publishing.take_down(shown, by=hana, now=tuesday)

    assert SupportRoute.objects.get().state == State.ENDED
    with pytest.raises(publishing.NotThere):
        publishing.take_down(shown, by=hana, now=tuesday)


def test_each_step_is_in_the_trail_with_who_did_it(shown, hana, joe):
    steps = AuditEvent.objects.filter(target_id=str(shown.pk)).order_by("event")

    assert [(step.event, step.actor_id) for step in steps] == [
        ("support_route_proposed", hana.pk),
        ("support_route_published", joe.pk),
        ("support_route_written", hana.pk),
    ]


def test_a_lead_of_one_programme_changes_nothing_of_a_country_or_of_another_organisation(tuesday):
    ProgrammeFactory()
    ProgrammeFactory(slug="other", organisation=OrganisationFactory(slug="hilltop", name="Hilltop Trust"))
    lead = UserFactory(roles=[Role.SAFEGUARDING_LEAD], roles__programme="steady")
    of_hilltop = SupportRoute(organisation=Organisation.objects.get(slug="hilltop"), label="Hilltop support")
    of_all = SupportRoute(country="GB", label="Another line")

    for route in (of_hilltop, of_all):
        with pytest.raises(publishing.NotKept):
            publishing.begin(route, by=lead, now=tuesday)

    own = SupportRoute(organisation=Organisation.objects.get(slug="riverside"), label="Riverside support")
    assert publishing.begin(own, by=lead, now=tuesday).pk
