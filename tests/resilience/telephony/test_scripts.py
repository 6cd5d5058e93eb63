from datetime import timedelta
from xml.etree import ElementTree

import pytest

from resilience.telephony import gateway, twilio
from tests.resilience.telephony import conftest

ACCOUNT = twilio.Account(
    sid="AC", auth_token="t", number="+442079460123", public_base_url="https://example.org/"
)
STEPS = [
    gateway.Say(text="Hello."),
    gateway.AskForKey(text="Press 1.", action_path="/key/"),
    gateway.Hold(text="Please wait."),
    gateway.GoTo(path="/next/"),
    conftest.room_of("coach"),
    conftest.room_of("participant"),
    gateway.HangUp(),
]


def rendered(*steps: gateway.Step) -> ElementTree.Element:
    return ElementTree.fromstring(twilio.Voice(ACCOUNT).script(*steps))  # noqa: S314 - our own script


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
def test_group_40_no_step_records_or_transcribes(step):
    attributes = [item for element in rendered(step).iter() for item in element.attrib.items()]

    assert not [
        name for name, value in attributes if "ecord" in name and (name, value) != ("record", "do-not-record")
    ]
    assert not {element.tag for element in rendered(step).iter()} & {
        "Record",
        "Start",
        "Connect",
        "Transcription",
    }


def test_group_40_a_room_is_for_two_without_beep_or_recording_or_the_carriers_music():
    dial = rendered(conftest.room_of("coach")).find("Dial")

    assert dial.attrib == {"timeLimit": "2400", "record": "do-not-record", "hangupOnStar": "true"}
    assert dial.find("Conference").attrib == {
        "startConferenceOnEnter": "false",
        "endConferenceOnExit": "true",
        "beep": "false",
        "maxParticipants": "2",
        "record": "do-not-record",
        "participantLabel": "coach",
        "waitUrl": "https://example.org/telephony/voice/coach/hold/",
        "waitMethod": "POST",
        "statusCallback": "https://example.org/telephony/voice/coach/room/",
        "statusCallbackMethod": "POST",
        "statusCallbackEvent": "start end join leave",
    }


def test_the_question_is_put_twice_and_only_the_last_silence_is_reported():
    script = rendered(gateway.AskForKey(text="Press 1.", action_path="/key/"))

    assert [ask.get("actionOnEmptyResult") for ask in script.findall("Gather")] == ["false", "true"]
    assert {ask.get("action") for ask in script.findall("Gather")} == {"https://example.org/key/"}
    assert {ask.get("numDigits") for ask in script.findall("Gather")} == {"1"}


def test_words_are_escaped():
    assert rendered(gateway.Say(text="Ben & <Ada>")).findtext("Say") == "Ben & <Ada>"


def test_steps_come_in_the_order_given():
    script = rendered(conftest.room_of("participant"), gateway.Say(text="It is over."), gateway.HangUp())

    assert [verb.tag for verb in script] == ["Dial", "Say", "Hangup"]


def test_silence_between_two_sentences_of_waiting_is_as_long_as_asked():
    script = rendered(gateway.Hold(text="Please wait.", quiet=timedelta(seconds=12)))

    assert script.find("Pause").get("length") == "12"
