"""Who is rung next where somebody was early, dropped out or came back, on the simulated telephone network."""

from datetime import timedelta

import pytest

from resilience.coaching import calls, resettling, sweeping
from resilience.coaching.models import Call, Outcome
from resilience.messaging.models import Outgoing, State
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO

pytestmark = pytest.mark.django_db
SORRY = "cannot go ahead"


@pytest.fixture
def early(line, announced):
    """Eight minutes before the agreed time."""
    line.pass_on(hours=4, minutes=12)
    return announced


def ring_in(line, handset, key="1"):
    handset.call()
    line.go_on()
    handset.press(key)
    line.go_on()


def ring_in_and_leave(line, handset):
    """Ring in eight minutes early, wait for three, hang up, and let the agreed time come."""
    ring_in(line, handset)
    line.pass_on(minutes=3)
    handset.hang_up()
    line.go_on()
    line.pass_on(minutes=5)


def talk(line, minutes=25):
    line.pass_on(minutes=minutes)
    line.ben.hang_up()
    line.go_on()


def how_it_went():
    call = Call.objects.get()
    return call.outcome, round(call.minutes)


def sorry(line):
    return [text for text in line.ada.messages if SORRY in text]


def test_a_participant_who_rings_in_early_and_hangs_up_is_rung_at_the_agreed_time(line, early):
    ring_in_and_leave(line, line.ada)
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    talk(line)

    assert how_it_went() == (Outcome.FULFILLED, 25)
    assert sorry(line) == []


def test_a_call_in_which_somebody_rang_in_comes_to_the_same_when_it_is_worked_out_again(line, early):
    ring_in_and_leave(line, line.ben)
    for _ in range(12):
        line.pass_on(minutes=1)

    assert Call.objects.get().outcome == Outcome.COACH_NO_SHOW
    assert resettling.compare() == []


def test_a_coach_who_rings_in_early_and_hangs_up_is_rung_at_the_agreed_time(line, early):
    ring_in_and_leave(line, line.ben)
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    talk(line)

    assert how_it_went() == (Outcome.FULFILLED, 25)
    assert sorry(line) == []


def test_a_coach_who_is_early_does_not_make_the_participants_telephone_ring_before_its_time(line, early):
    ring_in(line, line.ben)
    before = line.ada.state
    line.pass_on(minutes=8)

    assert (before, line.ada.state) == ("IDLE", "RINGING")
    assert any("at the agreed time" in words for words in line.ben.said)


def test_a_coach_who_was_there_already_and_drops_out_is_rung(line, early):
    ring_in(line, line.ben)
    line.pass_on(minutes=8)
    line.ben.hang_up()
    line.go_on()

    assert [call.status for call in line.rings_of(BENS_NUMBER)] == ["ringing"]


def test_somebody_who_rings_in_early_and_presses_2_is_not_rung_at_the_agreed_time(line, early):
    ring_in(line, line.ben, "2")
    line.pass_on(minutes=8)

    assert line.rings_of(BENS_NUMBER) == []
    assert len(sorry(line)) == 1


def drop_out(line):
    """The coach answers, and the line drops before the participant's telephone rings."""
    line.pass_on(hours=4, minutes=20)
    line.ben.answer()
    line.ben.press("1")
    line.network.settle()
    line.ben.hang_up()
    line.go_on()


def test_group_35_a_coach_who_drops_out_and_rings_in_again_lets_the_participants_telephone_ring(
    line, announced
):
    drop_out(line)
    before = line.rings_of(ADAS_NUMBER)
    line.pass_on(minutes=1)
    ring_in(line, line.ben)
    line.answer_and_press(line.ada)
    talk(line)

    assert before == []
    assert how_it_went() == (Outcome.FULFILLED, 25)
    assert sorry(line) == []


def test_a_further_try_that_was_skipped_while_the_coach_was_away_is_made_when_they_are_back(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.pass_on(minutes=1)
    line.ben.hang_up()
    line.go_on()
    line.pass_on(minutes=3)
    ring_in(line, line.ben)

    assert [call.status for call in line.rings_of(ADAS_NUMBER)] == ["no-answer", "ringing"]


def test_group_33_a_participant_who_answered_after_the_coach_had_left_is_rung_again_when_they_are_back(
    line, announced
):
    line.start()
    line.answer_and_press(line.ben)
    line.ben.hang_up()
    line.answer_and_press(line.ada)
    line.ada.hang_up()
    line.pass_on(minutes=1)
    ring_in(line, line.ben)
    line.pass_on(minutes=2)

    assert [call.status for call in line.rings_of(ADAS_NUMBER)] == ["completed", "ringing"]


def test_group_35_whoever_hangs_up_at_the_end_of_a_talk_is_not_rung_again(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    line.pass_on(minutes=20)
    line.ada.hang_up()
    line.pass_on(minutes=1)

    assert len(line.rings_of(ADAS_NUMBER)) == 1


def test_a_coach_who_drops_out_and_stays_away_is_given_up_after_the_grace_with_one_apology(line, announced):
    drop_out(line)
    sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=14))
    before = Call.objects.get().ended_at
    now = line.pass_on(minutes=16)
    sweeping.sweep(now=now)
    line.go_on()

    assert (before, Call.objects.get().outcome) == (None, Outcome.FAILED)
    assert len(sorry(line)) == 1


def test_a_ring_that_was_skipped_in_the_moment_in_which_the_coach_came_back_is_taken_up_by_the_sweep(
    line, announced
):
    line.start()
    line.answer_and_press(line.ben)
    line.ada.hang_up()
    line.network.settle()
    Outgoing.objects.filter(kind="call_leg", state=State.DUE).update(state=State.SKIPPED)

    line.pass_on(minutes=3)
    sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=3))
    line.go_on()

    assert line.ada.state == "RINGING"


def test_a_repeated_start_does_not_bring_back_a_ring_that_was_made(line, announced):
    line.start()
    line.answer_and_press(line.ben)
    calls.go_on(Call.objects.get(), now=HALF_PAST_TWO)
    line.go_on()

    assert len(line.rings_of(ADAS_NUMBER)) == 1
