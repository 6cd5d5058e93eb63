"""What the carrier refuses until the operator acts: told once, shown, and over when it is over."""

from datetime import timedelta

import pytest

from resilience.messaging import outbox, tasks, troubles
from resilience.messaging.models import CarrierTrouble, Channel, Outgoing, State
from resilience.ops import health, heartbeat, lanes
from resilience.telephony import gateway
from resilience.telephony.gateway import Reason
from tests.resilience.messaging.test_outbox import Handler

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(monkeypatch):
    made = Handler()
    monkeypatch.setitem(outbox._handlers, "test", made)
    return made


@pytest.fixture
def row(handler, tuesday):
    another(tuesday, "one")
    return Outgoing.objects.get()


@pytest.fixture
def beating():
    heartbeat.beat(name=heartbeat.WORKER)
    heartbeat.beat(name=heartbeat.DISPATCHER)


def another(tuesday, key):
    outbox.plan(
        key=key, kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday + timedelta(hours=3)
    )


def test_group_41_a_refused_account_turns_health_red_until_it_is_taken_again(
    row,
    handler,
    telephone,
    tuesday,
    settings,
    beating,
):
    settings.TWILIO_AUTH_TOKEN = "an old one"
    outbox.send_due(now=tuesday)
    tasks.reconcile()
    red = health.look(now=tuesday)
    settings.TWILIO_AUTH_TOKEN = telephone.auth_token
    tasks.reconcile()

    row.refresh_from_db()
    assert (row.state, row.reason, handler.other_way) == (State.FAILED, "ACCOUNT", ["ACCOUNT"])
    assert (red.ready, red.carrier) == (False, "refuses our account")
    assert health.look(now=tuesday).ready


def test_a_country_that_is_not_open_is_told_once_and_leaves_health_green(
    row,
    handler,
    telephone,
    tuesday,
    monkeypatch,
    caplog,
    beating,
):
    def send(row, delivery, *, now):
        raise gateway.Refused(Reason.CONFIGURATION, "twilio 21408, HTTP 400")

    monkeypatch.setattr(handler, "send", send)
    another(tuesday, "two")
    outbox.send_due(now=tuesday)

    [trouble] = troubles.standing()
    assert (trouble.evidence, trouble.times) == ("twilio 21408, HTTP 400", 2)
    assert caplog.text.count("the operator must act") == 1
    assert health.look(now=tuesday).ready


@pytest.mark.parametrize(
    "reason", [Reason.NUMBER, Reason.NOT_MOBILE, Reason.OPTED_OUT, Reason.UNREACHABLE, None]
)
def test_what_lies_with_the_person_is_no_trouble_of_the_operators(reason, tuesday):
    troubles.note(reason, evidence="twilio 1", now=tuesday)

    assert troubles.standing() == []


def test_a_trouble_that_was_quiet_for_a_week_is_over(tuesday, telephone):
    troubles.note(Reason.FILTERED, evidence="twilio 30007", now=tuesday)

    ended = [troubles.look_again(now=tuesday + timedelta(days=days)) for days in (6, 8)]

    assert ended == [0, 1]
    assert CarrierTrouble.objects.get().ended_at is not None


def test_the_operator_sees_what_the_carrier_refuses(as_operator, tuesday):
    troubles.note(Reason.CONFIGURATION, evidence="twilio 21408", now=tuesday)

    assert "twilio 21408" in as_operator.get("/operate/").content.decode()


def test_group_34_calls_have_senders_of_their_own_and_wait_behind_no_text(row, handler, telephone, tuesday):
    Outgoing.objects.create(
        key="ring", kind="test", channel=Channel.CALL, due_at=tuesday, not_after=tuesday + timedelta(hours=1)
    )
    another(tuesday - timedelta(hours=1), "older")

    with lanes.opened() as ways:
        ways.turn()

    assert handler.sent == ["ring", "older", "one"]
