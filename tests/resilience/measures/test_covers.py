import pytest

from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.measures import catalogue, covers, readiness
from tests.factories.accounts import UserFactory
from tests.factories.organisations import SupportRouteFactory
from tests.factories.participants import ProgrammeFactory


@pytest.fixture
def programme(db):
    made = ProgrammeFactory()
    SupportRouteFactory(organisation=made.organisation, label="Occupational health")
    return made


@pytest.fixture
def leads(db):
    return [UserFactory(roles=[Role.SAFEGUARDING_LEAD]) for _each in range(2)]


@pytest.fixture
def people(db):
    return [UserFactory(roles=[Role.MANAGER]) for _each in range(2)]


@pytest.fixture
def proposed(programme, leads, people, tuesday):
    return covers.propose(
        programme=programme, first=leads[0], second=leads[1], hours=4, out_of_hours="Ring 116 123.", by=people[0],
        now=tuesday,
    )  # fmt: skip


def planned(programme) -> set[str]:
    return {"phq9", "core10"} & {each.key for each in catalogue.plannable(programme)}


def test_phq9_cannot_be_planned_before_two_leads_a_time_and_routes_are_recorded_and_confirmed(
    programme, proposed
):
    assert planned(programme) == set()
    with pytest.raises(readiness.NotReady) as caught:
        readiness.require("phq9", programme)
    assert caught.value.missing == readiness.Missing.COVER
    assert readiness.require("phq8", programme).key == "phq8"


def test_once_a_second_person_has_confirmed_it_it_can(programme, proposed, people, tuesday):
    covers.confirm(programme=programme, by=people[1], now=tuesday)

    assert planned(programme) == {"phq9", "core10"}
    assert readiness.require("phq9", programme).key == "phq9"
    assert planned(ProgrammeFactory(slug="another")) == set()


def test_whoever_proposed_it_cannot_confirm_it(programme, proposed, people, tuesday):
    with pytest.raises(covers.SamePerson):
        covers.confirm(programme=programme, by=people[0], now=tuesday)

    assert planned(programme) == set()


def test_two_different_leads_of_the_programme_are_needed(programme, leads, people, tuesday):
    for first, second in ((leads[0], leads[0]), (leads[0], people[0])):
        with pytest.raises(covers.NotLeads):
            covers.propose(
                programme=programme,
                first=first,
                second=second,
                hours=4,
                out_of_hours="x",
                by=people[0],
                now=tuesday,
            )


def test_people_of_ones_own_organisation_to_turn_to_are_needed(db, leads, people, tuesday):
    with pytest.raises(covers.NoRoutes):
        covers.propose(
            programme=ProgrammeFactory(), first=leads[0], second=leads[1], hours=4, out_of_hours="x", by=people[0],
            now=tuesday,
        )  # fmt: skip


def test_when_a_lead_goes_it_can_no_longer_be_planned(programme, proposed, people, leads, tuesday):
    covers.confirm(programme=programme, by=people[1], now=tuesday)

    roles.end(user=leads[1], role=Role.SAFEGUARDING_LEAD, by=None, now=tuesday)

    assert planned(programme) == set()


def test_a_new_one_takes_the_place_of_the_one_before_and_one_person_may_end_it(
    programme, proposed, people, leads, tuesday
):
    covers.confirm(programme=programme, by=people[1], now=tuesday)
    covers.propose(
        programme=programme,
        first=leads[1],
        second=leads[0],
        hours=2,
        out_of_hours="x",
        by=people[1],
        now=tuesday,
    )

    confirmed = covers.confirm(programme=programme, by=people[0], now=tuesday)

    assert covers.standing_in(programme) == confirmed
    covers.end(programme=programme, by=people[0], now=tuesday)
    assert covers.standing_in(programme) is None
    with pytest.raises(covers.NotThere):
        covers.confirm(programme=programme, by=people[0], now=tuesday)
