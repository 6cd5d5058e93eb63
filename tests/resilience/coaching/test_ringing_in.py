"""Somebody rings our number: their own telephone is known, any other needs the code on their page."""

import pytest

from resilience.coaching import pins
from resilience.coaching.models import CAME_IN_FROM, CallLeg, Side
from resilience.messaging import optouts
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, HALF_PAST_TWO, words

pytestmark = pytest.mark.django_db
ASKED = "We cannot see a call for this telephone now. If your page shows a code of six digits, key it in."
SECOND = "+447700900777"


def key_in(line, handset, code):
    for key in code:
        handset.press(key)
    line.go_on()


def ring_in(line, number=SECOND, *, withheld=False):
    handset = line.network.handset(number)
    handset.call(withheld=withheld)
    line.go_on()
    return handset


def in_time(line):
    line.pass_on(hours=4, minutes=15)


@pytest.mark.parametrize("side", Side.values)
def test_group_36_the_code_opens_the_room_from_any_telephone(line, announced, side):
    in_time(line)
    handset = ring_in(line, withheld=True)
    key_in(line, handset, pins.of(announced, side))
    handset.press("1")
    line.go_on()

    assert handset.said[0] == ASKED
    assert CallLeg.objects.get().side == side
    assert CallLeg.objects.get().accepted_at is not None


def test_group_36_two_who_share_a_number_are_told_apart_by_their_codes(line, announced, ada):
    other = EnrolmentFactory(participant__phone_index=optouts.index(ADAS_NUMBER))
    BookingFactory(enrolment=other, starts_at=HALF_PAST_TWO)
    in_time(line)
    handset = ring_in(line, ADAS_NUMBER)
    key_in(line, handset, pins.of(announced, Side.PARTICIPANT))

    assert handset.said[0] == ASKED
    assert CallLeg.objects.get().call.booking == announced


def test_group_36_with_the_right_code_too_early_a_caller_hears_when_and_nobody_else_does(line, announced):
    early = ring_in(line)
    key_in(line, early, pins.of(announced, Side.PARTICIPANT))
    stranger = ring_in(line, "+447700900778")

    assert "Your call is on Tuesday 3 November, 2:20 pm (London time)" in early.said[-1]
    assert stranger.said == [ASKED]
    assert not CallLeg.objects.exists()


def test_group_36_after_three_wrong_codes_nothing_more_is_taken_in_that_call(line, announced):
    in_time(line)
    right = pins.of(announced, Side.PARTICIPANT)
    wrong = f"{(int(right) + 7) % 10**6:06d}"
    handset = ring_in(line)
    for code in (wrong, wrong, wrong, right):
        key_in(line, handset, code)

    assert handset.said[-1].startswith("There is no call at this number now.")
    assert not CallLeg.objects.exists()


def test_group_36_whoever_keys_in_nothing_hears_the_neutral_words(line, announced):
    handset = ring_in(line)
    line.pass_on(minutes=1)

    assert handset.said[-1].startswith("There is no call at this number now.")


def test_group_36_somebody_who_wants_no_texts_may_still_ring_in(line, announced, tuesday):
    optouts.record(number=ADAS_NUMBER, now=tuesday)
    in_time(line)
    handset = ring_in(line, ADAS_NUMBER)

    assert "press 1" in handset.said[0]


def test_the_two_sides_have_codes_of_their_own_shown_on_their_own_pages(
    announced, as_participant, as_coach, ada
):
    mine, coachs = (pins.shown(announced, side) for side in (Side.PARTICIPANT, Side.COACH))
    page, other = (
        words(as_participant.get(f"/calls/{announced.pk}/")),
        words(as_coach.get(f"/coach/calls/{announced.pk}/")),
    )

    assert mine != coachs
    assert (mine in page, coachs in page) == (True, False)
    assert (mine in other, coachs in other) == (False, True)


def test_group_36_the_right_caller_in_time_is_asked_for_a_key_and_comes_into_the_room(line, announced):
    in_time(line)
    line.ada.call()
    line.go_on()
    asked = line.ada.said[-1]
    line.ada.press("1")
    line.go_on()

    assert "press 1" in asked
    assert line.ada.said[-1] == "Thank you. Please stay on the line. Your call begins at the agreed time."


@pytest.mark.parametrize(
    "number", [ADAS_NUMBER, "+447700900999"], ids=["made up to look like hers", "a stranger's"]
)
def test_group_36_before_its_time_a_known_and_an_unknown_number_hear_the_same(line, announced, number):
    line.pass_on(hours=4, minutes=9)

    assert ring_in(line, number).said == [ASKED]
    assert not CallLeg.objects.exists()


def test_group_36_in_time_a_number_that_is_made_up_hears_no_name_and_no_time_before_and_after_the_key(
    line, announced
):
    in_time(line)
    line.ada.call()
    line.ada.press("1")
    line.go_on()

    said = " ".join(line.ada.said)
    assert [word for word in ("Ben", "Ada", "2:20", "coach", "Steady") if word in said] == []


def test_group_36_somebody_with_two_calls_at_once_tells_them_apart_by_the_code(line, announced, ada):
    next_one = BookingFactory(enrolment=ada, coach=CoachFactory(), starts_at=announced.ends_at)
    line.pass_on(hours=4, minutes=45)  # the first runs for five minutes more, the second begins in five
    handset = ring_in(line, ADAS_NUMBER)
    key_in(line, handset, pins.of(next_one, Side.PARTICIPANT))

    assert handset.said[0] == ASKED
    assert CallLeg.objects.get(attempt__gte=CAME_IN_FROM).call.booking == next_one
