"""Who is not reached, and why; a name is shown only where a message could not be delivered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience.measures import invitations, reach
from resilience.measures.reach import Why
from resilience.messaging.models import Outgoing, State
from resilience.participants.models import Enrolment
from tests.factories import many
from tests.factories.measures import TimepointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def timepoint(ada):
    return TimepointFactory(programme=ada.cohort.programme, offset_days=1, asks=["who5"])


def why(programme, now):
    return {missed.enrolment: missed.why for missed in reach.not_reachable(programme, now=now)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"no_pages_since": "now"}, Why.STOPPED),
        ({"paused_until": "later"}, Why.PAUSED),
        ({"paused_until": "before"}, None),
        ({"readiness": "NOT_NOW", "paused_until": "later"}, Why.NOT_NOW),
        ({"withdrawn_at": "now"}, None),
    ],
    ids=["reached", "wants no word", "pauses", "has paused", "not now", "left: no longer anybody to reach"],
)
def test_why_somebody_is_not_reached(ada, tuesday, fields, expected):
    moments = {"now": tuesday, "later": tuesday + timedelta(days=1), "before": tuesday - timedelta(days=1)}
    Enrolment.objects.update(**{name: moments.get(value, value) for name, value in fields.items()})

    assert why(ada.cohort.programme, tuesday).get(ada.pk) == expected


def test_somebody_whose_sign_in_is_shut_has_no_address(ada, tuesday):
    ada.participant.user.is_active = False
    ada.participant.user.save()

    assert why(ada.cohort.programme, tuesday) == {ada.pk: Why.NO_ADDRESS}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.FAILED], Why.UNDELIVERED),
        ([State.FAILED, State.SENT], None),
        ([State.SENT, State.FAILED], Why.UNDELIVERED),
        ([State.FAILED, State.SKIPPED], Why.UNDELIVERED),
        ([State.SENT, State.SKIPPED], None),
        ([State.UNKNOWN], None),
    ],
)
def test_the_newest_message_that_went_out_or_failed_decides(ada, timepoint, tuesday, states, expected):
    many.ask([ada], timepoint, "who5")
    invitations.plan_due(now=tuesday)
    for number, (row, state) in enumerate(zip(Outgoing.objects.order_by("version"), states, strict=False)):
        Outgoing.objects.filter(pk=row.pk).update(state=state, settled_at=tuesday + timedelta(days=number))

    assert why(ada.cohort.programme, tuesday).get(ada.pk) == expected
    assert [each.pk for each in reach.to_put_right(ada.cohort.programme)] == ([ada.pk] if expected else [])


def test_only_people_of_the_programme_are_named(ada, timepoint, tuesday):
    from tests.factories.participants import ProgrammeFactory

    many.ask([ada], timepoint, "who5")
    invitations.plan_due(now=tuesday)
    Outgoing.objects.update(state=State.FAILED, settled_at=tuesday)

    assert reach.to_put_right(ProgrammeFactory(slug="other")) == []


def test_a_thousand_people_cost_as_many_queries_as_ten(ada, timepoint, tuesday):
    counts = []
    for size in (10, 990):
        crowd = many.people(size, cohort=ada.cohort, name=f"crowd{size}")
        Enrolment.objects.filter(pk__in=[each.pk for each in crowd]).update(no_pages_since=tuesday)
        with CaptureQueriesContext(connection) as captured:
            found = reach.not_reachable(ada.cohort.programme, now=tuesday)
        counts.append((len(found), len(captured)))

    assert counts == [(10, 2), (1_000, 2)]


def test_the_reasons_are_counted_in_words(ada, tuesday):
    found = [reach.Missed(ada.pk, ada.respondent_id, Why.PAUSED)] * 3

    assert reach.in_words(found) == {"pauses": 3}
