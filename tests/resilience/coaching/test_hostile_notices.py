"""Whatever somebody sends who holds the carrier's key: no address brings an error, on either database."""

from urllib.parse import quote, unquote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from resilience.coaching import dialling
from resilience.coaching.models import CallLeg, Side
from resilience.messaging.models import Channel, Delivery, Outgoing
from resilience.telephony import twilio_words
from tests.factories.coaching import BookingFactory
from tests.plugins.telephone import BASE, deliver_to
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
SID = "CA" + "1" * 32
TOKEN = "t" * 43
VOICE = [f"/telephony/voice/{TOKEN}/{place}/" for place in ("gate", "key", "status", "room", "hold")]
SMS = ["/telephony/sms/", f"/telephony/sms/{TOKEN}/status/"]
PLACES = ["/telephony/voice/", *VOICE, *SMS]

ASKS = {
    "CallSid": SID,
    "CallStatus": "in-progress",
    "Digits": "1",
    "From": ADAS_NUMBER,
    "Direction": "inbound",
}
TELLS = {
    "CallSid": SID, "CallStatus": "completed", "CallbackSource": "call-progress-events", "SequenceNumber": "3",
    "CallDuration": "60", "Timestamp": "Tue, 03 Nov 2026 14:20:00 +0000",
}  # fmt: skip
JOINS = {
    "CallSid": SID, "ConferenceSid": "CF1", "StatusCallbackEvent": "participant-join", "FriendlyName": "room",
    "ParticipantLabel": "coach", "SequenceNumber": "1", "Timestamp": "Tue, 03 Nov 2026 14:20:00 +0000",
}  # fmt: skip
WRITES = {"MessageSid": "SM1", "SmsStatus": "received", "From": ADAS_NUMBER, "Body": "C"}
DELIVERS = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"}
FORMS = [ASKS, TELLS, JOINS, WRITES, DELIVERS]
SENT = [(path, form) for path in ["/telephony/voice/", *VOICE] for form in (ASKS, TELLS, JOINS)]
SENT += [(path, form) for path in SMS for form in (WRITES, DELIVERS)]
WHEN = "Tue, 03 Nov 2026 14:20:00 "

STRANGE = {
    "an endless number": "1" + "0" * 20,
    "more digits than are read": "9" * 5000,
    "a negative number": "-1",
    "a fraction": "1.5",
    "not a number": "NaN",
    "zeros": "\x00",
    "a zero inside": "+4477\x0000900123",
    "very long": "x" * 10_000,
    "an endless offset": WHEN + "+" + "9" * 20,
    "an offset of a hundred hours": WHEN + "+9999",
    "the first year": "Mon, 01 Jan 0001 00:00:00 +2359",
    "the last year": "Fri, 31 Dec 9999 23:59:59 -2359",
    "no such day": "Tue, 31 Feb 2026 14:20:00 +0000",
    "a blank": "",
    "other letters": "\u0661\u0662\ufffd\U0001f4de\u202e",
}


@pytest.fixture
def known(ada, ben, time_passes, tuesday):
    """A call under way and a text that was sent, so that every address leads to something."""
    time_passes(hours=4, minutes=15)
    booking = BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)
    call = dialling.open_call(booking, now=tuesday)
    call.room = "room"
    call.save()
    CallLeg.objects.create(call=call, side=Side.COACH, token=TOKEN, rung_at=tuesday)
    row = Outgoing.objects.create(
        key="k", kind="sorry", channel=Channel.SMS, due_at=tuesday, not_after=tuesday, target_id=booking.pk
    )
    Delivery.objects.create(outgoing=row, token=TOKEN, started_at=tuesday, changed_at=tuesday)


@pytest.fixture
def post(telephone):
    """Send a form to one of our addresses, rightly signed; return the status."""
    deliver = deliver_to(Client())

    def send(path, form, once=""):
        notice = telephone.caller.notice(BASE + unquote(path), form)
        headers = {**notice.headers, "I-Twilio-Idempotency-Token": once}
        return deliver(BASE + path, notice.form, headers).status

    return send


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_no_strange_value_in_any_field_brings_an_error(known, post, value):
    answers = {post(path, {**form, field: value}) for path, form in SENT for field in form}

    assert answers <= {200, 204}


def test_no_strange_name_of_a_notice_brings_an_error(known, post):
    answers = {post(path, form, once=once) for path in PLACES for form in FORMS for once in ("", "x" * 500)}

    assert answers <= {200, 204}


def test_a_zero_in_an_address_is_an_unknown_token(known, post):
    unknown = quote("no\x00body")

    answers = {post(path.replace(TOKEN, unknown), form) for path in VOICE + SMS[1:] for form in FORMS}

    assert answers == {204}


def test_a_name_longer_than_any_of_the_carriers_is_not_kept(known, post):
    post(VOICE[2], {**TELLS, "CallSid": "C" * 65})

    assert CallLeg.objects.get().ref == ""


FIELDS = sorted({field for form in FORMS for field in form})
values = some.text(max_size=80) | some.sampled_from(sorted(STRANGE.values())) | some.integers().map(str)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=some.sampled_from(PLACES),
    form=some.sampled_from(FORMS),
    changes=some.dictionaries(some.sampled_from(FIELDS), values, max_size=4),
)
def test_no_mixture_of_strange_values_brings_an_error(known, post, path, form, changes):
    assert post(path, {**form, **changes}) in (200, 204)


@settings(max_examples=300)
@given(
    text=some.text()
    | some.from_regex(r"Tue, \d{1,5} Nov \d{1,6} \d{1,3}:\d{1,3}:\d{1,3} [+-]?\d{1,25}", fullmatch=True)
)
def test_any_text_is_a_time_of_our_days_or_none(text):
    found = twilio_words.moment(text)

    assert found is None or 2000 <= found.year < 2100


@pytest.mark.parametrize("number", [BENS_NUMBER, "sip:" + "x" * 300 + "@example.org", "anonymous", ""])
def test_any_caller_is_answered(known, post, number):
    assert post("/telephony/voice/", {**ASKS, "CallSid": SID + "2", "From": number}) == 200
