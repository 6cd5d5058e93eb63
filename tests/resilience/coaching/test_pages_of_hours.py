"""The coach's page of hours beside the week: days that differ, absences, how they can be booked, their calendars."""

import re
from datetime import date, time

import pytest
from django.core import mail

from resilience import clock
from resilience.coaching import hours
from resilience.coaching.hours import Stretch
from resilience.coaching.hours_models import Absence, BusyFeed, BusySpan
from resilience.coaching.models import AvailabilityException, Booking
from resilience.participants.models import Programme
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, radios, words

pytestmark = pytest.mark.django_db
PAGE = "/coach/hours/"
TERMS = {
    "gap_minutes": "15", "notice_hours": "24", "horizon_days": "28", "most_per_day": "3", "most_per_week": "",
    "time_zone": "America/Toronto", "set_terms": "1",
}  # fmt: skip
MONDAY_TWICE = [Stretch(0, time(9), time(12)), Stretch(0, time(14), time(17))]
OTHER = {"other-date": "2026-11-07", "other-kind": "EXTRA", "other-starts": "10:00", "other-ends": "11:00"}


def test_extra_hours_on_a_day_are_offered_and_given_back(as_coach, as_participant, ada, ben):
    as_coach.post(
        PAGE,
        {
            **OTHER,
            "other-date": "2026-11-04",
            "other-starts": "19:00",
            "other-ends": "20:00",
            "change_day": "1",
        },
    )
    page, with_them = words(as_coach.get(PAGE)), radios(as_participant.get("/calls/times/"))

    as_coach.post(PAGE, {"give_back": "2026-11-04"})

    assert "also 19:00 to 20:00" in page
    assert "ben@2026-11-04T19:00:00Z" in with_them
    assert "ben@2026-11-04T19:00:00Z" not in radios(as_participant.get("/calls/times/"))


def test_the_second_hours_of_a_day_are_folded_until_there_are_any(as_coach, ben):
    hours.set_week(ben, [*MONDAY_TWICE, Stretch(1, time(9), time(12))], by=ben.user, now=clock.now())

    page = words(as_coach.get(PAGE))

    folded = dict(
        zip(("Monday", "Tuesday"), re.findall(r"<details( open)?><summary>And again", page), strict=False)
    )
    assert folded == {"Monday": " open", "Tuesday": ""}


def test_an_absence_is_noted_and_forgotten(as_coach, as_participant, ada, ben):
    as_coach.post(PAGE, {"away-first": "2026-11-03", "away-last": "2026-11-04", "go_away": "1"})
    away = radios(as_participant.get("/calls/times/"))

    as_coach.post(PAGE, {"come_back": str(Absence.objects.get().pk)})

    assert away[0].startswith("ben@2026-11-05")
    assert radios(as_participant.get("/calls/times/"))[0].startswith("ben@2026-11-03")


@pytest.mark.parametrize(
    ("sent", "place", "said"),
    [
        pytest.param({"date": "2026-11-07", "take_off": "1"}, "days", "You are off on", id="a day off"),
        pytest.param({**OTHER, "change_day": "1"}, "days", "This day is changed.", id="other hours"),
        pytest.param({"give_back": "2026-11-07"}, "days", "is as usual again.", id="as usual"),
        pytest.param(
            {"away-first": "2026-11-09", "away-last": "2026-11-10", "go_away": "1"},
            "absences", "Nobody can book you on these days.", id="away",
        ),
        pytest.param(TERMS, "terms", "This is saved.", id="how to be booked"),
        pytest.param({"renew_feed": "1"}, "feed", "The old address is dead.", id="the calendar's address"),
    ],
)  # fmt: skip
def test_what_was_done_is_said_once_below_the_heading_that_the_page_goes_to(as_coach, sent, place, said):
    answer = as_coach.post(PAGE, sent)

    below = words(as_coach.get(PAGE)).partition(f'<h2 id="{place}">')[2].partition("<h2")[0]
    assert answer["Location"] == f"{PAGE}#{place}"
    assert said in below
    assert said not in words(as_coach.get(PAGE))


def test_no_button_of_the_hours_keeps_the_place_of_the_one_before(as_coach, ben):
    as_coach.post(PAGE, {"away-first": "2026-11-09", "away-last": "2026-11-10", "go_away": "1"})

    page = words(as_coach.get(PAGE)).partition("<main")[2].partition("</main>")[0]

    assert page.count("<form") == page.count(f'action="{PAGE}"')


def test_nobody_ends_the_absence_of_another_coach(as_coach, ben):
    hers = Absence.objects.create(
        coach=CoachFactory(), first_date=date(2026, 11, 4), last_date=date(2026, 11, 5)
    )

    as_coach.post(PAGE, {"come_back": str(hers.pk)})

    assert Absence.objects.filter(pk=hers.pk).exists()


def test_how_a_coach_can_be_booked_is_changed_and_calls_stay(as_coach, ben):
    booked = BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)

    as_coach.post(PAGE, TERMS)

    ben.refresh_from_db()
    assert (ben.gap_minutes, ben.notice_hours, ben.horizon_days) == (15, 24, 28)
    assert (ben.most_per_day, ben.most_per_week, ben.time_zone) == (3, None, "America/Toronto")
    assert Booking.objects.get(pk=booked.pk).starts_at == HALF_PAST_TWO


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        pytest.param({**OTHER, "other-kind": "", "change_day": "1"}, "2026-11-07", id="a day without a kind"),
        pytest.param({**OTHER, "other-ends": "10:00", "change_day": "1"}, "2026-11-07", id="hours without a length"),
        pytest.param(
            {"away-first": "2026-11-09", "away-last": "2026-11-05", "go_away": "1"}, "2026-11-09", id="back before gone"
        ),
        pytest.param(
            {"away-first": "2026-10-09", "away-last": "2026-10-10", "go_away": "1"}, "2026-10-09", id="long ago"
        ),
        pytest.param({**TERMS, "gap_minutes": "121"}, 'value="121"', id="a gap of two hours"),
        pytest.param({**TERMS, "most_per_day": "0"}, 'value="28"', id="no call a day"),
        pytest.param({**TERMS, "time_zone": "Mars"}, 'value="28"', id="no zone of ours"),
        pytest.param(
            {"own-address": "http://192.168.1.1/a.ics", "own_calendar": "1"}, "http://192.168.1.1/a.ics", id="no https"
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_422_with_everything_still_there_and_changes_nothing(as_coach, ben, sent, typed):
    answer = as_coach.post(PAGE, sent)

    ben.refresh_from_db()
    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert typed in words(answer)
    assert (ben.gap_minutes, ben.time_zone) == (10, "Europe/London")
    assert not any(model.objects.exists() for model in (AvailabilityException, Absence, BusyFeed))


def test_group_11_a_call_outside_the_hours_can_be_offered_another_time_once_and_stays_until_then(
    as_coach, as_participant, book, drain, tuesday
):
    booked = book(tuesday)
    drain()
    as_coach.post(PAGE, {"day0-0-from": "09:00", "day0-0-to": "12:00"})
    before = len(mail.outbox)

    for _ in range(2):
        as_coach.post(PAGE, {"ask_to_move": str(booked.pk)})
    drain()

    booked.refresh_from_db()
    page = words(as_coach.get(PAGE))
    assert (booked.status, booked.version, booked.starts_at) == ("BOOKED", 1, HALF_PAST_TWO)
    assert "asked for another time" in page
    assert f'value="{booked.pk}"' not in page
    assert len(mail.outbox) == before
    assert as_participant.get(f"/calls/{booked.pk}/move/").status_code == 200


def test_group_11_the_question_goes_by_text_and_says_that_the_call_stays(
    as_coach, book, drain, telephone, tuesday
):
    booked = book(tuesday)

    as_coach.post(PAGE, {"ask_to_move": str(booked.pk)})
    drain()

    assert [text.body for text in telephone.messages if "another time" in text.body][-1].endswith("it stays.")


def test_group_11_nobody_is_asked_about_another_coachs_call(as_coach, ben, drain, tuesday):
    hers = BookingFactory(starts_at=HALF_PAST_TWO)

    as_coach.post(PAGE, {"ask_to_move": str(hers.pk)})
    as_coach.post(PAGE, {"ask_to_move": "no key"})

    assert "asked for another time" not in words(as_coach.get(PAGE))


def test_the_calendars_address_is_renewed_and_the_old_one_is_dead(as_coach, client, ben):
    old = ben.calendar_secret

    as_coach.post(PAGE, {"renew_feed": "1"})

    ben.refresh_from_db()
    assert client.get(f"/coach/calendar/{old}.ics").status_code == 404
    assert client.get(f"/coach/calendar/{ben.calendar_secret}.ics").status_code == 200


def test_a_calendar_that_was_not_read_for_a_day_says_so_and_its_times_still_count(as_coach, ben, tuesday):
    feed = BusyFeed(coach=ben, address="https://calendar.example/secret.ics", fault="UNREACHABLE")
    feed.asked_at, feed.read_at = tuesday, tuesday.replace(day=1)
    feed.save()
    BusySpan.objects.create(coach=ben, starts_at=HALF_PAST_TWO, ends_at=HALF_PAST_TWO.replace(hour=15))

    page = words(as_coach.get(PAGE))

    assert "We could not read your calendar: it did not answer." in page
    assert "The times from then still count." in page
    assert "secret.ics" not in page


def test_a_manager_settles_how_long_a_call_is_and_calls_that_are_booked_keep_their_length(as_manager, ben):
    booked = BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)
    slug = ben.programmes.get().slug
    address = f"/manage/programmes/{slug}/calls/"

    refused = as_manager.post(
        address, {"call_minutes": "5", "calls_offered": "2", "calls_close_after_days": "56"}
    )
    as_manager.post(address, {"call_minutes": "45", "calls_offered": "3", "calls_close_after_days": "60"})

    programme = Programme.objects.get(slug=slug)
    assert refused.status_code == 422
    assert (programme.call_minutes, programme.calls_offered) == (45, 3)
    assert Booking.objects.get(pk=booked.pk).ends_at == booked.ends_at
    assert "/manage/coaches/ben/calls/" in words(as_manager.get(address))
