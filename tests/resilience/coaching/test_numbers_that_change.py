"""Group 26: the number was changed or never answered at, before a reminder, before a call, in a reply."""

from datetime import timedelta

import pytest
from django.core import mail

from resilience.coaching.models import Call, CallEvent, Outcome, Status
from resilience.participants import numbers_of
from tests.resilience.coaching.conftest import ADAS_NUMBER, words

pytestmark = pytest.mark.django_db
ANOTHER = "+447700900555"
A_STRANGERS_WAY_OUT = "If you booked no call, press 3."


@pytest.fixture
def booked(announced):
    mail.outbox.clear()
    return announced


@pytest.fixture
def fresh(booked, ada, tuesday):
    """Ada's number was given just now: nobody has answered there."""
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    return booked


@pytest.fixture
def another(line):
    return line.network.handset(ANOTHER)


def letters():
    return [letter for letter in mail.outbox if letter.to == ["ada@example.org"]]


def ring_ada(line):
    line.start()
    line.answer_and_press(line.ben)


def test_group_26_a_number_changed_after_the_reminder_was_planned_gets_it_and_the_old_one_does_not(
    line, booked, ada, tuesday
):
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    line.pass_on(hours=3, minutes=20)

    assert [text for text in line.ada.messages if text.startswith("Today")] == []
    assert [text[:5] for text in line.network.handset(ANOTHER).messages] == ["Today"]


def test_group_26_a_number_changed_between_reminder_and_call_is_the_one_that_rings(
    line, booked, ada, tuesday
):
    line.pass_on(hours=3, minutes=20)
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    line.pass_on(hours=1)
    line.answer_and_press(line.ben)

    assert (line.ada.state, line.network.handset(ANOTHER).state) == ("IDLE", "RINGING")


def test_group_26_a_reply_from_the_old_number_changes_nothing(line, booked, ada, tuesday):
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    line.ada.text("C")
    line.go_on()

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED


def test_group_26_a_reminder_to_a_number_that_nobody_answered_at_goes_by_e_mail_too(line, fresh, another):
    line.pass_on(hours=3, minutes=20)

    assert [text[:5] for text in another.messages] == ["Today"]
    assert ["A reminder of your appointment:" in letter.body for letter in letters()] == [True]


def test_group_26_a_reminder_to_a_confirmed_number_is_a_text_alone(line, booked):
    line.pass_on(hours=3, minutes=20)

    assert line.ada.messages[-1].startswith("Today")
    assert letters() == []


def test_group_26_a_new_number_is_asked_whether_it_is_a_strangers_and_a_confirmed_one_is_not(
    line, booked, ada, another, tuesday
):
    ring_ada(line)
    line.ada.answer()
    known = line.ada.said[-1]
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    line.ada.hang_up()
    line.pass_on(minutes=3)
    another.answer()

    assert A_STRANGERS_WAY_OUT not in known
    assert another.said[-1].endswith(A_STRANGERS_WAY_OUT)


def test_group_26_the_first_1_pressed_in_a_call_confirms_the_number_of_a_landline_too(
    line, booked, ada, tuesday
):
    numbers_of.put(ada.participant, "020 7946 0555", by=ada.participant.user, now=tuesday)
    ring_ada(line)
    line.answer_and_press(line.network.handset("+442079460555"))

    ada.participant.refresh_from_db()
    assert numbers_of.is_confirmed(ada.participant, at=tuesday + timedelta(hours=5))


def test_group_26_a_1_texted_back_confirms_the_number(line, fresh, another, ada, tuesday):
    another.text("1")
    line.go_on()

    ada.participant.refresh_from_db()
    assert numbers_of.is_confirmed(ada.participant, at=tuesday)


@pytest.mark.parametrize("said", ["R", "Who is this?"])
def test_group_26_any_other_reply_confirms_nothing(line, fresh, another, ada, tuesday, said):
    another.text(said)
    line.go_on()

    ada.participant.refresh_from_db()
    assert not numbers_of.is_confirmed(ada.participant, at=tuesday)


def test_group_26_a_number_is_confirmed_for_ninety_days(ada, tuesday):
    numbers_of.confirm(ada.participant, now=tuesday)
    ada.participant.refresh_from_db()

    days = (89, 90)
    confirmed = [numbers_of.is_confirmed(ada.participant, at=tuesday + timedelta(days=each)) for each in days]
    assert confirmed == [True, False]


def test_group_26_a_stranger_who_presses_3_is_not_rung_again_and_the_number_is_asked_for_by_e_mail(
    line, fresh, another, ada
):
    ring_ada(line)
    line.answer_and_press(another, "3")
    mails_at_once = [letter.subject for letter in letters()]
    for _ in range(9):
        line.pass_on(minutes=1)

    ada.participant.refresh_from_db()
    assert another.said[-1] == "We are sorry. We do not ring this number again. Goodbye."
    assert (ada.participant.phone, len(line.rings_of(ANOTHER))) == ("", 1)
    assert mails_at_once.count("A question for you") == 1
    assert Call.objects.get().outcome == Outcome.FAILED
    assert not any("missed you" in letter.body for letter in letters())


def test_group_26_a_coach_who_waits_hears_that_a_stranger_cannot_be_reached(line, fresh, another):
    ring_ada(line)
    line.answer_and_press(another, "3")
    line.pass_on(minutes=1)

    assert "They cannot be reached now" in line.ben.said[-1]


def test_group_26_3_is_a_key_like_any_other_where_the_number_is_confirmed(line, booked, ada):
    ring_ada(line)
    line.answer_and_press(line.ada, "3")

    ada.participant.refresh_from_db()
    assert ada.participant.phone == ADAS_NUMBER
    assert not CallEvent.objects.filter(kind="WRONG_NUMBER").exists()


def test_group_26_the_old_telephone_that_rings_still_neither_confirms_nor_takes_away_the_new_number(
    line, booked, ada, tuesday
):
    ring_ada(line)
    numbers_of.put(ada.participant, "07700 900555", by=ada.participant.user, now=tuesday)
    line.answer_and_press(line.ada, "3")
    line.ada.press("1")
    line.go_on()

    ada.participant.refresh_from_db()
    assert ada.participant.phone == ANOTHER
    assert not numbers_of.is_confirmed(ada.participant, at=tuesday)


def test_group_26_whoever_rings_in_from_another_telephone_confirms_nothing(
    line, fresh, another, ada, tuesday
):
    line.pass_on(hours=4, minutes=15)
    another.call()
    another.press("1")
    line.go_on()

    ada.participant.refresh_from_db()
    assert not numbers_of.is_confirmed(ada.participant, at=tuesday)


def test_group_26_the_page_of_numbers_says_what_is_not_known_of_a_new_one(as_participant, ada, tuesday):
    known = words(as_participant.get("/calls/number/"))
    as_participant.post("/calls/number/", {"phone": "07700 900555"})
    new = words(as_participant.get("/calls/number/"))

    assert ["Nobody has answered there yet." in page for page in (known, new)] == [False, True]
