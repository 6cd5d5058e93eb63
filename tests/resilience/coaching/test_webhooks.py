"""What anybody may send to the carrier's addresses, and what it changes: nothing, unless it is signed and new."""

from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import permutations

import pytest
from django.test import Client

from resilience.coaching import dialling
from resilience.coaching.models import Call, CallEvent, CallLeg, Side
from resilience.messaging.models import Outgoing, State
from resilience.telephony.simulator import Simulator
from tests.factories.coaching import BookingFactory
from tests.plugins.telephone import deliver_to
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO

pytestmark = pytest.mark.django_db
SID = "CA" + "1" * 32


@pytest.fixture
def booked(ada, ben):
    return BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)


@pytest.fixture
def leg(booked, tuesday) -> CallLeg:
    call = dialling.open_call(booked, now=tuesday)
    return CallLeg.objects.create(call=call, side=Side.COACH, token="t" * 43, ref=SID, rung_at=tuesday)


@pytest.fixture
def carrier(telephone):
    return Carrier(telephone)


class Carrier:
    """Sends notices as the network would, signed or not."""

    def __init__(self, network: Simulator):
        self.network = network

    def send(self, path, *, once="", signed=True, sid=SID, **form):
        address = f"http://testserver{path}"
        fields = {
            "CallSid": sid,
            "From": "+442079460123",
            "To": BENS_NUMBER,
            "Direction": "outbound-api",
            **form,
        }
        notice = self.network.caller.notice(address, fields)
        headers = dict(notice.headers)
        headers.pop("I-Twilio-Idempotency-Token")
        if once:
            headers["I-Twilio-Idempotency-Token"] = once
        if not signed:
            headers.pop("X-Twilio-Signature")
        return deliver_to(Client())(notice.url, notice.form, headers)

    def asks(self, path, **form):
        return self.send(path, CallStatus="in-progress", **form)

    def tells(self, leg, status, order, **form):
        at = format_datetime(datetime(2026, 11, 3, 14, 20, order, tzinfo=UTC))
        return self.send(
            f"/telephony/voice/{leg.token}/status/", CallStatus=status, CallbackSource="call-progress-events",
            SequenceNumber=str(order), Timestamp=at, **form,
        )  # fmt: skip


PLACES = ["gate", "key", "status", "room", "hold"]


@pytest.mark.parametrize("place", PLACES)
def test_group_23_an_unsigned_notice_is_refused_and_changes_nothing(carrier, leg, place):
    answer = carrier.asks(f"/telephony/voice/{leg.token}/{place}/", signed=False, Digits="1")

    assert answer.status == 403
    assert not CallEvent.objects.exists()


@pytest.mark.parametrize("signature", ["", "nonsense", "RSOYDt4T1cUTdK1PDd93/VVr8B8="])
def test_group_23_a_wrong_signature_is_refused(client, leg, signature):
    headers = {"X-Twilio-Signature": signature}

    answer = client.post(
        f"/telephony/voice/{leg.token}/key/", {"CallSid": SID, "Digits": "1"}, headers=headers
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/telephony/voice/", *[f"/telephony/voice/unknown/{place}/" for place in PLACES]]
)
def test_a_get_is_not_offered(client, path):
    assert client.get(path).status_code == 405


@pytest.mark.parametrize("place", PLACES)
def test_group_23_an_unknown_token_is_204(carrier, place):
    assert carrier.asks(f"/telephony/voice/unknown/{place}/").status == 204


def test_the_gate_asks_for_a_key(carrier, leg):
    answer = carrier.asks(f"/telephony/voice/{leg.token}/gate/")

    assert answer.status == 200
    assert b"press 1" in answer.body


@pytest.mark.parametrize("once", ["", "the-same-token"])
def test_a_repeated_question_is_204(carrier, leg, once):
    first = carrier.asks(f"/telephony/voice/{leg.token}/gate/", once=once)
    second = carrier.asks(f"/telephony/voice/{leg.token}/gate/", once=once)

    assert (first.status, second.status) == (200, 204)


@pytest.mark.parametrize("second", ["the-same-token", "another-token"])
def test_a_key_counts_once(carrier, leg, second):
    carrier.asks(f"/telephony/voice/{leg.token}/key/", Digits="1", once="the-same-token")

    answer = carrier.asks(f"/telephony/voice/{leg.token}/key/", Digits="1", once=second)

    assert answer.status == 204
    assert CallEvent.objects.filter(kind="ACCEPTED").count() == 1


def test_a_line_that_is_down_is_told_nothing_more(carrier, leg):
    carrier.tells(leg, "completed", 3)

    for place in ("gate", "key", "hold"):
        assert carrier.asks(f"/telephony/voice/{leg.token}/{place}/", Digits="1").status == 204
    assert not CallEvent.objects.filter(kind="ACCEPTED").exists()


def test_the_carriers_name_of_another_call_is_not_taken(carrier, leg):
    answer = carrier.asks(f"/telephony/voice/{leg.token}/key/", Digits="1", sid="CA" + "2" * 32)

    assert answer.status == 204
    assert not CallEvent.objects.exists()


def test_group_23_a_notice_that_comes_before_the_carriers_own_answer_names_the_call(carrier, leg):
    CallLeg.objects.update(ref="")

    carrier.tells(leg, "ringing", 1)

    assert CallLeg.objects.get().ref == SID


def test_group_23_a_state_that_comes_late_or_twice_changes_nothing(carrier, leg):
    for status, order in (
        ("completed", 3),
        ("ringing", 1),
        ("completed", 3),
        ("in-progress", 2),
        ("busy", 4),
    ):
        assert carrier.tells(leg, status, order).status == 204

    assert CallLeg.objects.get().state == "ENDED"
    assert list(CallEvent.objects.values_list("kind", flat=True)) == ["ENDED"]


@pytest.mark.parametrize("order", list(permutations([("ringing", 1), ("in-progress", 2), ("completed", 3)])))
def test_group_42_in_whatever_order_states_come_the_last_one_stands(carrier, leg, order):
    for status, number in order:
        carrier.tells(leg, status, number)

    assert CallLeg.objects.get().state == "ENDED"


def room(carrier, leg, change, **form):
    return carrier.send(
        f"/telephony/voice/{leg.token}/room/", ConferenceSid="CF" + "1" * 32, StatusCallbackEvent=change,
        SequenceNumber="1", Timestamp=format_datetime(HALF_PAST_TWO),
        **{"FriendlyName": leg.call.room, "ParticipantLabel": "coach", **form},
    )  # fmt: skip


def test_a_room_that_is_not_this_calls_changes_nothing(carrier, leg):
    answer = room(carrier, leg, "participant-join", FriendlyName="another-room")

    assert answer.status == 204
    assert not CallEvent.objects.exists()


def test_a_joining_that_is_told_twice_is_kept_once(carrier, leg):
    room(carrier, leg, "participant-join")
    room(carrier, leg, "participant-join")

    assert CallEvent.objects.filter(kind="JOINED").count() == 1


def test_a_joining_of_a_leg_that_nobody_knows_changes_nothing(carrier, leg):
    room(carrier, leg, "participant-join", sid="CA" + "2" * 32, ParticipantLabel="participant")

    assert not CallEvent.objects.exists()


def test_group_40_events_keep_no_number(carrier, leg):
    carrier.tells(leg, "ringing", 1)
    carrier.asks(f"/telephony/voice/{leg.token}/key/", Digits="1")
    room(carrier, leg, "participant-join")

    kept = str(list(CallEvent.objects.values())) + str(list(CallLeg.objects.values()))
    assert CallEvent.objects.count() == 3
    assert not [number for number in (ADAS_NUMBER, BENS_NUMBER) if number[1:] in kept]


def test_group_36_an_inbound_call_that_is_told_twice_opens_one_leg(carrier, leg, ada, time_passes):
    time_passes(hours=4, minutes=15)
    ring = {"sid": "CA" + "3" * 32, "From": ADAS_NUMBER, "To": "+442079460123", "Direction": "inbound"}

    answers = [carrier.send("/telephony/voice/", CallStatus="ringing", **ring).status for _ in range(2)]

    assert answers == [200, 204]
    assert CallLeg.objects.filter(side=Side.PARTICIPANT).count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {}, {"CallStatus": "strange"}, {"CallSid": "", "CallStatus": "ringing"}, {"Digits": "\x00" * 3},
        {"StatusCallbackEvent": "x"},
    ],
    ids=["nothing", "a strange state", "no name", "zero bytes", "half a room"],
)  # fmt: skip
@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_signed_brings_an_error(carrier, leg, place, form):
    answer = carrier.send(f"/telephony/voice/{leg.token}/{place}/", **form)

    assert answer.status in (200, 204)


def test_group_39_a_booking_that_was_moved_while_it_rang_says_so(carrier, leg, booked):
    type(booked).objects.update(version=2)

    answer = carrier.asks(f"/telephony/voice/{leg.token}/key/", Digits="1")

    assert b"cancelled or moved" in answer.body
    assert not Call.objects.filter(bridged_at__isnull=False).exists()


@pytest.mark.parametrize("seconds", ["0", ""], ids=["a duration of nothing", "no duration"])
def test_group_37_a_leg_that_is_completed_after_no_time_was_not_reached_and_is_tried_again(
    carrier, leg, booked, seconds
):
    more = {"CallDuration": seconds} if seconds else {}
    answer = carrier.tells(leg, "completed", 3, **more)

    leg.refresh_from_db()
    assert (answer.status, leg.state) == (204, "ENDED")
    assert Call.objects.get().bridged_at is None
    assert Outgoing.objects.filter(kind="call_leg", key__endswith=":COACH:2", state=State.DUE).exists()
