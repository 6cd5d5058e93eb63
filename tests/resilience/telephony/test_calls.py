"""Calls as the simulated network carries them, seen through the port."""

import pytest

from resilience.telephony import gateway
from resilience.telephony.gateway import CallState, RoomChange
from resilience.telephony.simulator import Scenario
from tests.resilience.telephony.conftest import COACH, PARTICIPANT, ring

LANDLINE = "+442079460999"


def states(application) -> list[CallState]:
    return [event.state for event in application.kinds(gateway.LegChanged)]


def room_story(application) -> list[tuple[RoomChange, str]]:
    events = sorted(application.kinds(gateway.RoomChanged), key=lambda event: event.order)
    return [(event.change, event.side) for event in events]


@pytest.fixture
def bridged(network, voice) -> dict[str, gateway.CallRef]:
    calls = {"coach": ring(voice, COACH, "coach"), "participant": ring(voice, PARTICIPANT, "participant")}
    network.settle()
    for number in (COACH, PARTICIPANT):
        network.handset(number).answer()
        network.handset(number).press("1")
    return calls


def test_two_who_press_one_hear_each_other(network, application, bridged):
    assert room_story(application) == [
        (RoomChange.JOINED, "coach"),
        (RoomChange.JOINED, "participant"),
        (RoomChange.STARTED, ""),
    ]
    assert network.handset(PARTICIPANT).screen["call"]["room"] == {"with": ["coach"], "started": True}


def test_nobody_sees_the_others_number(network, bridged):
    assert network.handset(COACH).screen["call"]["shown_number"] == network.number
    assert PARTICIPANT not in str(network.handset(COACH).screen)
    assert COACH not in str(network.handset(PARTICIPANT).screen)


def test_the_room_closes_when_the_coach_goes_and_the_participant_is_told(network, application, bridged):
    network.handset(COACH).hang_up()

    assert room_story(application)[3:] == [
        (RoomChange.LEFT, "coach"),
        (RoomChange.LEFT, "participant"),
        (RoomChange.ENDED, ""),
    ]
    assert network.handset(PARTICIPANT).said[-1] == "The call is over."
    assert network.handset(PARTICIPANT).state == "IDLE"


def test_the_room_stays_open_for_a_participant_whose_line_dropped(network, application, voice, bridged):
    network.handset(PARTICIPANT).hang_up()
    ring(voice, PARTICIPANT, "participant")
    network.settle()
    network.handset(PARTICIPANT).answer()
    network.handset(PARTICIPANT).press("1")

    assert network.handset(COACH).screen["call"]["room"]["with"] == ["participant"]
    assert RoomChange.ENDED not in [change for change, _ in room_story(application)]


def test_the_length_of_a_call_is_told_when_it_ends(network, application, bridged, time_passes):
    time_passes(minutes=25)

    network.handset(COACH).hang_up()

    ended = [event for event in application.kinds(gateway.LegChanged) if event.state is CallState.ENDED]
    assert [event.seconds for event in ended] == [1500, 1500]


def test_a_leg_tells_each_state_once_and_in_order(network, application, voice):
    network.script(COACH, "silent")

    ring(voice, COACH, "coach")
    network.settle()

    assert states(application) == [CallState.WAITING, CallState.RINGING, CallState.ANSWERED, CallState.ENDED]
    assert [event.order for event in application.kinds(gateway.LegChanged)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("scenario", "state"),
    [("busy", CallState.BUSY), ("no answer", CallState.NO_ANSWER), ("failed", CallState.FAILED)],
)
def test_a_leg_that_is_not_answered_says_why(network, application, voice, scenario, state):
    network.script(LANDLINE, scenario)

    call = ring(voice, LANDLINE, "participant")
    network.settle()

    assert states(application)[-1] is state
    assert voice.look_up(call).state is state
    assert application.kinds(gateway.LineAsks) == []


def test_a_telephone_rings_for_twenty_five_seconds(network, application, voice):
    ring(voice, COACH, "coach")
    network.settle()

    network.pass_time(24)
    still = network.handset(COACH).state
    network.pass_time(1)

    assert still == "RINGING"
    assert states(application)[-1] is CallState.NO_ANSWER


def test_declining_is_busy(network, application, voice):
    ring(voice, COACH, "coach")
    network.settle()

    network.handset(COACH).hang_up()

    assert states(application)[-1] is CallState.BUSY


def test_silence_is_asked_twice_and_then_reported_as_no_key(network, application, voice):
    ring(voice, COACH, "coach")
    network.settle()
    network.handset(COACH).answer()

    network.pass_time(20)

    assert network.handset(COACH).said == ["You booked this call.", "You booked this call.", "Goodbye."]
    assert application.kinds(gateway.LineAsks)[-1].key == ""


def test_another_key_does_not_join(network, application, voice):
    network.script(COACH, "press 2")

    ring(voice, COACH, "coach")
    network.settle()

    assert application.kinds(gateway.LineAsks)[-1].key == "2"
    assert application.kinds(gateway.RoomChanged) == []


def test_a_call_that_the_platform_takes_back_stops_ringing(network, application, voice):
    call = ring(voice, COACH, "coach")
    network.settle()

    voice.hang_up(call)
    network.settle()

    assert states(application)[-1] is CallState.CANCELLED
    assert network.handset(COACH).state == "IDLE"


def test_a_call_never_outlives_its_time_limit(network, application, bridged):
    network.pass_time(40 * 60)

    assert room_story(application)[-1] == (RoomChange.ENDED, "")
    assert not [call for call in network.calls if not call.is_over]


def test_a_line_that_drops_in_the_middle_leaves_the_room(network, application, voice):
    network.script(COACH, "press 1")
    network.script(PARTICIPANT, "drops")
    ring(voice, COACH, "coach")
    ring(voice, PARTICIPANT, "participant")
    network.settle()
    before = room_story(application)[-1]

    network.pass_time(180)

    assert before == (RoomChange.STARTED, "")
    assert room_story(application)[-1] == (RoomChange.LEFT, "participant")


def test_a_third_leg_finds_the_room_full(network, application, voice, bridged):
    network.script(LANDLINE, Scenario(keys="1"))

    ring(voice, LANDLINE, "participant")
    network.settle()

    assert network.handset(LANDLINE).said[-1] == "The call is over."
    assert len(application.kinds(gateway.RoomChanged)) == 3


def test_whoever_rings_the_platform_is_asked_what_next(network, application):
    network.handset(PARTICIPANT).call()

    [asked] = application.kinds(gateway.LineAsks)
    assert (asked.inbound, asked.caller, asked.called) == (True, PARTICIPANT, network.number)
    assert network.handset(PARTICIPANT).said == ["There is no call for you now."]


def test_a_caller_may_withhold_the_number(network, application):
    network.handset(PARTICIPANT).call(withheld=True)

    assert application.kinds(gateway.LineAsks)[0].caller == "anonymous"
    assert PARTICIPANT not in str(application.events)


def test_each_notice_carries_a_token_of_its_own(application, bridged):
    tokens = [event.once for event in application.events]

    assert all(tokens)
    assert len(set(tokens)) == len(tokens)


def test_a_notice_can_come_twice(network, application, bridged):
    notice, _ = network.notices[-1]

    network.repeat(notice)

    assert application.events[-1] == application.events[-2]


def test_a_handset_that_rings_the_platform_shows_the_platforms_number(network):
    network.handset(PARTICIPANT).call()

    assert network.handset(PARTICIPANT).screen["last_call"]["shown_number"] == network.number
