"""The listing of messages: what became of each, and when it was sent if it was."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from resilience.messaging.models import Delivery, Outgoing

pytestmark = pytest.mark.django_db


def planned(state: str, tuesday: datetime, reason: str = "") -> Outgoing:
    later = tuesday + timedelta(hours=3)
    return Outgoing.objects.create(
        key=state,
        kind="booked_sms",
        channel="SMS",
        due_at=tuesday,
        not_after=later,
        state=state,
        reason=reason,
    )


def tried(row: Outgoing, state: str, at: datetime, error: str = "") -> Delivery:
    return Delivery.objects.create(
        outgoing=row, token=row.pk.hex, started_at=at, changed_at=at, state=state, error=error
    )


def listed() -> list[dict]:
    out = StringIO()
    call_command("list_deliveries", "--format", "json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("state", "reason"), [("DUE", ""), ("SKIPPED", "opted out"), ("SENDING", "")])
def test_a_message_without_an_attempt_is_listed_with_the_reason(tuesday, state, reason):
    planned(state, tuesday, reason)

    (row,) = listed()

    assert (row["delivery"], row["state"], row["sent_at"], row["error"]) == ("", state, "", reason)


@pytest.mark.parametrize("state", ["ACCEPTED", "SENT", "DELIVERED"])
def test_what_the_carrier_took_has_a_time_of_sending(tuesday, state):
    one = tried(planned("SENT", tuesday), state, tuesday)

    (row,) = listed()

    assert (row["delivery"], row["sent_at"]) == (str(one.pk), tuesday.isoformat())


@pytest.mark.parametrize("state", ["STARTED", "FAILED", "UNKNOWN"])
def test_what_was_not_sent_has_no_time_of_sending(tuesday, state):
    tried(planned("FAILED", tuesday), state, tuesday, error="no number")

    (row,) = listed()

    assert (row["state"], row["sent_at"], row["error"]) == (state, "", "no number")


def test_a_message_that_was_tried_and_then_skipped_has_a_line_for_each(tuesday):
    row = planned("SKIPPED", tuesday, reason="opted out")
    tried(row, "FAILED", tuesday, error="try later")

    assert [(each["state"], each["error"]) for each in listed()] == [
        ("FAILED", "try later"),
        ("SKIPPED", "opted out"),
    ]
