"""The owner is told a month before a route ends, and when it has ended: each once, without a word of it."""

from datetime import date

import pytest
from django.core import mail

from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.organisations import expiring, publishing, tasks
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana():
    return UserFactory(email="hana@example.org", roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def ending(hana):
    """A route of Riverside that Hana owns and that ends in thirty days."""
    return SupportRouteFactory(
        label="Chaplains", organisation=OrganisationFactory(), owner=hana.pk, expires_on=date(2026, 12, 3)
    )


def told() -> list[tuple[str, list[str]]]:
    return [(message.subject, message.to) for message in mail.outbox]


def test_a_month_before_it_ends_the_owner_is_told_once(ending, drain, time_passes):
    for _day in range(3):
        tasks.warn_of_ends()
        drain()
        time_passes(days=1)

    assert told() == [("Something to check by a date", ["hana@example.org"])]
    assert "3 December 2026" in mail.outbox[0].body


def test_once_it_has_ended_the_owner_is_told_once_more(ending, drain, time_passes):
    tasks.warn_of_ends()
    drain()
    for _day in range(3):
        time_passes(days=31)
        tasks.warn_of_ends()
        drain()

    assert [subject for subject, _to in told()] == [
        "Something to check by a date",
        "Something is no longer shown",
    ]


def test_nobody_is_told_before(hana, drain):
    SupportRouteFactory(owner=hana.pk, expires_on=date(2026, 12, 4))

    tasks.warn_of_ends()
    drain()

    assert told() == []


def test_the_message_names_nobody_and_says_nothing_of_what_it_is(ending, drain):
    tasks.warn_of_ends()
    drain()

    words = mail.outbox[0].subject + mail.outbox[0].body
    assert "Chaplains" not in words
    assert "Riverside" not in words
    assert "/safeguarding/" in words


def test_where_the_owner_has_left_everybody_who_keeps_the_route_is_told(ending, hana, drain, tuesday):
    roles.end(user=hana, role=Role.SAFEGUARDING_LEAD, by=None, now=tuesday)
    UserFactory(email="joe@example.org", roles=[Role.SAFEGUARDING_LEAD])

    tasks.warn_of_ends()
    drain()

    assert told() == [("Something to check by a date", ["joe@example.org"])]


def test_a_route_that_was_taken_down_in_the_meantime_is_not_written_about(ending, hana, drain, tuesday):
    expiring.warn(now=tuesday)
    publishing.take_down(ending, by=hana, now=tuesday)

    drain()

    assert told() == []
