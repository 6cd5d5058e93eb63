"""Every request that our adapter makes, and every answer that the simulator gives, against Twilio's specification.

The specification is Twilio's and not part of this project: it is read from ../shared/twilio beside the project, or
from the file that TWILIO_SPEC names. The same facts are held without it by tests/resilience/telephony.
"""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from resilience import clock
from resilience.telephony import gateway, simulator, twilio
from resilience.telephony.simulator.server import Seen
from tests.resilience.telephony.conftest import COACH, PARTICIPANT, Application, account_of, ring, send

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(os.environ.get("TWILIO_SPEC") or ROOT.parent / "shared" / "twilio" / "twilio_api_v2010.json")
RESOURCES = ("/Messages", "/Calls", "/Conferences")
BASE = "https://api.twilio.com"

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="Twilio's specification is not here; TWILIO_SPEC may name the file"
)


@pytest.fixture(scope="module")
def specification() -> OpenAPI:
    whole = json.loads(SPEC.read_text())
    whole["paths"] = {
        path: item for path, item in whole["paths"].items() if any(r in path for r in RESOURCES)
    }
    return OpenAPI.from_dict(whole)


@pytest.fixture
def network() -> Iterator[simulator.Simulator]:
    application = Application()
    with simulator.Simulator(callback_base="http://testserver", deliver=application.deliver) as running:
        application.account = account_of(running)
        yield running


@pytest.fixture
def voice(network) -> twilio.Voice:
    return twilio.Voice(account_of(network))


@pytest.fixture
def text(network) -> twilio.Text:
    return twilio.Text(account_of(network))


def faults(specification: OpenAPI, seen: Seen) -> list[str]:
    """What the specification finds wrong with a request and its answer."""
    parts = urlsplit(seen.url)
    request = MockRequest(
        BASE,
        seen.method.lower(),
        parts.path,
        args=dict(parse_qsl(parts.query)),
        headers=seen.headers,
        data=seen.body.encode(),
        content_type=seen.headers.get("Content-Type", ""),
    )
    found = [*specification.iter_request_errors(request)]
    if seen.status < 400:  # the specification declares no errors
        answer = MockResponse(seen.answer.encode(), status_code=seen.status)
        found += specification.iter_response_errors(request, answer)
    return [f"{seen.method} {parts.path}: {error!r} {error.__cause__!r}" for error in found]


def all_faults(specification: OpenAPI, network: simulator.Simulator) -> list[str]:
    assert network.requests
    return [fault for seen in network.requests for fault in faults(specification, seen)]


def test_texts_are_sent_listed_and_fetched_as_specified(specification, network, text):
    network.script("+447700900103", "text unreachable")
    message = send(text)
    failing = send(text, to="+447700900103")
    text.look_up(message)
    network.settle()
    text.look_up(failing)
    text.find(to=PARTICIPANT, since=clock.now() - timedelta(hours=1), until=clock.now())

    assert all_faults(specification, network) == []


def test_texts_of_a_messaging_service_are_as_specified(specification, network):
    send(twilio.Text(account_of(network, messaging_service="MG" + "0" * 32)))

    assert all_faults(specification, network) == []


def test_calls_are_made_listed_fetched_and_ended_as_specified(specification, network, voice):
    calls = [ring(voice, number, "coach") for number in (COACH, PARTICIPANT)]
    voice.look_up(calls[0])
    network.settle()
    network.handset(COACH).answer()
    voice.look_up(calls[0])
    voice.hang_up(calls[0])
    voice.hang_up(calls[1])
    network.settle()
    voice.look_up(calls[0])
    voice.find(to=COACH, since=clock.now() - timedelta(hours=1), until=clock.now())

    assert all_faults(specification, network) == []


def test_what_the_carrier_keeps_is_deleted_as_specified(specification, network, voice, text):
    text.forget(send(text))
    voice.forget(ring(voice, COACH, "coach"))

    assert [seen.status for seen in network.requests if seen.method == "DELETE"] == [204, 204]
    assert all_faults(specification, network) == []


def test_what_only_the_lists_and_tests_ask_for_is_as_specified_too(specification, network, voice, text):
    client = voice.client
    message = client.messages(send(text))
    for side, number in (("coach", COACH), ("participant", PARTICIPANT)):
        network.script(number, "press 1")
        ring(voice, number, side)
    network.settle()
    [room] = client.conferences.list(status="in-progress")
    people = room.participants.list()
    client.conferences(room.sid).participants(people[0].call_sid).fetch()
    client.conferences(room.sid).participants(people[1].call_sid).delete()
    network.settle()
    client.conferences(room.sid).update(status="completed")
    network.settle()
    client.conferences(room.sid).fetch()
    message.update(body="")
    message.delete()
    client.calls(people[0].call_sid).delete()
    client.messages.list(page_size=1)
    client.calls.list(page_size=1)

    assert all_faults(specification, network) == []


@pytest.mark.parametrize("to", ["garbage", "+33612345678", ""])
def test_refusals_have_the_shape_of_twilios_errors(network, text, to):
    with pytest.raises(gateway.Refused):
        send(text, to=to)

    refusal = json.loads(network.requests[-1].answer)
    assert set(refusal) == {"code", "message", "more_info", "status"}
    assert refusal["status"] == network.requests[-1].status == 400


def test_the_specification_does_find_faults(specification, network, text):
    """The other tests here would pass for ever if nothing were ever found."""
    send(text)
    [seen] = network.requests
    wrong_request = Seen(
        **{**vars(seen), "body": seen.body.replace("ValidityPeriod=7200", "ValidityPeriod=soon")}
    )
    wrong_answer = Seen(**{**vars(seen), "answer": seen.answer.replace('"queued"', '"lost"')})

    assert faults(specification, wrong_request)
    assert faults(specification, wrong_answer)
