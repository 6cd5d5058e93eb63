"""When a coach cannot hold calls: today, on leave, or ever again."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from resilience.accounts.models import Role
from resilience.coaching import booking as bookings
from resilience.coaching import cover, notices, slots
from resilience.coaching.hours_models import BusyFeed
from resilience.coaching.models import Booking, By, Status
from resilience.messaging.models import Outgoing, State
from tests.factories.accounts import UserFactory
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, HALF_PAST_TWO, radios, words

pytestmark = pytest.mark.django_db
TOMORROW = HALF_PAST_TWO + timedelta(days=1)
CALLED_OFF = "We had to call off your call"


@pytest.fixture
def to_ada(telephone):
    """What Ada got: the texts, and the letters."""

    def got():
        texts = [text.body for text in telephone.messages if text.to == ADAS_NUMBER]
        return texts, [letter for letter in mail.outbox if letter.to == ["ada@example.org"]]

    return got


def test_a_coach_who_cannot_work_today_calls_off_the_day_and_each_person_gets_one_message(
    as_coach, book, ben, drain, to_ada, tuesday
):
    today, tomorrow = book(tuesday), BookingFactory(coach=ben, starts_at=TOMORROW)
    drain()
    texts_before, letters_before = to_ada()

    as_coach.post("/coach/hours/today/")
    drain()

    today.refresh_from_db()
    tomorrow.refresh_from_db()
    texts, letters = to_ada()
    assert (today.status, today.cancelled_by, tomorrow.status) == (Status.CANCELLED, By.COACH, Status.BOOKED)
    assert texts[len(texts_before) :] == [
        "Sorry, today's 2:20 pm appointment cannot go ahead. Other times, or another person: "
        f"http://testserver/a/{notices.code(today.pk)}/"
    ]
    assert letters == letters_before
    assert slots.next_free(coaches=[ben], length=timedelta(minutes=30), now=tuesday)[0].starts_at.day == 4


def test_who_wants_no_texts_gets_the_one_message_by_e_mail_and_it_clears_the_calendar(
    as_coach, book, ada, drain, to_ada, tuesday
):
    book(tuesday)
    drain()
    ada.participant.phone_takes_texts = False
    ada.participant.save()
    texts_before, letters_before = to_ada()

    as_coach.post("/coach/hours/today/")
    drain()

    texts, letters = to_ada()
    [letter] = letters[len(letters_before) :]
    assert texts == texts_before
    assert "METHOD:CANCEL" in letter.attachments[0][1]


def test_the_message_leads_to_the_same_coach_later_or_to_another_now_and_asks_no_reason(
    as_coach, as_participant, book, ben, tuesday
):
    CoachFactory(slug="eva")
    booked = book(tuesday)
    as_coach.post("/coach/hours/today/")

    page = words(as_participant.get(f"/a/{notices.code(booked.pk)}/", follow=True))
    same = radios(as_participant.get("/calls/times/?coach=ben"))
    anybody = radios(as_participant.get("/calls/times/?coach="))

    assert 'href="/calls/times/?coach=ben"' in page
    assert 'href="/calls/times/?coach="' in page
    assert "/why/" not in page
    assert same[0].startswith("ben@2026-11-04")
    assert anybody[0].startswith("eva@2026-11-03")


@pytest.mark.parametrize("address", ["/calls/", "/my/"])
def test_the_participants_pages_say_that_our_side_called_it_off_until_another_call_is_booked(
    as_coach, as_participant, book, tuesday, address
):
    book(tuesday)
    before = words(as_participant.get(address))
    as_coach.post("/coach/hours/today/")
    then = words(as_participant.get(address))
    book(tuesday, at=TOMORROW)

    pages = (before, then, words(as_participant.get(address)))
    assert [CALLED_OFF in page for page in pages] == [False, True, False]


def test_where_our_side_called_it_off_other_times_stand_on_the_page_of_calls(
    as_coach, as_participant, book, tuesday
):
    book(tuesday)
    as_coach.post("/coach/hours/today/")

    page = words(as_participant.get("/calls/"))

    assert "This is counted on our side, never on yours." in page
    assert 'href="/calls/times/?coach=ben"' in page
    assert 'href="/calls/times/?coach="' in page


def test_nobody_is_told_of_our_side_after_they_cancelled_themselves(as_participant, book, tuesday):
    booked = book(tuesday)

    as_participant.post(f"/calls/{booked.pk}/cancel/")

    assert CALLED_OFF not in words(as_participant.get("/calls/"))


def test_who_is_kept_from_a_coach_is_offered_no_other_time_with_them(as_coach, as_participant, book, tuesday):
    booked = book(tuesday)

    as_coach.post(f"/coach/calls/{booked.pk}/not-with/")

    for address in ("/calls/", f"/calls/{booked.pk}/"):
        page = words(as_participant.get(address))
        assert 'href="/calls/times/?coach="' in page
        assert 'href="/calls/times/?coach=ben"' not in page


def test_pressing_it_twice_tells_nobody_twice(as_coach, book, tuesday):
    book(tuesday)
    for _ in range(2):
        as_coach.post("/coach/hours/today/")

    assert Outgoing.objects.filter(kind="sorry").count() == 1


def test_a_call_that_has_begun_is_left_to_the_telephone(book, ben, tuesday):
    booked = book(tuesday)

    called_off = cover.cannot_work_today(ben, by=ben.user, now=HALF_PAST_TWO)

    booked.refresh_from_db()
    assert (called_off, booked.status) == (0, Status.BOOKED)


def test_the_day_is_the_coachs_own_day(ben, tuesday):
    ben.time_zone = "Asia/Kathmandu"
    ben.save()
    booked = BookingFactory(
        coach=ben, starts_at=datetime.fromisoformat("2026-11-03T18:30Z")
    )  # a quarter past midnight

    assert cover.cannot_work_today(ben, by=ben.user, now=tuesday) == 0
    booked.refresh_from_db()
    assert booked.status == Status.BOOKED


@pytest.mark.parametrize("role", [Role.COACH_LEAD, Role.MANAGER])
def test_a_lead_or_manager_of_the_programme_does_it_for_a_coach_and_sees_no_name(
    sign_in, book, ben, tuesday, role
):
    browser = sign_in(UserFactory(email="someone@example.org", roles=[role]))
    booked = book(tuesday)

    page = words(browser.get("/manage/coaches/ben/today/"))
    browser.post("/manage/coaches/ben/today/")

    booked.refresh_from_db()
    assert "2:20 pm" in page
    assert "Ada" not in page
    assert (booked.status, booked.cancelled_by) == (Status.CANCELLED, By.US)


@pytest.mark.parametrize("page", ["today/", "calls/"])
def test_for_a_lead_of_another_programme_the_coach_does_not_exist(sign_in, ben, page):
    from resilience import clock
    from resilience.accounts import roles

    ProgrammeFactory(slug="elsewhere")
    lead = UserFactory(email="lead@example.org", roles=[])
    roles.grant(user=lead, role=Role.COACH_LEAD, programme="elsewhere", by=None, now=clock.now())

    assert sign_in(lead).get(f"/manage/coaches/ben/{page}").status_code == 404


def test_group_17_a_call_of_a_coach_who_leaves_is_handed_over_at_its_time_and_everybody_is_told(
    as_coach_lead, book, ben, drain, to_ada, tuesday
):
    eva = CoachFactory(slug="eva", shown_name="Eva")
    booked = book(tuesday)

    page = words(as_coach_lead.get(f"/manage/coaches/ben/calls/{booked.pk}/"))
    as_coach_lead.post(f"/manage/coaches/ben/calls/{booked.pk}/", {"to": "eva"})
    drain()

    booked.refresh_from_db()
    assert 'value="eva"' in page
    assert (booked.coach, booked.starts_at, booked.version) == (eva, HALF_PAST_TWO, 2)
    assert {letter.to[0] for letter in mail.outbox} >= {"ada@example.org", eva.user.email}


def test_group_17_only_coaches_who_are_free_then_can_take_a_call(as_coach_lead, book, ben, tuesday):
    busy = CoachFactory(slug="busy")
    CoachFactory(slug="free")
    BookingFactory(coach=busy, starts_at=HALF_PAST_TWO)
    booked = book(tuesday)

    assert [each.slug for each in cover.stand_ins(booked, now=tuesday)] == ["free"]
    for wrong in ({}, {"to": "busy"}, {"to": "ben"}):
        answer = as_coach_lead.post(f"/manage/coaches/ben/calls/{booked.pk}/", wrong)
        assert answer.status_code == 422
    assert Booking.objects.get(pk=booked.pk).coach == ben


def test_group_17_ending_a_coach_calls_off_what_is_booked_shuts_the_feed_and_offers_them_no_more(
    as_coach_lead, client, book, ben, drain, to_ada, tuesday
):
    booked, secret = book(tuesday), ben.calendar_secret
    BusyFeed(coach=ben, address="https://calendar.example/a.ics").save()
    drain()

    as_coach_lead.post("/manage/coaches/ben/calls/", {"end": "1"})
    drain()

    booked.refresh_from_db()
    ben.refresh_from_db()
    assert (booked.status, booked.cancelled_by) == (Status.CANCELLED, By.US)
    assert any("cannot go ahead" in text for text in to_ada()[0])
    assert not ben.is_active
    assert ben.calendar_secret != secret
    assert not BusyFeed.objects.exists()
    assert slots.coaches_of(booked.enrolment.cohort.programme) == []
    for each in (secret, ben.calendar_secret):
        assert client.get(f"/coach/calendar/{each}.ics").status_code == 404
    assert not Outgoing.objects.filter(target_id=booked.pk, kind="call_leg", state=State.DUE).exists()


def test_group_17_a_leave_calls_off_what_is_booked_in_it_and_keeps_the_rest(as_coach_lead, ben, tuesday):
    before, within, after = [
        BookingFactory(coach=ben, starts_at=HALF_PAST_TWO + timedelta(days=days)) for days in (0, 1, 3)
    ]

    as_coach_lead.post("/manage/coaches/ben/calls/", {"away-first": "2026-11-04", "away-last": "2026-11-05"})

    states = [Booking.objects.get(pk=each.pk).status for each in (before, within, after)]
    assert states == [Status.BOOKED, Status.CANCELLED, Status.BOOKED]
    assert ben.absences.get().last_date == date(2026, 11, 5)


def test_the_pages_about_a_coachs_calls_ask_as_much_of_the_database_for_many_as_for_one(
    as_coach_lead, ben, django_assert_max_num_queries
):
    for number in range(12):
        BookingFactory(coach=ben, starts_at=HALF_PAST_TWO + timedelta(days=number))

    with django_assert_max_num_queries(14):
        as_coach_lead.get("/manage/coaches/ben/calls/")


def test_somebody_is_never_handed_over_to_themselves(ben, tuesday):
    eva = CoachFactory()
    hers = BookingFactory(
        coach=ben, starts_at=HALF_PAST_TWO, enrolment=EnrolmentFactory(participant__user=eva.user)
    )

    assert cover.stand_ins(hers, now=tuesday) == []


def test_a_call_is_handed_over_under_the_rules_of_booking(book, ben, tuesday):
    eva = CoachFactory()
    booked = book(tuesday)
    BookingFactory(coach=eva, starts_at=HALF_PAST_TWO)

    with pytest.raises(bookings.SlotTaken):
        cover.hand_over(booked, to=eva, by=ben.user, now=tuesday)
