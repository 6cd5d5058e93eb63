"""A call from the first ring to its outcome, on the simulated telephone network."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from resilience.coaching import booking as bookings
from resilience.coaching import calls, gate, notices, outcomes
from resilience.coaching.models import By, Call, CallEvent, CallLeg, Outcome, Side
from resilience.messaging import reconciling
from resilience.messaging.models import Outgoing, State
from resilience.telephony.gateway import CallState
from tests.factories.coaching import BookingFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO

pytestmark = pytest.mark.django_db


def the_call():
    return Call.objects.get()


def test_the_coach_is_rung_first_and_the_participant_once_the_coach_is_there(line, announced):
    line.start()
    before = (line.ben.state, line.ada.state)

    line.answer_and_press(line.ben)

    assert before == ("RINGING", "IDLE")
    assert line.ada.state == "RINGING"


def test_a_call_that_was_held_is_settled_with_its_minutes(line, talking):
    line.pass_on(minutes=25)
    line.ada.hang_up()
    line.ben.hang_up()
    line.go_on()

    assert (the_call().outcome, round(the_call().minutes)) == (Outcome.FULFILLED, 25)


def test_group_40_both_see_the_platforms_number_and_neither_the_others(line, talking):
    assert {call.from_ for call in line.network.calls} == {line.network.number}
    for number, handset in ((ADAS_NUMBER, line.ben), (BENS_NUMBER, line.ada)):
        assert number not in str(handset.screen)


def test_group_40_nothing_is_recorded(line, talking):
    scripts = [reply.body.decode() for _notice, reply in line.network.notices if reply.body]
    asked = [seen.body for seen in line.network.requests]

    said = [word for script in scripts for word in re.findall(r"(?i)<?/?record\w*(?:=\"[^\"]*\")?", script)]
    assert set(said) == {'record="do-not-record"'}
    assert not [request for request in asked if "record" in request.lower()]


def test_group_40_nothing_is_said_before_a_key_but_a_neutral_question(line, announced):
    line.start()
    line.ben.answer()

    assert set(line.ben.said) == {
        "This is a call you booked. To go on, press 1. If now is not a good time, press 2."
    }


def test_group_40_the_events_of_a_call_hold_no_number(line, talking):
    kept = str(list(CallEvent.objects.values())) + str(list(CallLeg.objects.values()))

    assert ADAS_NUMBER[1:] not in kept
    assert BENS_NUMBER[1:] not in kept


def test_group_33_a_participant_who_does_not_answer_is_rung_after_three_and_eight_minutes(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    rings = [len(line.rings_of(ADAS_NUMBER))]
    for minutes in (1, 2, 1, 4):
        line.pass_on(minutes=minutes)
        rings.append(len(line.rings_of(ADAS_NUMBER)))

    assert rings == [1, 1, 2, 2, 3]


def miss(line):
    line.start()
    line.answer_and_press(line.ben)
    for _ in range(9):
        line.pass_on(minutes=1)


def test_group_33_a_missed_call_waits_for_the_coachs_word_and_is_told_once(line, announced):
    miss(line)

    assert (the_call().outcome, the_call().ended_at is not None) == ("", True)
    assert calls.proposed(the_call()).outcome == Outcome.PARTICIPANT_NO_SHOW
    assert [text for text in line.ada.messages if "missed you" in text] == [
        f"We rang at 2:20 pm and missed you. That happens. Pick another time: {link(announced)}"
    ]


def link(booking):
    return f"http://testserver/a/{notices.code(booking.pk)}/"


def test_group_33_three_rings_that_nobody_answers_are_all_and_leave_the_call_pending(line, announced):
    miss(line)
    for _ in range(10):
        line.pass_on(minutes=1)

    assert [call.status for call in line.rings_of(ADAS_NUMBER)] == ["no-answer"] * 3
    assert calls.proposed(the_call()).pending


def test_group_33_a_participant_who_answers_at_the_second_ring_has_their_call(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.pass_on(minutes=3)
    line.answer_and_press(line.ada)
    line.pass_on(minutes=20)
    line.ben.hang_up()
    line.go_on()

    first, _second = line.rings_of(ADAS_NUMBER)
    assert first.status == "no-answer"
    assert (the_call().outcome, round(the_call().minutes)) == (Outcome.FULFILLED, 20)
    assert not any("missed you" in text for text in line.ada.messages)


def test_group_33_whoever_hangs_up_before_pressing_a_key_is_rung_again(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.ada.answer()
    line.ada.hang_up()
    line.go_on()
    rings = [len(line.rings_of(ADAS_NUMBER))]
    line.pass_on(minutes=3)
    rings.append(len(line.rings_of(ADAS_NUMBER)))

    assert (rings, line.ada.state) == ([1, 2], "RINGING")


def test_group_33_whoever_hangs_up_three_times_before_a_key_has_missed_the_call_pending_the_coachs_word(
    line, announced
):
    line.start()
    line.answer_and_press(line.ben)
    for minutes in (3, 5, 1):
        line.ada.answer()
        line.ada.hang_up()
        line.go_on()
        line.pass_on(minutes=minutes)

    assert len(line.rings_of(ADAS_NUMBER)) == 3
    assert (calls.proposed(the_call()).outcome, the_call().outcome) == (Outcome.PARTICIPANT_NO_SHOW, "")


def test_group_33_a_participant_who_answers_after_the_coach_left_for_good_has_missed_nothing(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.ada.answer()
    line.ben.hang_up()
    line.network.settle()
    line.ada.press("1")
    line.go_on()
    waiting = line.ada.said[-1]
    line.ada.hang_up()
    line.go_on()

    assert waiting == "Thank you. Please stay on the line. Your call begins in a moment."
    assert calls.proposed(the_call()).outcome == Outcome.FAILED
    assert any("cannot go ahead" in text for text in line.ada.messages)


def test_group_33_the_coachs_word_settles_a_missed_call(line, announced, ben):
    miss(line)

    calls.say(the_call(), outcome=Outcome.PARTICIPANT_NO_SHOW, minutes=0, by=ben.user, now=HALF_PAST_TWO)

    assert the_call().outcome == Outcome.PARTICIPANT_NO_SHOW


def test_the_coach_who_waits_is_told_that_nobody_answers(line, announced):
    miss(line)

    hold, _again = gate.hold(CallLeg.objects.get(side=Side.COACH), now=HALF_PAST_TWO)
    assert hold.text == "They cannot be reached now. They are sent other times. You may hang up. Thank you."


def test_group_33_somebody_who_presses_2_is_not_rung_again_and_gets_other_times(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada, "2")
    for _ in range(10):
        line.pass_on(minutes=1)

    assert len(line.rings_of(ADAS_NUMBER)) == 1
    assert any("You asked for another time. Pick one" in text for text in line.ada.messages)
    assert not any("missed you" in text for text in line.ada.messages)


def test_a_coach_who_waits_hears_that_the_other_side_pressed_2(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada, "2")
    line.pass_on(minutes=1)

    assert "They cannot be reached now" in line.ben.said[-1]


def test_group_32_voicemail_cannot_press_a_key_and_counts_as_not_reached(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.ada.answer()
    line.pass_on(minutes=1)

    assert the_call().bridged_at is None
    assert Outgoing.objects.filter(kind="call_leg", state=State.DUE).count() == 1


def test_another_key_is_asked_again(line, announced):
    line.start()
    line.answer_and_press(line.ben, "5")
    line.ben.press("1")
    line.go_on()

    assert line.ada.state == "RINGING"


def test_group_32_a_coach_who_is_never_reached_leaves_the_participant_unrung_with_an_apology(line, announced):
    line.start()
    for _ in range(9):
        line.pass_on(minutes=1)

    assert (the_call().outcome, line.rings_of(ADAS_NUMBER)) == (Outcome.COACH_NO_SHOW, [])
    assert len(line.rings_of(BENS_NUMBER)) == 3
    assert any(
        text.startswith("Sorry, today's 2:20 pm appointment cannot go ahead.") for text in line.ada.messages
    )


@pytest.mark.parametrize("how", ["busy", "silent"])
def test_group_32_a_busy_coach_or_a_voicemail_leaves_the_participant_unrung_told_and_with_other_times(
    line, announced, how
):
    line.network.script(BENS_NUMBER, how)
    line.start()
    for _ in range(10):
        line.pass_on(minutes=1)

    assert (the_call().outcome, line.rings_of(ADAS_NUMBER)) == (Outcome.COACH_NO_SHOW, [])
    assert len(line.rings_of(BENS_NUMBER)) == 3
    assert line.ada.messages[-1] == (
        f"Sorry, today's 2:20 pm appointment cannot go ahead. Other times, or another person: {link(announced)}"
    )


def test_group_32_a_coach_who_presses_2_is_not_rung_again(line, announced):
    line.start()
    line.answer_and_press(line.ben, "2")
    for _ in range(9):
        line.pass_on(minutes=1)

    assert len(line.rings_of(BENS_NUMBER)) == 1
    assert the_call().outcome == Outcome.COACH_NO_SHOW


def test_group_32_a_coach_who_presses_2_hears_that_the_other_person_is_told_and_so_they_are(line, announced):
    line.start()
    line.answer_and_press(line.ben, "2")

    assert (
        "That is fine. We do not ring again today. They are told now, and offered other times. Goodbye."
        in line.ben.said
    )
    assert line.ada.messages[-1] == (
        f"Sorry, today's 2:20 pm appointment cannot go ahead. Other times, or another person: {link(announced)}"
    )


def test_a_number_that_cannot_be_rung_is_not_tried_again(line, announced):
    line.network.script(ADAS_NUMBER, "failed")
    line.start()
    line.answer_and_press(line.ben)
    for _ in range(9):
        line.pass_on(minutes=1)

    assert len(line.rings_of(ADAS_NUMBER)) == 1
    assert the_call().outcome == Outcome.FAILED


def test_group_35_somebody_whose_line_dropped_rings_back_into_the_room(line, talking):
    line.pass_on(minutes=3)
    line.ada.hang_up()
    line.go_on()
    line.pass_on(seconds=20)
    rung_again = line.ada.state
    line.pass_on(seconds=40)
    line.ada.call()
    line.ada.press("1")
    line.go_on()
    line.pass_on(minutes=10)
    line.ben.hang_up()
    line.go_on()

    assert rung_again == "RINGING"
    assert len(line.rings_of(ADAS_NUMBER)) == 2
    assert (the_call().outcome, round(the_call().minutes)) == (Outcome.FULFILLED, 13)


def test_group_36_a_caller_whom_nobody_expects_hears_the_same_neutral_words(line, book, tuesday):
    said = []
    for number in ("+447700900999", ADAS_NUMBER):
        handset = line.network.handset(number)
        handset.call()
        line.go_on()
        said.append(handset.said)

    assert (
        said[0]
        == said[1]
        == [
            "We cannot see a call for this telephone now. If your page shows a code of six digits, key it in."
        ]
    )


def test_group_36_a_number_shared_by_two_people_opens_no_room(line, announced, ada):
    other = EnrolmentFactory(
        participant__phone=ADAS_NUMBER, participant__phone_index=ada.participant.phone_index
    )
    BookingFactory(enrolment=other, starts_at=HALF_PAST_TWO)
    line.pass_on(hours=4, minutes=15)
    line.ada.call()
    line.go_on()

    assert line.ada.said[-1].startswith("We cannot see a call for this telephone now.")


def test_group_36_a_withheld_number_opens_no_room(line, announced):
    line.pass_on(hours=4, minutes=15)
    line.ada.call(withheld=True)
    line.go_on()

    assert line.ada.said[-1].startswith("We cannot see a call for this telephone now.")


def test_group_39_a_call_cancelled_while_the_telephone_rings_says_so_and_goes_no_further(
    line, announced, ben
):
    line.start()
    type(announced).objects.filter(pk=announced.pk).update(
        status="CANCELLED", cancelled_at=HALF_PAST_TWO, cancelled_by=By.COACH, version=2
    )
    line.ben.answer()
    line.go_on()

    assert line.ben.said == ["This call was cancelled or moved. We are sorry to have rung you. Goodbye."]
    assert line.rings_of(ADAS_NUMBER) == []


def test_group_39_a_cancelled_call_rings_nobody(line, announced, ada, tuesday):
    bookings.cancel(announced, by=ada.participant.user, now=tuesday)

    line.start()

    assert line.network.calls == []


def test_a_moved_call_rings_at_its_new_time_only(line, announced, ada, ben, tuesday):
    later = HALF_PAST_TWO + timedelta(minutes=40)
    bookings.move(booking=announced, coach=ben, starts_at=later, by=ada.participant.user, now=tuesday)

    line.start()
    before = list(line.network.calls)
    line.pass_on(minutes=40)

    assert (before, line.ben.state) == ([], "RINGING")


def test_group_34_a_start_job_that_runs_twice_rings_once(line, announced):
    line.start()
    calls.plan(announced)
    line.go_on()

    assert len(line.rings_of(BENS_NUMBER)) == 1


def test_group_34_the_carrier_being_busy_delays_a_ring_and_repeats_none(line, announced):
    line.network.fail_next("429")
    line.start()
    line.pass_on(seconds=30)

    assert len(line.rings_of(BENS_NUMBER)) == 1


def test_a_ring_that_waited_for_a_free_line_is_followed_by_the_next_three_minutes_after_it_rang(
    line, announced
):
    line.network.fail_next("429", times=8, on="Calls")
    line.start()
    rings = []
    for seconds in range(0, 340, 20):
        line.pass_on(seconds=20)
        rings.append((seconds, len(line.rings_of(BENS_NUMBER))))

    first, second = (min(at for at, rung in rings if rung == count) for count in (1, 2))
    assert 100 <= first <= 160
    assert 180 <= second - first <= 200


def test_a_ring_that_finds_no_free_line_ends_the_call_with_an_apology(line, announced):
    line.network.fail_next("429", times=None, on="Calls")
    line.start()
    for _ in range(60):
        line.pass_on(seconds=15)

    assert (the_call().outcome, line.rings_of(BENS_NUMBER)) == (Outcome.FAILED, [])
    assert [text for text in line.ada.messages if text.startswith("Sorry")] != []


def test_a_ring_that_the_carrier_refuses_ends_the_call_with_an_apology(line, announced, ben):
    ben.phone = "not a number"
    ben.save()
    line.start()

    assert the_call().outcome == Outcome.FAILED
    assert [text for text in line.ada.messages if text.startswith("Sorry")] != []


def test_a_ring_that_comes_too_late_ends_the_call_with_an_apology(line, announced):
    line.pass_on(hours=4, minutes=36)

    assert (the_call().outcome, line.rings_of(BENS_NUMBER)) == (Outcome.FAILED, [])
    assert [text for text in line.ada.messages if text.startswith("Sorry")] != []


def test_a_participant_whom_no_free_line_can_reach_leaves_the_coach_told(line, announced):
    line.start()
    line.network.fail_next("429", times=None, on="Calls")
    line.answer_and_press(line.ben)
    Outgoing.objects.filter(kind="call_leg", state=State.DUE).update(not_after=HALF_PAST_TWO)
    line.pass_on(minutes=1)

    hold, _again = gate.hold(CallLeg.objects.get(side=Side.COACH), now=HALF_PAST_TWO + timedelta(minutes=1))
    assert hold.text.startswith("They cannot be reached now.")


def test_a_ring_that_comes_too_late_leaves_a_coach_who_rang_in_where_they_are(line, announced):
    line.pass_on(hours=4, minutes=15)
    line.ben.call()
    line.go_on()
    line.ben.press("1")
    line.go_on()
    Outgoing.objects.filter(key__contains=":COACH:").update(not_after=HALF_PAST_TWO)
    line.pass_on(minutes=6)

    assert not CallEvent.objects.filter(kind=outcomes.LINE_FAILED).exists()
    assert line.ada.state == "RINGING"


def test_group_22_an_answer_lost_after_the_carrier_took_the_call_rings_once(line, announced):
    line.network.fail_next("cut after")
    now = line.start()
    reconciling.reconcile(now=now)
    line.go_on()
    line.answer_and_press(line.ben)

    assert len(line.rings_of(BENS_NUMBER)) == 1
    assert line.ada.state == "RINGING"


def test_outcomes_can_be_worked_out_again_from_the_events(line, talking):
    line.pass_on(minutes=25)
    line.ben.hang_up()
    line.go_on()
    before = (the_call().outcome, the_call().minutes, the_call().bridged_at, the_call().ended_at)
    Call.objects.update(outcome="", minutes=None, bridged_at=None, ended_at=None)

    call_command("resettle")

    assert (the_call().outcome, the_call().minutes, the_call().bridged_at, the_call().ended_at) == before


def test_the_event_names_of_the_telephone_are_those_that_outcomes_reads():
    assert {state.value for state in CallState if state.is_final} == set(outcomes.OVER)
