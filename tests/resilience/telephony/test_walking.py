"""Scripts that our own adapter does not write, walked as the carrier walks them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from resilience.telephony import simulator
from tests.resilience.telephony.conftest import COACH, PARTICIPANT

NUMBER = f'<Number url="/whisper">{COACH}</Number>'


class Scripts(dict):
    """Scripts by path, and the forms that asked for them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, dict[str, str]]] = []

    def deliver(self, url: str, form: dict[str, str], headers: dict[str, str]) -> simulator.Reply:
        path = urlsplit(url).path
        self.asked.append((path, form))
        if path not in self:
            return simulator.Reply(404)
        return simulator.Reply(200, f"<Response>{self[path]}</Response>".encode())


@pytest.fixture
def scripts() -> Scripts:
    return Scripts()


@pytest.fixture
def network(scripts) -> Iterator[simulator.Simulator]:
    with simulator.Simulator(deliver=scripts.deliver) as running:
        yield running


@pytest.fixture
def dialled(network, scripts) -> simulator.Simulator:
    """The participant has rung the platform, which rings the coach and lets him press a key first."""
    scripts["/telephony/voice/"] = f'<Say>Hello</Say><Dial timeout="20" action="/after">{NUMBER}</Dial>'
    scripts["/whisper"] = '<Gather numDigits="1" action="/accepted"><Say>Press 1</Say></Gather><Hangup/>'
    scripts["/accepted"] = ""
    scripts["/after"] = "<Say>Goodbye</Say>"
    network.handset(PARTICIPANT).call()
    return network


def after(scripts: Scripts) -> dict[str, str]:
    [form] = [form for path, form in scripts.asked if path == "/after"]
    return {name: value for name, value in form.items() if name in ("DialCallStatus", "DialBridged")}


def test_a_dialled_telephone_is_joined_once_it_accepts(dialled, scripts):
    dialled.handset(COACH).answer()
    dialled.handset(COACH).press("1")
    joined = dialled.handset(PARTICIPANT).state
    dialled.handset(COACH).hang_up()

    assert joined == "IN_CALL"
    assert after(scripts) == {"DialCallStatus": "completed", "DialBridged": "true"}
    assert dialled.handset(PARTICIPANT).said == ["Hello", "Goodbye"]


def test_an_answer_without_a_key_is_completed_but_never_bridged(dialled, scripts):
    dialled.handset(COACH).answer()
    dialled.pass_time(10)

    assert after(scripts) == {"DialCallStatus": "completed", "DialBridged": "false"}


def test_a_dialled_telephone_that_nobody_answers_stops_ringing(dialled, scripts):
    dialled.pass_time(20)

    assert after(scripts)["DialCallStatus"] == "no-answer"


def test_a_caller_who_hangs_up_takes_the_dialled_leg_along(dialled):
    dialled.handset(COACH).answer()
    dialled.handset(COACH).press("1")

    dialled.handset(PARTICIPANT).hang_up()

    assert dialled.handset(COACH).state == "IDLE"


def test_a_script_is_walked_from_verb_to_verb(network, scripts):
    scripts["/telephony/voice/"] = (
        "<Play>m.mp3</Play><Pause length='3'/><Redirect>/next</Redirect><Say>never</Say>"
    )
    scripts["/next"] = "<Say> A  long\n sentence </Say><Hangup/><Say>never</Say>"

    network.handset(PARTICIPANT).call()
    network.pass_time(3)

    assert network.handset(PARTICIPANT).said == ["(music)", "A long sentence"]
    assert network.handset(PARTICIPANT).state == "IDLE"


@pytest.mark.parametrize(
    ("script", "problem"),
    [(None, "11200"), ("<Say>half", "12100"), ("<Sing>la</Sing>", "12200")],
)
def test_a_script_at_fault_ends_the_call_and_is_written_down(network, scripts, script, problem):
    if script is not None:
        scripts["/telephony/voice/"] = script

    network.handset(PARTICIPANT).call()

    assert network.handset(PARTICIPANT).state == "IDLE"
    assert network.network.problems[0].startswith(problem)


def test_a_script_that_goes_round_for_ever_is_cut(network, scripts):
    scripts["/telephony/voice/"] = "<Redirect>/telephony/voice/</Redirect>"

    network.handset(PARTICIPANT).call()

    assert network.handset(PARTICIPANT).state == "IDLE"


@pytest.mark.parametrize(("keys", "digits"), [("12#", "12"), ("1234", "1234")])
def test_several_keys_end_with_the_hash_or_the_last_wanted(network, scripts, keys, digits):
    scripts["/telephony/voice/"] = '<Gather numDigits="4" action="/pin"><Say>Your number</Say></Gather>'
    scripts["/pin"] = ""
    network.handset(PARTICIPANT).call()

    for key in keys:
        network.handset(PARTICIPANT).press(key)

    assert scripts.asked[-1][1]["Digits"] == digits
