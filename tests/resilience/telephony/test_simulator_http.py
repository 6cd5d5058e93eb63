"""The simulator over HTTP: the handsets that a person holds, faults on demand, its start and its memory."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import requests
import time_machine

from resilience.telephony import gateway, simulator, twilio
from resilience.telephony.simulator.errors import MESSAGES
from tests.resilience.telephony.conftest import COACH, PARTICIPANT, Application, account_of, ring, send

ROOT = Path(__file__).resolve().parents[3]


def ask(
    network, path: str, fields: dict | None = None, *, method: str = "", origin: str = ""
) -> tuple[int, dict]:
    headers = {"Origin": origin} if origin else {}
    method = method or ("GET" if fields is None else "POST")
    answer = requests.request(method, network.url + path, json=fields, headers=headers, timeout=5)
    return answer.status_code, answer.json()


def test_every_number_that_was_texted_or_rung_has_a_handset(network, voice, text):
    send(text)
    ring(voice, COACH, "coach")
    network.settle()

    status, shown = ask(network, "/handsets/")

    assert status == 200
    assert [handset["number"] for handset in shown["handsets"]] == [PARTICIPANT, COACH]
    assert shown["handsets"][0]["messages"][0]["body"] == "Appointment tomorrow 14:00."
    assert shown["handsets"][1]["call"]["state"] == "RINGING"


def test_a_person_answers_presses_and_hangs_up(network, application, voice):
    ring(voice, COACH, "coach")
    network.settle()

    ask(network, f"/handsets/{COACH}/answer", {})
    network.settle()
    asked = ask(network, f"/handsets/{COACH}/")[1]["call"]
    ask(network, f"/handsets/%2B{COACH[1:]}/keys/1", {})
    network.settle()
    waiting = ask(network, f"/handsets/{COACH}/")[1]["call"]
    ask(network, f"/handsets/{COACH}/hang-up", {})
    network.settle()

    assert "1" in asked["keys"]
    assert asked["said"] == ["You booked this call."]
    assert waiting["room"] == {"with": [], "started": False}
    assert waiting["said"][-1] == "The other side is being rung."
    assert ask(network, f"/handsets/{COACH}/")[1]["call"] is None
    assert application.events[-1].state is gateway.CallState.ENDED


@pytest.mark.parametrize("act", ["answer", "hang-up", "keys/1"])
def test_what_a_handset_cannot_do_now_is_said(network, act):
    status, answer = ask(network, f"/handsets/{COACH}/{act}", {})

    assert status == 409
    assert answer["message"] == "There is no call on this telephone."


def test_a_person_texts_and_rings_the_platform(network, application):
    ask(network, f"/handsets/{PARTICIPANT}/text", {"body": "Hello"})
    ask(network, f"/handsets/{PARTICIPANT}/call", {})
    network.settle()

    assert application.kinds(gateway.TextArrived)[0].body == "Hello"
    assert application.kinds(gateway.LineAsks)[0].caller == PARTICIPANT


def test_faults_and_scenarios_can_be_asked_for(network, application, voice):
    ask(network, "/control/faults", {"kind": "429", "on": "Calls", "retry_after": 3})
    ask(network, "/control/scenario", {"number": COACH, "scenario": "busy"})

    with pytest.raises(gateway.TryLater):
        ring(voice, COACH, "coach")
    ring(voice, COACH, "coach")
    network.settle()

    assert application.events[-1].state is gateway.CallState.BUSY


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/control/faults", {"kind": "fire"}), ("/control/scenario", {"number": COACH, "scenario": "sleeps"})],
)
def test_an_unknown_fault_or_scenario_is_refused(network, path, fields):
    assert ask(network, path, fields)[0] == 400


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_each_refusal_of_the_carrier_can_be_asked_for(network, text, code):
    network.fail_next(str(code))

    with pytest.raises((gateway.Refused, gateway.TryLater, gateway.Unknown)) as refused:
        send(text)

    assert str(code) in str(refused.value) or code == 20429


def test_a_page_of_another_site_cannot_reach_in(network):
    assert ask(network, f"/handsets/{COACH}/text", {"body": "STOP"}, origin="https://evil.example")[0] == 403


@pytest.mark.parametrize("path", ["/nothing", "/handsets/12/answer", f"/handsets/{COACH}/eat"])
def test_an_unknown_address_is_not_found(network, path):
    assert ask(network, path, {})[0] == 404


def test_the_api_is_closed_without_credentials(network):
    status, answer = ask(network, f"/2010-04-01/Accounts/{network.account_sid}/Messages.json")

    assert (status, answer["code"]) == (401, 20003)


def test_lists_survive_a_restart_and_calls_do_not(tmp_path, application):
    journal = tmp_path / "simulator.jsonl"
    with simulator.Simulator(journal=journal, deliver=application.deliver) as first:
        application.account = account_of(first)
        first.handset(PARTICIPANT).text("STOP")
        send(twilio.Text(account_of(first)), to=COACH)
        first.settle()
        ring(twilio.Voice(account_of(first)), COACH, "coach")
        first.settle()
    journal.write_text(journal.read_text() + '{"kind": "PhoneCall", "rec')

    with simulator.Simulator(journal=journal, deliver=application.deliver) as second:
        assert second.handset(COACH).messages == ["Appointment tomorrow 14:00."]
        assert second.handset(COACH).state == "IDLE"
        assert second.handset(PARTICIPANT).screen["opted_out"]


@pytest.mark.real_time
def test_callbacks_go_over_http_in_real_time(tmp_path):
    """The second simulator stands in for an application: it answers 404, so what arrived can be told."""
    with simulator.Simulator() as application, simulator.Simulator(callback_base=application.url) as network:
        network.handset(PARTICIPANT).text("Hello")
        network.settle()

        [(notice, reply)] = network.notices
        assert (notice.form["Body"], reply.status) == ("Hello", 404)
        assert network.network.problems == ["11200 /telephony/sms/: HTTP 404"]


class Web(BaseHTTPRequestHandler):
    """The small application of these tests behind a real socket."""

    application: Application

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        reply = self.application.deliver(self.path, form, dict(self.headers.items()))
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(application) -> Iterator[str]:
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), type("OfThisTest", (Web,), {"application": application})
    ) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.real_time
def test_two_people_at_their_handsets_are_bridged_in_real_time(application, web):
    with simulator.Simulator(callback_base=web) as network:
        application.account = account_of(network, public_base_url=web)
        voice = twilio.Voice(application.account)
        for side, number in (("coach", COACH), ("participant", PARTICIPANT)):
            ring(voice, number, side)
            network.settle()
            ask(network, f"/handsets/{number}/answer", {})
            network.settle()
            ask(network, f"/handsets/{number}/keys/1", {})
            network.settle()
        bridged = ask(network, f"/handsets/{COACH}/")[1]["call"]["room"]
        ask(network, f"/handsets/{COACH}/hang-up", {})
        network.settle()

        assert bridged == {"with": ["participant"], "started": True}
        assert {call.status for call in network.calls} == {"completed"}
        assert network.network.problems == []


@pytest.mark.real_time
def test_callbacks_go_to_no_stranger():
    with simulator.Simulator(callback_base="http://example.org:1") as network:
        network.caller.base = "http://localhost:1"
        network.handset(PARTICIPANT).text("Hello")
        network.settle()

        assert network.network.problems[0] == "21609 refused: example.org is not this machine"


@pytest.mark.real_time
def test_the_program_starts_in_two_seconds_and_ends_at_a_signal(tmp_path, unused_port):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "resilience.settings.test",
        "TEST_VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "resilience.telephony.simulator", "--port", str(unused_port)]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        line = running.stdout.readline()
        took = time.monotonic() - started
        second = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20
        )
        running.terminate()

        assert line == f"Telephone simulator: http://127.0.0.1:{unused_port}\n"
        assert took < 10  # two seconds on a machine that does nothing else
        assert second.returncode == 1
        assert (
            second.stderr
            == f"The telephone simulator cannot use port {unused_port}: Address already in use.\n"
        )
        assert running.wait(timeout=10) == 0


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_keeps_the_products_time(network, text):
    with time_machine.travel("2031-05-01T09:00:00Z", tick=False):
        message = send(text)

        assert text.look_up(message).created_at.year == 2031
