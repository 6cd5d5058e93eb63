"""Where no time or no telephone suits somebody: what they ask for, who sees it, and what comes of it."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from resilience.coaching import calls, no_time, offers, other_ways, tasks
from resilience.coaching.booking_models import NoTime, OtherWay
from resilience.coaching.models import AvailabilityRule, Booking, Call, Outcome, Status
from resilience.messaging.models import Outgoing
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, radios, words

pytestmark = pytest.mark.django_db
FIVE = datetime(2026, 11, 5, 17, 15, tzinfo=UTC)  # of no grid
ARRANGED = {"coach": "ben", "date": "2026-11-05", "time": "17:15", "meet_at": "Room 4, first floor",
            "outside": "on"}  # fmt: skip


def test_what_would_suit_is_counted_for_whoever_plans_without_a_name(as_participant, as_coach_lead, ada, ben):
    ticked = {"days": ["SAT", "SUN"], "parts": ["EVENING"], "tell_me": "on"}
    for _twice in range(2):
        as_participant.post("/calls/no-time/", ticked)

    page = words(as_coach_lead.get("/manage/calls/"))

    assert re.search(
        r"5 to 9 in the evening</th>(<td class=\"r\">0</td>){5}(<td class=\"r\">1</td>){2}</tr>", page
    )
    assert "1 person waits for a time" in page
    assert "Ada" not in page


def test_an_empty_page_is_422_and_what_was_ticked_stands_there_next_time(as_participant, ada, ben):
    empty = as_participant.post("/calls/no-time/", {"days": ["MON"]})
    as_participant.post("/calls/no-time/", {"days": ["MON"], "parts": ["NIGHT"]})

    page = words(as_participant.get("/calls/no-time/"))

    assert (empty.status_code, NoTime.objects.count()) == (422, 1)
    assert re.search(r'value="NIGHT"[^>]*checked', page)


def test_who_waits_is_written_to_once_when_a_time_becomes_free(ada, ben, tuesday, drain):
    AvailabilityRule.objects.all().delete()
    no_time.ask(enrolment=ada, wanted=[], tell_me=True, now=tuesday)
    before = no_time.tell(now=tuesday)
    AvailabilityRule.objects.create(coach=ben, weekday=2, starts="09:00", ends="12:00")

    tasks.sweep()
    tasks.sweep()
    drain()

    told = [letter for letter in mail.outbox if "/calls/times/" in letter.body]
    assert (before, len(told)) == (0, 1)
    assert "coach" not in told[0].subject.lower()


def test_no_more_are_written_to_than_there_are_times_and_who_asked_first_comes_first(ada, ben, tuesday):
    AvailabilityRule.objects.all().delete()
    AvailabilityRule.objects.create(coach=ben, weekday=2, starts="09:00", ends="09:30", valid_to="2026-11-04")
    later, first = EnrolmentFactory(), ada
    no_time.ask(enrolment=first, wanted=[], tell_me=True, now=tuesday - timedelta(hours=1))
    no_time.ask(enrolment=later, wanted=[], tell_me=True, now=tuesday)

    told = no_time.tell(now=tuesday)

    assert told == 1
    assert Outgoing.objects.get(kind=no_time.TIME_FREE).recipient == first.participant.user


def test_who_has_booked_meanwhile_is_not_written_to(book, ada, ben, tuesday, drain):
    no_time.ask(enrolment=ada, wanted=[], tell_me=True, now=tuesday)
    no_time.tell(now=tuesday)
    book(tuesday)

    drain()

    assert not [letter for letter in mail.outbox if "You asked us to write" in letter.body]


@pytest.fixture
def asked(ada, ben, tuesday):
    return other_ways.ask(enrolment=ada, way="VIDEO", by=ada.participant.user, now=tuesday)


def test_another_way_is_asked_for_and_taken_back(as_participant, ada, ben):
    nothing = as_participant.post("/calls/another-way/", {})
    page = as_participant.post("/calls/another-way/", {"way": "TEXT_RELAY"}, follow=True)
    asked = other_ways.open_wish(ada)

    as_participant.post("/calls/another-way/", {"do": "forget"})

    assert (nothing.status_code, asked.way) == (422, "TEXT_RELAY")
    assert "You asked for another way to talk: text relay" in words(page)
    assert other_ways.open_wish(ada) is None


def test_the_lead_arranges_it_and_nobody_rings(as_coach_lead, as_participant, asked, ada, drain, telephone):
    listed = words(as_coach_lead.get("/manage/calls/"))
    as_coach_lead.post(f"/manage/calls/{asked.pk}/", ARRANGED)

    booked = Booking.objects.get()
    drain()
    page = words(as_participant.get(f"/calls/{booked.pk}/"))
    assert "Ada, video" in listed
    assert "ada@example.org" not in listed
    assert (booked.status, booked.way, booked.starts_at) == (Status.BOOKED, "VIDEO", FIVE)
    assert "Room 4, first floor" in page
    assert "rings you" not in page
    assert not Outgoing.objects.filter(kind="call_leg").exists()
    assert not any("We ring" in letter.body or "Room 4" in letter.body for letter in mail.outbox)
    assert not any("ring" in text.body for text in telephone.messages)


@pytest.mark.parametrize(
    ("typed", "status"),
    [({}, 422), ({"meet_at": ""}, 422), ({"date": "2026-11-02"}, 422), ({"coach": "nobody"}, 422)],
    ids=["taken", "nowhere", "past", "another coach"],
)
def test_what_cannot_be_arranged_is_422_with_all_that_was_typed(as_coach_lead, asked, ben, typed, status):
    BookingFactory(coach=ben, starts_at=FIVE - timedelta(minutes=20))

    answer = as_coach_lead.post(f"/manage/calls/{asked.pk}/", {**ARRANGED, **typed})

    assert answer.status_code == status
    assert 'role="alert"' in words(answer)
    assert Booking.objects.count() == 1


def test_a_lead_of_another_programme_finds_nothing_to_arrange(sign_in, asked):
    from tests.factories.accounts import UserFactory

    other = sign_in(UserFactory(roles=["COACH_LEAD"], roles__programme="another"))

    assert other.get(f"/manage/calls/{asked.pk}/").status_code == 404
    assert "Ada" not in words(other.get("/manage/calls/"))


def test_a_talk_another_way_counts_as_a_call_with_its_way_once_the_coach_has_said_so(
    asked, ada, ben, tuesday
):
    booked = other_ways.arrange(asked, coach=ben, starts_at=FIVE, meet_at="Room 4", by=ben.user, now=tuesday)
    over = FIVE + timedelta(minutes=31)
    nothing_yet = other_ways.open_for_the_coachs_word(now=FIVE + timedelta(minutes=20))
    other_ways.open_for_the_coachs_word(now=over)
    call = Call.objects.get()

    calls.say(call, outcome=Outcome.FULFILLED, minutes=28, by=ben.user, now=over)

    call.refresh_from_db()
    assert nothing_yet == 0
    assert (call.booking, call.outcome, call.minutes) == (booked, Outcome.FULFILLED, 28)
    assert offers.calls_held(ada) == 1
    assert not Outgoing.objects.filter(kind="call_leg").exists()


def test_coaches_are_found_by_language_background_and_place_of_work(as_participant, ada, ben):
    other = ada.cohort.programme.organisation.__class__.objects.create(slug="other", name="Other")
    eva = CoachFactory(slug="eva", shown_name="Eva", languages=["English", "Gujarati"], is_clinical=True)
    type(eva).objects.filter(pk=eva.pk).update(organisation=other)
    here = ada.cohort.programme.organisation
    type(ben).objects.filter(pk=ben.pk).update(
        organisation=here, unit="Ward 7", languages=["English"], background="Coach"
    )
    type(ada.respondent).objects.filter(pk=ada.respondent_id).update(workplace="Ward 9")

    def found(query):
        return {value.split("@")[0] for value in radios(as_participant.get(f"/calls/times/?{query}"))}

    assert found("language=Gujarati") == {"eva"}
    assert found("background=yes") == {"eva"}
    assert found("background=no") == {"ben"}
    assert found("where=another-organisation") == {"eva"}
    assert found("where=another-unit") == {"ben"}
    assert found("where=same-unit") == set()
    assert found("language=Klingon&where=moon") == {"ben", "eva"}
    page = words(as_participant.get("/calls/times/?where=another-unit"))
    assert "From another unit" in page
    assert "where=another-unit" in page


def test_a_call_another_way_does_not_happen_with_somebody_above_them(asked, ada, ben, tuesday):
    from resilience.coaching import booking as bookings
    from resilience.coaching import keeping_apart

    keeping_apart.declare(
        by=ben.user, kind="MANAGES", other="ada@example.org", other_is_above=False, now=tuesday
    )

    with pytest.raises(bookings.SlotTaken):
        other_ways.arrange(asked, coach=ben, starts_at=FIVE, meet_at="Room 4", by=ben.user, now=tuesday)
    assert OtherWay.objects.get().ended_at is None


def test_asking_is_closed_once_a_call_is_booked(as_participant, book, tuesday):
    book(tuesday, at=HALF_PAST_TWO)

    assert as_participant.get("/calls/no-time/").url == "/calls/"
    assert as_participant.post("/calls/another-way/", {"way": "VIDEO"}).url == "/calls/"


def test_a_time_outside_the_coachs_hours_is_booked_only_once_the_lead_says_that_both_agreed(
    as_coach_lead, asked
):
    three_in_the_morning = {**ARRANGED, "time": "03:00"}
    page = f"/manage/calls/{asked.pk}/"

    warned = as_coach_lead.post(page, {**three_in_the_morning, "outside": ""})
    before = Booking.objects.count()
    as_coach_lead.post(page, three_in_the_morning)

    assert (warned.status_code, before, Booking.objects.count()) == (422, 0, 1)
    assert "This is outside the coach&#x27;s hours." in words(warned)


def test_whoever_arranges_a_talk_sees_what_would_suit_and_what_is_free(as_coach_lead, asked, ada, tuesday):
    no_time.ask(enrolment=ada, wanted=["SAT", "EVENING"], tell_me=False, now=tuesday)

    page = words(as_coach_lead.get(f"/manage/calls/{asked.pk}/"))

    assert "Saturday: 5 to 9 in the evening" in page
    assert "Next free times of Ben (London time)." in page


def test_a_free_time_that_is_tapped_stands_in_the_form_by_the_coachs_clock(as_coach_lead, asked, ben):
    ben.time_zone = "Europe/Athens"
    ben.save()
    page = words(as_coach_lead.get(f"/manage/calls/{asked.pk}/"))
    there = html.unescape(re.search(r'<a href="(\?coach=ben[^#]*)#id_date"', page)[1])

    form = as_coach_lead.get(f"/manage/calls/{asked.pk}/{there}").context["form"]

    assert "(Athens time)" in page
    assert form["coach"].value() == "ben"
    assert f"date={form['date'].value()}&time={form['time'].value()}" in there
    assert asked.booking is None


def test_a_talk_another_way_is_never_said_to_be_rung_or_filled_in_from_the_telephone(
    asked, as_participant, ben, sign_in, tuesday, time_passes
):
    link = "https://meet.example.org/ada"
    booked = other_ways.arrange(asked, coach=ben, starts_at=FIVE, meet_at=link, by=ben.user, now=tuesday)
    before = [words(as_participant.get(page)) for page in ("/calls/", "/my/")]
    meet = words(as_participant.get(f"/calls/{booked.pk}/"))
    now = time_passes(days=2, hours=9)
    other_ways.open_for_the_coachs_word(now=now)

    after = words(sign_in(ben.user).get(f"/coach/calls/{booked.pk}/"))

    assert not [page for page in before if "We ring you" in page]
    assert f'<a href="{link}"' in meet
    assert "We did not ring for this talk." in after
    assert "Filled in from the telephone" not in after


def test_for_a_talk_another_way_the_coach_reads_that_they_begin_it(asked, ben, sign_in, tuesday):
    booked = other_ways.arrange(
        asked, coach=ben, starts_at=FIVE, meet_at="On the ward", by=ben.user, now=tuesday
    )

    page = words(sign_in(ben.user).get(f"/coach/calls/{booked.pk}/"))

    assert "We ring nobody for this talk. You begin it at the agreed time" in page
    assert "At the time your telephone rings" not in page
    assert "If the line drops" not in page
