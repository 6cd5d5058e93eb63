"""Outcomes can be thrown away and made again by one command, from the events alone."""

import pytest
from django.core.management import CommandError, call_command

from resilience.audit.models import AuditEvent
from resilience.coaching import resettling
from resilience.coaching.models import Call, CallEvent, CallLeg
from tests.factories.coaching import BookingFactory
from tests.resilience.coaching import test_outcomes as known

pytestmark = pytest.mark.django_db

FULFILLED, COACH_MISSED, PENDING = ("FULFILLED", 25.0), ("COACH_NO_SHOW", 0.0), ("", 0.0)
STORIES = [(known.HELD, FULFILLED), (known.COACH_MISSED, COACH_MISSED), (known.MISSED, PENDING)]


def call_with(story: list) -> Call:
    """Store a call and what happened on it, with nothing worked out yet."""
    room = f"r{Call.objects.count()}"
    call = Call.objects.create(booking=BookingFactory(), version=1, room=room, started_at=known.START)
    legs: dict[str, CallLeg] = {}
    for number, each in enumerate(story):
        if each.leg and each.leg not in legs:
            token = f"{call.pk.hex[:8]}{each.leg}"
            legs[each.leg] = CallLeg.objects.create(
                call=call, side=each.side, attempt=int(each.leg[1]), token=token
            )
        CallEvent.objects.create(
            call=call, leg=legs.get(each.leg), kind=each.kind, at=each.at, facts=dict(each.facts),
            once=f"{call.pk}:{number}",
        )  # fmt: skip
    return call


@pytest.fixture
def settled() -> list[Call]:
    calls = [call_with(story) for story, _outcome in STORIES]
    resettling.resettle()
    return calls


def results() -> dict:
    return {row[0]: row[1:] for row in Call.objects.values_list("pk", *resettling.MADE)}


def test_every_outcome_is_what_its_events_come_to(settled):
    found = [results()[call.pk][:2] for call in settled]

    assert found == [outcome for _story, outcome in STORIES]


@pytest.mark.postgres_too
def test_all_outcomes_are_rebuilt_from_their_events(settled):
    before = results()
    Call.objects.update(outcome="", minutes=None, bridged_at=None, ended_at=None)

    call_command("resettle")

    assert results() == before
    assert AuditEvent.objects.get(event="resettled").facts == {"changed": 3}


def test_checking_says_how_many_differ_and_changes_nothing(settled):
    call_command("resettle", "--check")
    Call.objects.filter(pk=settled[0].pk).update(outcome="FAILED")

    with pytest.raises(CommandError, match="1 outcomes differ"):
        call_command("resettle", "--check")

    assert Call.objects.get(pk=settled[0].pk).outcome == "FAILED"


def test_a_call_whose_notices_were_let_go_of_keeps_its_outcome(settled):
    before = results()
    CallEvent.objects.all().erase()

    assert resettling.resettle() == 0
    assert results() == before


def test_batches_come_to_the_same(settled):
    before = results()
    Call.objects.update(outcome="", minutes=None, bridged_at=None, ended_at=None)

    assert resettling.resettle(batch=2) == 3
    assert results() == before
