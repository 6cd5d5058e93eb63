import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
import requests
import responses

from resilience import clock
from resilience.telephony import gateway, lines, twilio
from resilience.telephony.gateway import Reason
from tests.resilience.telephony import conftest
from tests.resilience.telephony.conftest import COACH, PARTICIPANT, ring, send

MESSAGES = "https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
REAL = twilio.Account(
    sid="AC1",
    auth_token="t",
    number="+442079460123",
    public_base_url="https://example.org",
    region="ie1",
    edge="dublin",
)


def only_request(network) -> dict[str, list[str]]:
    [request] = network.requests
    return parse_qs(request.body)


def test_a_text_is_sent_with_its_status_address_and_an_end(network, text):
    message = send(text)

    assert network.messages[0].sid == message
    assert only_request(network) == {
        "To": [PARTICIPANT],
        "From": [network.number],
        "Body": ["Appointment tomorrow 14:00."],
        "StatusCallback": ["http://testserver/telephony/sms/token/status/"],
        "ValidityPeriod": ["7200"],
        "SmartEncoded": ["true"],
    }


@pytest.mark.parametrize(("hours", "seconds"), [(24, "36000"), (0, "1")])
def test_a_text_lives_no_longer_and_no_shorter_than_the_carrier_allows(network, text, hours, seconds):
    text.send(to=PARTICIPANT, body="Hello", status_path="/s/", valid_for=timedelta(hours=hours))

    assert only_request(network)["ValidityPeriod"] == [seconds]


def test_a_messaging_service_stands_in_for_the_number(network):
    service = "MG" + "a" * 32

    send(twilio.Text(conftest.account_of(network, messaging_service=service)))

    assert only_request(network)["MessagingServiceSid"] == [service]
    assert "From" not in only_request(network)


def test_group_40_a_call_is_asked_for_with_both_addresses_and_never_with_a_recording(network, voice):
    ring(voice, COACH, "coach")

    assert only_request(network) == {
        "To": [COACH],
        "From": [network.number],
        "Url": ["http://testserver/telephony/voice/coach/gate/"],
        "Method": ["POST"],
        "StatusCallback": ["http://testserver/telephony/voice/coach/status/"],
        "StatusCallbackMethod": ["POST"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        "Timeout": ["25"],
        "TimeLimit": ["3600"],
    }


def test_region_and_edge_are_named_in_the_host(network, voice):
    ring(voice, COACH, "coach")

    assert network.requests[0].host == "api.dublin.ie1.twilio.com"


def test_group_39_hanging_up_a_call_that_is_over_changes_nothing(network, voice):
    network.script(COACH, "busy")
    call = ring(voice, COACH, "coach")
    network.settle()

    voice.hang_up(call)

    assert voice.look_up(call).state is gateway.CallState.BUSY


def test_what_was_sent_can_be_found_again_by_number_and_time(network, text, time_passes):
    send(text, body="too early")
    start = time_passes(minutes=10)
    wanted = send(text, body="wanted")
    send(text, to=COACH, body="somebody else")
    end = time_passes(minutes=1)
    time_passes(minutes=10)
    send(text, body="too late")

    found = text.find(to=PARTICIPANT, since=start, until=end)

    assert [(seen.message, seen.body, seen.state) for seen in found] == [
        (wanted, "wanted", gateway.TextState.WAITING)
    ]


def test_finding_reads_more_than_one_page(network, text):
    for number in range(120):
        send(text, body=f"text {number}")

    found = text.find(to=PARTICIPANT, since=clock.now(), until=clock.now())

    assert [seen.body for seen in found][::119] == ["text 119", "text 0"]


def test_calls_can_be_found_again(network, voice):
    call = ring(voice, COACH, "coach")

    [seen] = voice.find(to=COACH, since=clock.now(), until=clock.now())

    assert (seen.call, seen.to, seen.state) == (call, COACH, gateway.CallState.WAITING)


ERRORS = [
    (429, 20429, gateway.TryLater, None),
    (429, 10004, gateway.TryLater, None),
    (400, 10004, gateway.TryLater, None),
    (500, 20500, gateway.Unknown, None),
    (503, None, gateway.Unknown, None),
    (401, 20003, gateway.Refused, Reason.ACCOUNT),
    (404, 20404, gateway.Refused, Reason.ACCOUNT),
    (400, 21211, gateway.Refused, Reason.NUMBER),
    (400, 21604, gateway.Refused, Reason.NUMBER),
    (400, 21201, gateway.Refused, Reason.NUMBER),
    (400, 21217, gateway.Refused, Reason.NUMBER),
    (400, 21614, gateway.Refused, Reason.NOT_MOBILE),
    (400, 21635, gateway.Refused, Reason.NOT_MOBILE),
    (400, 21610, gateway.Refused, Reason.OPTED_OUT),
    (400, 21408, gateway.Refused, Reason.CONFIGURATION),
    (400, 21215, gateway.Refused, Reason.CONFIGURATION),
    (400, 21612, gateway.Refused, Reason.CONFIGURATION),
    (400, 13227, gateway.Refused, Reason.CONFIGURATION),
    (400, 21617, gateway.Refused, Reason.MESSAGE),
    (400, 21602, gateway.Refused, Reason.MESSAGE),
    (400, 99999, gateway.Refused, Reason.CONFIGURATION),
]


@pytest.mark.parametrize(("status", "code", "kind", "reason"), ERRORS)
@responses.activate
def test_each_error_means_one_thing(status, code, kind, reason):
    body = {"code": code, "message": f"no: {PARTICIPANT}", "status": status} if code else "down"
    responses.post(MESSAGES, json=body, status=status)

    with pytest.raises(kind) as raised:
        send(twilio.Text(REAL))

    assert getattr(raised.value, "reason", None) == reason
    assert PARTICIPANT not in repr(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@responses.activate
def test_the_newer_shape_of_errors_is_understood_too():
    problem = {"type": "https://x", "title": "opted out", "status": 400, "code": 21610}
    responses.post(MESSAGES, body=json.dumps(problem), status=400)

    with pytest.raises(gateway.Refused) as raised:
        send(twilio.Text(REAL))

    assert raised.value.reason is Reason.OPTED_OUT


@responses.activate
def test_a_wait_that_the_network_names_is_passed_on():
    responses.post(MESSAGES, json={"code": 20429}, status=429, headers={"Retry-After": "7"})

    with pytest.raises(gateway.TryLater) as raised:
        send(twilio.Text(REAL))

    assert raised.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    "lost",
    [requests.ReadTimeout(), requests.ConnectionError("reset"), requests.exceptions.ChunkedEncodingError()],
    ids=lambda error: type(error).__name__,
)
@responses.activate
def test_group_22_a_lost_connection_means_that_nobody_knows(lost):
    responses.post(MESSAGES, body=lost)

    with pytest.raises(gateway.Unknown):
        send(twilio.Text(REAL))


@pytest.mark.parametrize("body", ["", "<html>", "{}", "null"])
@responses.activate
def test_an_answer_that_cannot_be_read_means_that_nobody_knows(body):
    responses.post(MESSAGES, body=body, status=201)

    with pytest.raises(gateway.Unknown):
        send(twilio.Text(REAL))


def test_a_connection_that_was_never_made_may_be_tried_again():
    nobody_there = twilio.Account(**{**vars(REAL), "api_url": "http://127.0.0.1:9"})

    with pytest.raises(gateway.TryLater):
        send(twilio.Text(nobody_there))


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:1", "http://example.org", "http://127.0.0.1.example.org"]
)
def test_the_simulators_address_must_be_this_machine(address):
    elsewhere = twilio.Account(**{**vars(REAL), "api_url": address})

    with pytest.raises(gateway.Refused):
        send(twilio.Text(elsewhere))


def test_missing_credentials_are_a_fault_of_the_configuration():
    nobody = twilio.Account(sid="", auth_token="", number="", public_base_url="")

    with pytest.raises(gateway.Refused) as raised:
        send(twilio.Text(nobody))

    assert raised.value.reason is Reason.CONFIGURATION


@pytest.mark.parametrize("fault", ["500 after", "cut after", "200 lost"])
def test_group_22_what_was_done_though_the_answer_was_lost_can_be_found(network, text, fault):
    network.fail_next(fault)

    with pytest.raises(gateway.Unknown):
        send(text)

    assert len(text.find(to=PARTICIPANT, since=clock.now(), until=clock.now())) == 1


@pytest.mark.parametrize(
    ("fault", "error"), [("429", gateway.TryLater), ("500", gateway.Unknown), ("cut", gateway.Unknown)]
)
def test_group_22_what_was_not_done_is_not_found(network, text, fault, error):
    network.fail_next(fault)

    with pytest.raises(error):
        send(text)

    assert text.find(to=PARTICIPANT, since=clock.now(), until=clock.now()) == []


@pytest.mark.parametrize(
    ("fault", "error"), [("503", gateway.Unknown), ("500", gateway.Unknown), ("20003", gateway.Refused)]
)
def test_group_22_a_list_that_cannot_be_had_says_nothing_of_what_was_sent(network, text, fault, error):
    network.fail_next(fault, on="GET")

    with pytest.raises(error):
        text.find(to=PARTICIPANT, since=clock.now(), until=clock.now())


def test_the_client_waits_ten_seconds_and_never_asks_twice():
    http = twilio.QuietHttp()

    assert http.timeout == 10
    assert {adapter.max_retries.total for adapter in http.session.adapters.values()} == {0}


def test_group_40_nothing_is_logged(network, text, caplog):
    caplog.set_level("DEBUG")

    send(text)

    assert [record for record in caplog.records if record.name.startswith("twilio")] == []


def test_the_settings_name_the_account(settings, telephone):
    lines.text().send(to=PARTICIPANT, body="Hello", status_path="/s/", valid_for=timedelta(hours=1))
    ring(lines.voice(), COACH, "coach")

    assert [message.to for message in telephone.messages] == [PARTICIPANT]
    assert [call.to for call in telephone.calls] == [COACH]


def test_a_proxy_of_the_environment_never_sees_what_is_meant_for_the_simulator(network, text, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)

    assert send(text) == network.messages[0].sid


def test_group_18_a_text_and_a_call_are_deleted_at_the_carrier_and_once_gone_stay_gone(network, text, voice):
    message, call = send(text), ring(voice, COACH, "coach")

    for _twice in range(2):
        text.forget(message)
        voice.forget(call)

    assert (network.messages, network.calls) == ([], [])
