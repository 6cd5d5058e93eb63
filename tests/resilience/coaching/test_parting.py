"""Somebody stops, or has all deleted, with a call still to come."""

from datetime import timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from resilience.coaching import booking as bookings
from resilience.coaching import letting_go, slots
from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import Booking, Status
from resilience.journeys import withdrawing
from resilience.messaging import forgetting, tasks
from resilience.messaging import letting_go as of_messaging
from resilience.messaging.models import CarrierRecord, Outgoing, State
from resilience.participants.models import Participant, Withdrawal
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
STOP, DELETE = Withdrawal.Choice.STOP_CONTACT, Withdrawal.Choice.DELETE


@pytest.fixture
def leave(booked, ada, tuesday, drain):
    """Stop as somebody chooses, and send what is to be sent; `leave(DELETE)` returns the letters to the coach."""

    def stop(choice):
        drain()
        mail.outbox.clear()
        withdrawing.withdraw(enrolment=ada, choice=choice, by=ada.participant.user, now=tuesday)
        drain()
        return [letter for letter in mail.outbox if letter.to == ["ben@example.org"]]

    return stop


def calendar_of(letter):
    _name, content, kind = letter.attachments[0]
    return Calendar.from_ical(content), kind


@pytest.mark.parametrize("choice", [STOP, DELETE])
def test_group_18_the_time_is_free_again_and_nothing_more_is_to_come(leave, ben, tuesday, choice):
    leave(choice)

    length = timedelta(minutes=30)
    assert slots.find(coach=ben, starts_at=HALF_PAST_TWO, length=length, now=tuesday) is not None
    assert not Outgoing.objects.filter(state=State.DUE).exists()


@pytest.mark.parametrize("choice", [STOP, DELETE])
def test_group_18_the_coachs_calendar_is_told_with_a_higher_sequence(leave, booked, choice):
    [letter] = leave(choice)

    calendar, kind = calendar_of(letter)
    [event] = calendar.walk("VEVENT")
    assert "method=CANCEL" in kind
    assert (calendar["METHOD"], event["STATUS"], event["CLASS"]) == ("CANCEL", "CANCELLED", "PRIVATE")
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"{booked.pk}@appointments", 1)
    assert event.decoded("DTSTART") == HALF_PAST_TWO


def test_group_18_whoever_stops_is_written_to_no_more_and_takes_the_file_from_the_calls_page(
    leave, booked, ada, as_participant
):
    leave(STOP)

    page = as_participant.get(f"/calls/{booked.pk}/").content.decode()
    file = as_participant.get(f"/calls/{booked.pk}/calendar.ics")
    assert not [letter for letter in mail.outbox if letter.to == ["ada@example.org"]]
    assert "Take it out of my calendar" in page
    assert Calendar.from_ical(file.content)["METHOD"] == "CANCEL"


def test_group_18_of_whoever_has_all_deleted_the_number_is_gone_and_only_a_time_is_left(leave, ada):
    leave(DELETE)

    assert not Participant.objects.exists()
    assert not Booking.objects.exists()
    assert {field.name for field in FreedTime._meta.fields} == {
        "id",
        "coach",
        "starts_at",
        "ends_at",
        "version",
    }
    assert FreedTime.objects.count() == 1


def test_group_18_a_call_that_was_cancelled_before_is_told_once(leave, booked, ada, tuesday):
    bookings.cancel(booked, by=ada.participant.user, now=tuesday)
    Booking.objects.filter(pk=booked.pk).update(cancelled_at=tuesday.replace(hour=8))

    leave(DELETE)

    assert not FreedTime.objects.exists()


def test_after_ninety_days_the_time_is_let_go(leave):
    leave(DELETE)

    letting_go.let_go(now=HALF_PAST_TWO + timedelta(days=91))

    assert not FreedTime.objects.exists()


def test_stopping_leaves_the_status_that_the_trail_can_tell(leave, booked):
    leave(STOP)

    booked.refresh_from_db()
    assert (booked.status, booked.cancelled_by) == (Status.CANCELLED, "PARTICIPANT")


@pytest.fixture
def talked(talking, line):
    line.ben.hang_up()
    line.go_on()
    return talking


def of_ada(line):
    return [sent.to for sent in (*line.network.messages, *line.network.calls) if sent.to == ADAS_NUMBER]


def from_ada(line):
    return [text.body for text in line.network.network.messages.values() if text.from_ == ADAS_NUMBER]


def erase(ada, now):
    withdrawing.withdraw(enrolment=ada, choice=DELETE, by=ada.participant.user, now=now)


def test_group_18_of_whoever_has_all_deleted_nothing_is_left_at_the_carrier_and_the_coachs_calls_are(
    line, talked, ada, tuesday
):
    before = len(of_ada(line))
    shown = line.ada.messages
    erase(ada, tuesday)
    tasks.reconcile()

    assert (before >= 2, of_ada(line)) == (True, [])
    assert line.ada.messages == shown
    assert ADAS_NUMBER in line.network.handsets.numbers()
    assert [call.to for call in line.network.calls] == [BENS_NUMBER]
    assert not CarrierRecord.objects.exists()


@pytest.mark.parametrize("words", ["C", "STOP", "I was so upset about the patient in bed 4"])
def test_group_25_what_somebody_texts_is_deleted_at_the_carrier_once_it_is_heeded(line, talked, words):
    line.ada.text(words)
    came = from_ada(line)

    tasks.reconcile()

    assert (came, from_ada(line)) == ([words], [])
    assert words in [text["body"] for text in line.ada.screen["messages"]]


@pytest.mark.parametrize("fault", ["429", "500", "cut", "20003"])
def test_group_18_a_carrier_that_does_not_delete_now_is_asked_again(line, talked, ada, tuesday, fault):
    erase(ada, tuesday)
    line.network.fail_next(fault, on="DELETE", times=None)
    forgetting.carry_out()
    left = len(of_ada(line))
    line.network.recover()
    forgetting.carry_out()

    assert (left >= 2, of_ada(line)) == (True, [])


def test_what_the_carrier_never_deleted_is_told_to_the_operator_after_ninety_days(tuesday, caplog):
    forgetting.note(["SM1"], is_call=False, now=tuesday)

    of_messaging.let_go(now=tuesday + timedelta(days=91))

    assert not CarrierRecord.objects.exists()
    assert "the carrier never deleted" in caplog.text
