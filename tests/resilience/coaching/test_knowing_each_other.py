"""9 from either side: the call ends neutrally, the two are kept apart, and nobody is asked why."""

import pytest

from resilience.coaching import booking as bookings
from resilience.coaching import coach_reports, firewall, notices, offers, outcomes, ratings, resettling
from resilience.coaching.models import Call, CoachingRelationship, Outcome
from resilience.participants.models import Milestone, Reached
from tests.factories.coaching import CoachFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, HALF_PAST_TWO, radios, words

pytestmark = pytest.mark.django_db
OTHERS = "Your call ended early. That is fine. You can choose somebody else: "


def link(booking):
    return f"http://testserver/a/{notices.code(booking.pk)}/"


def how_it_went():
    return Call.objects.get().outcome


def test_the_coach_who_presses_9_at_the_gate_leaves_the_participant_unrung_and_told_of_others(
    line, announced
):
    line.start()
    line.answer_and_press(line.ben, "9")

    assert line.rings_of(ADAS_NUMBER) == []
    assert line.ada.messages[-1] == OTHERS + link(announced)
    assert how_it_went() == Outcome.FAILED
    assert any("That is all we need to know" in said for said in line.ben.said)


def test_the_participant_who_presses_9_at_the_gate_is_not_rung_again_and_nobody_missed_a_call(
    line, announced
):
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada, "9")
    for _ in range(4):
        line.pass_on(minutes=3)

    assert len(line.rings_of(ADAS_NUMBER)) == 1
    assert how_it_went() == Outcome.FAILED
    assert [text for text in line.ada.messages if "missed" in text or "Sorry" in text] == []


@pytest.mark.parametrize("side", ["ada", "ben"])
def test_star_and_then_9_end_a_talk_and_the_other_hears_only_that_it_has_ended(line, talking, side):
    line.pass_on(minutes=2)
    one, other = (line.ada, line.ben) if side == "ada" else (line.ben, line.ada)
    one.press("*")
    line.go_on()
    one.press("9")
    line.go_on()

    assert how_it_went() == Outcome.FAILED
    assert line.ada.messages[-1] == OTHERS + link(talking)
    assert ("You" if side == "ada" else "They") + " are offered other people" in one.said[-1]
    assert not any("know" in said for said in other.said[-1:] if side == "ada")
    line.pass_on(minutes=20)
    assert not any("short page" in text for text in line.ada.messages)


@pytest.fixture
def apart(line, talking):
    """A call that Ben ended after two minutes, since he knows Ada."""
    line.pass_on(minutes=2)
    line.ben.press("*")
    line.go_on()
    line.ben.press("9")
    line.go_on()
    return talking


def test_a_call_of_two_who_know_each_other_is_no_call_held(apart, ada, ben, sign_in):
    page = words(sign_in(ada.participant.user).get("/calls/"))

    assert offers.calls_held(ada) == 0
    assert coach_reports.of_coach(ben).calls == 0
    assert ratings.open_for(apart) is None
    assert ratings.awaited(ada) is None
    assert not Milestone.objects.filter(enrolment=ada, what=Reached.CALL).exists()
    assert [
        found for found in ("How was your call?", "You have had one call", "Calls so far") if found in page
    ] == []


def test_a_coach_is_asked_nothing_of_a_call_with_somebody_they_know(apart, ben, sign_in):
    browser = sign_in(ben.user)

    today, page = words(browser.get("/coach/")), words(browser.get(f"/coach/calls/{apart.pk}/"))

    assert "How did these go?" not in today
    assert "There is nothing to fill in." in page
    assert [found for found in ("We talked", "Your own part", "Minutes") if found in page] == []
    assert (
        browser.post(f"/coach/calls/{apart.pk}/", {"outcome": "FULFILLED", "minutes": "2"}).status_code == 409
    )
    assert Call.objects.get().outcome == Outcome.FAILED


def test_9_after_the_coach_has_hung_up_takes_back_what_was_noted_of_the_call(line, talking, ada):
    line.pass_on(minutes=2)
    line.ben.hang_up()
    line.go_on()
    noted = Milestone.objects.filter(enrolment=ada, what=Reached.CALL)
    before = noted.count()

    line.ada.press("9")
    line.go_on()

    assert (before, noted.count()) == (1, 0)
    assert how_it_went() == Outcome.FAILED
    assert Call.objects.get().minutes == 0


def test_two_who_were_kept_apart_are_offered_to_each_other_no_more(line, announced, ada, ben, sign_in):
    eva = CoachFactory()
    line.start()
    line.answer_and_press(line.ben, "9")

    relationship = CoachingRelationship.objects.get(coach=ben)
    page = (browser := sign_in(ada.participant.user)).get("/calls/times/")
    assert relationship.active_to is not None
    assert firewall.between(ben, ada.participant)
    assert {value.split("@")[0] for value in radios(page)} == {eva.slug}
    with pytest.raises(bookings.SlotTaken):
        bookings._free(ben, HALF_PAST_TWO.replace(day=4), ada, now=HALF_PAST_TWO)
    shown = words(browser.get(f"/calls/{announced.pk}/"))
    assert "You can choose somebody else" in shown
    assert "Your call is booked" not in shown


def test_what_was_pressed_settles_alike_whenever_it_is_told(line, announced):
    line.start()
    line.answer_and_press(line.ben, "9")

    assert resettling.compare() == []
    assert outcomes.KNOWN == "KNOWN"
