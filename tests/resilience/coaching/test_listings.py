"""The listings of bookings and calls."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from resilience.coaching.models import Call, Outcome
from tests.factories.coaching import BookingFactory

pytestmark = pytest.mark.django_db


def listed(name, **options):
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def test_bookings_are_listed_by_ids_alone():
    booked = BookingFactory(starts_at=datetime(2026, 11, 3, 14, 20, tzinfo=UTC))

    assert listed("list_bookings") == (
        "booking,coach,starts_at,state,version\n"
        f"{booked.pk},{booked.coach_id},2026-11-03T14:20:00Z,BOOKED,1\n"
    )


@pytest.mark.parametrize(
    ("ended", "outcome", "state"),
    [(False, "", "UNDER_WAY"), (True, "", "PENDING"), (True, Outcome.FULFILLED, "SETTLED")],
)
def test_calls_are_listed_with_where_they_stand(tuesday, ended, outcome, state):
    call = Call.objects.create(
        booking=BookingFactory(), version=1, room="r", started_at=tuesday,
        ended_at=tuesday if ended else None, outcome=outcome, minutes=25 if outcome else None,
    )  # fmt: skip

    assert json.loads(listed("list_calls", format="json")) == [
        {
            "call": str(call.pk), "booking": str(call.booking_id), "state": state, "outcome": str(outcome),
            "minutes": 25.0 if outcome else "",
        }
    ]  # fmt: skip
