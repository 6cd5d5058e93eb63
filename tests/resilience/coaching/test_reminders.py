"""What is written about a booking, when, and that nothing of an old version goes out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from resilience.coaching import booking as bookings
from resilience.coaching import calendar_file, notices, reminders
from resilience.coaching.models import AvailabilityRule, By, Status
from resilience.messaging import optouts, outbox, quiet, reconciling
from resilience.messaging.models import Outgoing, State
from resilience.participants import contact
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, HALF_PAST_TWO

pytestmark = pytest.mark.django_db
TOMORROW = HALF_PAST_TWO + timedelta(days=1)
LONDON, TORONTO = "Europe/London", "America/Toronto"


@pytest.fixture
def inbox(telephone):
    """The texts on Ada's handset."""
    return lambda: [text.body for text in telephone.messages if text.to == ADAS_NUMBER]


def letters(to):
    return [letter for letter in mail.outbox if letter.to == [to]]


def planned(kind, booking):
    return Outgoing.objects.get(kind=kind, target_id=booking.pk, version=booking.version)


def test_a_booking_is_confirmed_by_text_in_one_part(book, drain, inbox, tuesday):
    booked = book(tuesday)

    drain()

    link = f"http://testserver/a/{notices.code(booked.pk)}/"
    assert inbox() == [
        "Booked: Tue 3 Nov, 2:20 pm. We will ring from 020 7946 0123. To change reply R, to cancel C. "
        f"Details: {link}"
    ]
    assert len(inbox()[0]) <= 160


def test_a_booking_is_confirmed_by_e_mail_with_a_private_calendar_file(book, ada, drain, telephone, tuesday):
    booked = book(tuesday)

    drain()

    [letter] = letters("ada@example.org")
    [(name, content, kind)] = letter.attachments
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert letter.subject == "Your appointment"
    assert kind == "text/calendar; method=REQUEST; charset=utf-8"
    assert (str(calendar["METHOD"]), event["SEQUENCE"], str(event["SUMMARY"]), str(event["CLASS"])) == (
        "REQUEST", 0, "Private appointment", "PRIVATE",
    )  # fmt: skip
    assert event["DTSTART"].dt == booked.starts_at
    assert "DTSTART:20261103T142000Z" in content


def test_group_30_no_message_names_a_person_the_programme_or_the_others_number(
    book, ada, ben, drain, inbox, tuesday
):
    book(tuesday)

    drain()

    said = "\n".join(inbox() + [letter.body + str(letter.attachments) for letter in mail.outbox])
    for word in ("Ada", "Ben", "Steady", "coach", "+44", ben.phone[3:], ADAS_NUMBER[3:]):
        assert word not in said.replace("/coach/", "")


def test_a_moved_call_keeps_its_place_in_the_calendar_and_raises_its_sequence(
    book, ada, ben, drain, telephone, tuesday
):
    booked = book(tuesday)
    drain()
    mail.outbox.clear()

    bookings.move(booking=booked, coach=ben, starts_at=TOMORROW, by=ada.participant.user, now=tuesday)
    drain()

    [letter] = letters("ada@example.org")
    [event] = Calendar.from_ical(letter.attachments[0][1]).walk("VEVENT")
    assert letter.subject == "Your appointment has changed"
    assert (str(event["UID"]), event["SEQUENCE"], event["DTSTART"].dt) == (
        f"{booked.pk}@appointments",
        1,
        TOMORROW,
    )


def test_a_cancelled_call_leaves_the_calendar(book, ada, drain, telephone, tuesday):
    booked = book(tuesday)
    drain()
    mail.outbox.clear()

    bookings.cancel(booked, by=ada.participant.user, now=tuesday)
    drain()

    [letter] = letters("ada@example.org")
    assert letter.attachments[0][2] == "text/calendar; method=CANCEL; charset=utf-8"
    assert "STATUS:CANCELLED" in letter.attachments[0][1]
    assert len(letters("ben@example.org")) == 1


def test_the_two_reminders_go_out_once_each_at_their_hour(book, drain, inbox, tuesday, time_passes):
    book(tuesday, at=HALF_PAST_TWO + timedelta(days=2))
    drain()
    sent = [len(inbox())]
    for length in ({"hours": 28}, {"minutes": 20}, {"hours": 22}, {"hours": 1}, {"minutes": 30}):
        time_passes(**length)
        drain()
        sent.append(len(inbox()))

    assert sent == [1, 1, 2, 2, 3, 3]
    assert inbox()[1] == (
        "Tomorrow, Thu 5 Nov, 2:20 pm. We ring from 020 7946 0123. "
        "Reply 1 if that is fine, R to change, C to cancel."
    )
    assert inbox()[2] == "Today at 2:20 pm we ring from 020 7946 0123. Not a good time or place? Reply R."


def test_a_reminder_costs_nine_queries_so_that_thousands_go_out_in_a_minute(
    book, drain, tuesday, django_assert_max_num_queries, telephone
):
    booked = book(tuesday)
    drain()
    at = planned(reminders.HOUR_BEFORE, booked).due_at
    due = outbox.due(at=at)[-1]

    with django_assert_max_num_queries(9):
        assert outbox.send(due, now=at)

    due.refresh_from_db()
    assert due.state == State.SENT
    assert due.deliveries.get().ref


def test_group_29_a_call_booked_for_the_same_day_has_no_reminder_for_the_day_before(book, tuesday):
    booked = book(tuesday)

    assert not Outgoing.objects.filter(kind="day_before", target_id=booked.pk).exists()


def test_group_27_a_worker_that_was_down_sends_only_the_later_reminder(
    book, drain, inbox, tuesday, time_passes
):
    book(tuesday, at=HALF_PAST_TWO + timedelta(days=2))
    drain()
    time_passes(days=2, hours=3, minutes=30)

    drain()

    assert len(inbox()) == 2
    assert inbox()[1].startswith("Today at 2:20 pm")


def test_group_27_a_reminder_that_would_come_too_late_is_not_sent(book, drain, inbox, tuesday, time_passes):
    booked = book(tuesday)
    drain()
    time_passes(hours=4, minutes=15)

    drain()

    assert len(inbox()) == 1
    assert planned("hour_before", booked).state == State.SKIPPED


def test_group_28_a_moved_call_is_reminded_of_at_its_new_time_only(
    book, ada, ben, drain, inbox, tuesday, time_passes
):
    booked = book(tuesday)
    bookings.move(booking=booked, coach=ben, starts_at=TOMORROW, by=ada.participant.user, now=tuesday)
    time_passes(hours=3, minutes=30)

    drain()

    assert not [text for text in inbox() if text.startswith("Today")]


def test_group_24_somebody_who_wants_no_texts_gets_the_reminder_by_e_mail(
    book, drain, inbox, tuesday, time_passes
):
    optouts.record(number=ADAS_NUMBER, now=tuesday)
    book(tuesday)
    drain()
    mail.outbox.clear()

    time_passes(hours=3, minutes=20)
    drain()
    drain()

    assert inbox() == []
    assert [letter.subject for letter in letters("ada@example.org")] == ["Your appointment"]
    assert "A reminder of your appointment" in letters("ada@example.org")[0].body


def test_group_24_a_text_that_the_carrier_refuses_for_good_becomes_an_e_mail(
    book, ada, drain, telephone, tuesday, time_passes
):
    book(tuesday)
    drain()
    mail.outbox.clear()
    telephone.network.opted_out.add((ADAS_NUMBER, telephone.number))

    time_passes(hours=3, minutes=20)
    drain()
    drain()

    assert [letter.subject for letter in letters("ada@example.org")] == ["Your appointment"]


def test_group_31_a_number_where_texts_cannot_arrive_gets_e_mail_from_then_on_and_can_still_be_rung(
    book, ada, drain, telephone, tuesday, time_passes
):
    telephone.script(ADAS_NUMBER, "text landline")
    booked = book(tuesday)
    drain()
    telephone.settle()
    mail.outbox.clear()

    time_passes(hours=3, minutes=20)
    drain()

    ada.participant.refresh_from_db()
    assert [letter.subject for letter in letters("ada@example.org")] == ["Your appointment"]
    assert not ada.participant.phone_takes_texts
    assert contact.call_number(booked.enrolment, now=tuesday) == ADAS_NUMBER


@pytest.fixture
def reminded(book, drain, telephone, tuesday, time_passes):
    """Ada was texted the hour before; what came of it is not known yet."""
    booked = book(tuesday)
    drain()
    telephone.settle()
    mail.outbox.clear()
    time_passes(hours=3, minutes=20)
    drain()
    return booked


def test_group_31_a_reminder_that_is_reported_lost_goes_out_by_e_mail_once(reminded, drain, telephone):
    telephone.script(ADAS_NUMBER, "text unknown")
    telephone.settle()
    drain()
    telephone.repeat(telephone.notices[-1][0])
    drain()

    subjects = [letter.subject for letter in letters("ada@example.org")]
    assert sorted(subjects) == ["A question for you", "Your appointment"]


def test_a_reminder_that_is_reported_lost_once_the_call_has_begun_is_not_written_again(
    reminded, drain, telephone, time_passes
):
    time_passes(hours=1)
    telephone.script(ADAS_NUMBER, "text unreachable")
    telephone.settle()
    drain()

    assert letters("ada@example.org") == []
    assert planned("hour_before_mail", reminded).reason == "it has begun"


def test_group_28_a_reminder_of_an_old_time_that_is_reported_lost_changes_nothing(
    reminded, ada, ben, drain, telephone, tuesday
):
    now = tuesday + timedelta(hours=3, minutes=20)
    bookings.move(booking=reminded, coach=ben, starts_at=TOMORROW, by=ada.participant.user, now=now)
    telephone.script(ADAS_NUMBER, "text unreachable")
    telephone.settle()

    assert not Outgoing.objects.filter(kind="hour_before_mail").exists()


def says_stop(ada):
    optouts.record(number=ADAS_NUMBER, now=HALF_PAST_TWO)


def withdraws(ada):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=HALF_PAST_TWO)


def drops_the_number(ada):
    ada.participant.phone = ada.participant.phone_index = ""
    ada.participant.save()


@pytest.mark.parametrize(
    ("then", "ends"),
    [(says_stop, State.SENT), (withdraws, State.SENT), (drops_the_number, State.UNKNOWN)],
)
def test_a_text_of_which_nothing_was_heard_is_settled_whatever_the_person_does_then(
    book, ada, drain, telephone, tuesday, then, ends
):
    telephone.fail_next("500 after", on="Messages")
    booked = book(tuesday)
    drain()

    then(ada)
    settled = [reconciling.reconcile(now=tuesday + timedelta(minutes=minute)) for minute in (1, 2)]

    assert settled == [1, 0]
    assert planned("booking_text", booked).state == ends


def test_a_coach_who_cannot_make_it_sends_an_apology_and_a_way_to_other_times(
    book, ben, drain, inbox, tuesday
):
    booked = book(tuesday)
    bookings.cancel(booked, by=ben.user, now=tuesday, side=By.COACH)

    drain()

    assert inbox()[-1] == (
        "Sorry, today's 2:20 pm appointment cannot go ahead. Other times, or another person: "
        f"http://testserver/a/{notices.code(booked.pk)}/"
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [("C", Status.CANCELLED), (" c. ", Status.CANCELLED), ("1", Status.BOOKED), ("R", Status.BOOKED)],
)
def test_group_25_a_one_letter_reply_does_what_the_text_said(book, drain, telephone, tuesday, word, status):
    booked = book(tuesday)
    drain()
    telephone.settle()

    telephone.handset(ADAS_NUMBER).text(word)

    booked.refresh_from_db()
    assert booked.status == status


def test_group_25_a_repeated_c_does_not_cancel_a_later_booking(book, drain, telephone, tuesday):
    book(tuesday)
    drain()
    telephone.handset(ADAS_NUMBER).text("C")
    [heard] = [notice for notice, _reply in telephone.notices if notice.form.get("Body") == "C"]
    later = book(tuesday, at=TOMORROW)

    answer = telephone.repeat(heard)

    later.refresh_from_db()
    assert (answer.status, later.status) == (204, Status.BOOKED)


def test_group_25_r_brings_the_way_to_another_time(book, drain, telephone, inbox, tuesday):
    booked = book(tuesday)
    drain()
    telephone.handset(ADAS_NUMBER).text("R")

    drain()

    assert inbox()[-1] == f"To pick another time: http://testserver/a/{notices.code(booked.pk)}/"


def test_group_25_cancel_as_a_word_is_an_opt_out_and_leaves_the_booking(book, drain, telephone, tuesday):
    booked = book(tuesday)
    drain()

    telephone.handset(ADAS_NUMBER).text("CANCEL")

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED
    assert optouts.stands(number=ADAS_NUMBER)


@pytest.mark.parametrize("about", ["two bookings", "a stranger", "after it began"])
def test_group_25_a_reply_that_can_mean_more_than_one_thing_changes_nothing(
    book, ada, drain, telephone, tuesday, time_passes, about
):
    booked = book(tuesday)
    drain()
    if about == "two bookings":
        BookingFactory(enrolment=ada, coach=CoachFactory(), starts_at=TOMORROW)
    if about == "after it began":
        time_passes(hours=5)

    telephone.handset("+447700900999" if about == "a stranger" else ADAS_NUMBER).text("C")

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED


def test_group_07_a_call_booked_in_summer_time_for_winter_time_shows_one_wall_time_everywhere(
    ada, ben, as_participant
):
    AvailabilityRule.objects.filter(coach=ben).delete()
    AvailabilityRule.objects.create(coach=ben, weekday=0, starts=time(9), ends=time(10))
    now = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)
    at = datetime(2026, 10, 26, 9, 0, tzinfo=ZoneInfo(LONDON)).astimezone(UTC)
    ada.participant.refresh_from_db()
    type(ada).objects.update(joined_at=now)
    ada.refresh_from_db()

    booked = bookings.book(
        coach=ben, starts_at=at, enrolment=ada, request="0b0f2d2e-4cbf-4f0d-9a5e-111111111111",
        by=ada.participant.user, now=now,
    )  # fmt: skip

    assert booked.local_start == "2026-10-26T09:00"
    assert "Mon 26 Oct, 9:00 am" in notices.words("booking_text", booked, now=now)
    assert "9:00 am" in as_participant.get(f"/calls/{booked.pk}/").content.decode()
    [event] = Calendar.from_ical(calendar_file.of(booked, attendee="a@example.org", now=now)).walk("VEVENT")
    assert event.start.astimezone(ZoneInfo(LONDON)).hour == 9
    assert planned("day_before", booked).due_at == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)


def at(hour, minute=0, day=4, zone=LONDON):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "latest", "expected"),
    [
        pytest.param(at(12), at(18), at(12), id="by day: as it is"),
        pytest.param(at(20), at(23), at(19, 59), id="in the evening: just before eight"),
        pytest.param(at(6, 30), at(7, 20), at(19, 59, day=3), id="before an early call: the evening before"),
        pytest.param(at(6, 30), at(12), at(8), id="in the night, with time left: eight in the morning"),
    ],
)
def test_group_29_reminders_keep_the_quiet_hours(due, latest, expected):
    assert quiet.before(due, latest=latest, zone=LONDON) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [(at(12), at(12)), (at(21), at(8, day=5)), (at(3), at(8))],
    ids=["by day", "in the evening", "in the night"],
)
def test_what_can_wait_waits_for_the_morning(due, expected):
    assert quiet.after(due, zone=LONDON) == expected


def test_group_29_quiet_hours_are_those_of_the_recipient():
    assert quiet.holds(at(12, zone=LONDON), zone=TORONTO)
    assert not quiet.holds(at(12, zone=LONDON), zone=LONDON)


def test_group_29_a_call_at_half_past_seven_in_the_morning_is_reminded_of_the_evening_before(
    ada, tuesday, telephone
):
    booked = BookingFactory(enrolment=ada, starts_at=at(7, 30, day=5))

    reminders.plan(booked, reminders.BOOKED, now=tuesday)

    hour_before = planned("hour_before", booked)
    assert hour_before.due_at == at(19, 59)
    assert notices.words("hour_before", booked, now=hour_before.due_at).startswith(
        "Tomorrow at 7:30 am we ring"
    )


@pytest.mark.parametrize(
    "kind",
    [
        "booking_text",
        "day_before",
        "hour_before",
        "missed",
        "not_now",
        "sorry",
        "rate_call",
        "change_link",
        "move_please",
    ],
)
def test_group_30_every_text_fits_one_part_of_plain_letters(ada, tuesday, settings, kind):
    settings.PUBLIC_BASE_URL = "https://steady.hospital.example"
    starts_at = datetime(2026, 9, 30, 11, 30, tzinfo=UTC)  # the longest names of days and months
    booked = BookingFactory(enrolment=ada, starts_at=starts_at)
    plain = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà") | {
        chr(code) for code in (*range(48, 58), *range(65, 91), *range(97, 123))
    }

    for now in (starts_at - timedelta(hours=1), starts_at - timedelta(days=1), starts_at - timedelta(days=3)):
        text = notices.words(kind, booked, now=now)
        assert set(text) <= plain
        assert len(text) <= 160


def test_the_short_code_of_a_booking_is_found_again(ada):
    booked = BookingFactory(enrolment=ada)

    lowest, highest = notices.ids_of(notices.code(booked.pk).lower())

    assert lowest <= booked.pk <= highest


@pytest.mark.parametrize("code", ["", "x", "????????", "ABCDEFGHIJKLMNOP"])
def test_what_is_not_a_code_is_refused(code):
    with pytest.raises(notices.NotACode):
        notices.ids_of(code)
