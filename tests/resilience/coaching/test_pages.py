"""The pages of the offer and of free times: what each shows, refuses and changes."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from resilience.accounts.models import Draft
from resilience.coaching import choosing, guides, offers
from resilience.coaching.models import (
    AvailabilityRule,
    Booking,
    CallDecline,
    Status,
)
from resilience.participants import reasons
from resilience.participants.models import Stage
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.measures import OccasionFactory, ResponseFactory, TimepointFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, once, radios, words

pytestmark = pytest.mark.django_db
ONCE = "5f0f2d2e-4cbf-4f0d-9a5e-222222222222"


@pytest.fixture
def times(as_participant, ada, ben):
    return as_participant.get("/calls/times/")


def test_the_offer_says_what_a_coach_does_and_links_to_the_times(as_participant, ada, ben):
    guides.load(
        programme=ada.cohort.programme, role="<p>A coach asks and listens.</p>", guidance="", calls=[]
    )

    page = words(as_participant.get("/calls/"))

    assert "A coach asks and listens." in page
    assert 'href="/calls/times/"' in page


def test_before_the_short_page_was_answered_a_call_is_early(as_participant, ada, ben, tuesday):
    TimepointFactory(programme=ada.cohort.programme, key="t2", position=2)

    assert offers.standing(ada, now=tuesday).offer == offers.Offer.EARLY
    assert "I would like a call sooner" in words(as_participant.get("/calls/"))


def test_once_the_short_page_was_answered_calls_are_open(ada, tuesday):
    t2 = TimepointFactory(programme=ada.cohort.programme, key="t2", position=2)
    occasion = OccasionFactory(respondent=ada.respondent, timepoint=t2, instrument="coping_confidence")
    before = offers.standing(ada, now=tuesday).offer
    ResponseFactory(respondent=ada.respondent, occasion=occasion, instrument="coping_confidence")

    assert (before, offers.standing(ada, now=tuesday).offer) == (offers.Offer.EARLY, offers.Offer.OPEN)


def test_once_the_window_of_the_short_page_closed_calls_are_open(ada, tuesday):
    t2 = TimepointFactory(programme=ada.cohort.programme, key="t2", position=2)
    occasion = OccasionFactory(respondent=ada.respondent, timepoint=t2)

    assert offers.standing(ada, now=occasion.closes_at + timedelta(seconds=1)).offer == offers.Offer.OPEN


def test_a_no_is_accepted_first_and_the_reason_may_follow(as_participant, ada, ben):
    page = as_participant.post("/calls/decline/", follow=True)
    before = reasons.said(ada, Stage.CALLS)

    as_participant.post("/calls/decline/", {"reason": "NO_TIME"})

    assert "No call, then. That is fine." in words(page)
    assert (before, reasons.said(ada, Stage.CALLS)) == ("", "NO_TIME")
    assert "Would you tell us why?" not in words(as_participant.get("/calls/"))


def test_a_reason_that_is_not_on_the_list_is_not_kept(as_participant, ada, ben):
    as_participant.post("/calls/decline/", {"reason": "my coach shouted"})

    assert CallDecline.objects.filter(enrolment=ada).exists()
    assert reasons.said(ada, Stage.CALLS) == ""


def test_when_the_weeks_for_calls_are_over_nothing_is_offered(as_participant, ada, ben, time_passes):
    time_passes(days=57)

    assert 'href="/calls/times/"' not in words(as_participant.get("/calls/"))
    assert as_participant.get("/calls/times/").status_code == 302


def test_who_did_not_agree_to_calls_is_told_where_to_change_that(sign_in, ben):
    someone = EnrolmentFactory(consents=["TAKE_PART"])

    assert 'href="/my/consent/"' in words(sign_in(someone.participant.user).get("/calls/"))


def test_the_next_twenty_times_stand_by_day_in_the_participants_zone(as_participant, ada, ben):
    ada.participant.time_zone = "America/Toronto"
    ada.participant.save()

    page = as_participant.get("/calls/times/")

    assert len(radios(page)) == 20
    assert radios(page)[0] == "ben@2026-11-03T12:20:00Z"
    assert "Times are Toronto time." in words(page)
    assert re.search(r'<time datetime="2026-11-03T12:20:00Z">\s*7:20 am</time>', words(page))


@pytest.mark.parametrize(
    ("chosen", "shown"), [("America/Toronto", "Toronto"), ("Mars/Olympus", "London"), ("", "London")]
)
def test_somebody_who_lives_by_another_clock_sees_its_times(as_participant, ada, ben, chosen, shown):
    page = as_participant.post("/calls/zone/", {"zone": chosen}, follow=True)

    assert f"Times are {shown} time." in words(page)


def test_every_zone_that_is_offered_is_one():
    assert all(ZoneInfo(name) for name in choosing.ZONES)


def test_later_times_follow_on(as_participant, times):
    later = re.search(r'href="([^"]*after=[^"]*)"', words(times))[1].replace("&amp;", "&")

    assert not set(radios(times)) & set(radios(as_participant.get(later)))


def test_a_coach_can_be_chosen(as_participant, ada, ben):
    eva = CoachFactory(slug="eva", shown_name="Eva")
    type(eva).objects.filter(pk=eva.pk).update(profile="I like early mornings.")

    page = as_participant.get("/calls/times/?coach=eva")

    assert {value.split("@")[0] for value in radios(page)} == {"eva"}
    assert "I like early mornings." in words(page)


@pytest.mark.parametrize(
    "query",
    [
        "?coach=nobody",
        "?after=yesterday",
        "?after=2026-11-03",
        "?coach=&after=%00",
        "?after=9999-01-01T00:00:00Z",
        "?after=0001-01-01T00:00:00%2B14:00",
    ],
)
def test_an_odd_query_shows_the_first_times(as_participant, times, query):
    assert radios(as_participant.get(f"/calls/times/{query}")) == radios(times)


def test_booking_leads_to_the_page_of_the_call(as_participant, ada, times):
    answer = as_participant.post("/calls/", {"time": radios(times)[0], "request": once(times)})

    booked = Booking.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/calls/{booked.pk}/")
    page = words(as_participant.get(answer.url))
    assert "Your call is booked" in page
    assert "020 7946 0123" in page


def test_group_05_the_same_post_twice_leads_to_the_same_booking(as_participant, ada, times):
    form = {"time": radios(times)[0], "request": once(times)}

    answers = [as_participant.post("/calls/", form).url for _ in range(2)]

    assert answers[0] == answers[1]
    assert Booking.objects.count() == 1


def test_group_01_a_time_that_was_just_taken_is_409_with_other_times(as_participant, ada, ben, times):
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)
    taken = "ben@2026-11-03T14:20:00Z"

    answer = as_participant.post("/calls/", {"time": taken, "request": once(times)})

    assert answer.status_code == 409
    assert 'role="alert"' in words(answer)
    assert "That time has just been taken." in words(answer)
    assert radios(answer)
    assert taken not in radios(answer)
    assert once(answer) == once(times)


def test_a_time_too_near_is_409_and_says_how_far_ahead(ada, times, time_passes, sign_in):
    time_passes(hours=1)

    answer = sign_in(ada.participant.user).post("/calls/", {"time": radios(times)[0], "request": once(times)})

    assert answer.status_code == 409
    assert "Choose a time at least 2 hours from now." in words(answer)


@pytest.mark.parametrize(
    "form",
    [
        {"request": ONCE}, {"time": "ben@2026-11-03T14:20:00Z"}, {"request": ONCE, "time": "nonsense"},
        {"request": ONCE, "time": "ben@x"}, {"request": "x", "time": "ben@2026-11-03T14:20:00Z"},
        {"request": ONCE, "time": "ben@9999-12-31T23:00:00Z"},
        {"request": ONCE, "time": "ben@0001-01-01T00:00:00+14:00"},
    ],
    ids=["no time", "no word", "not a time", "half a time", "an odd word", "the end of time", "its beginning"],
)  # fmt: skip
def test_a_form_to_put_right_is_422_with_a_summary(as_participant, ada, ben, form):
    answer = as_participant.post("/calls/", form)

    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


def test_who_gave_no_number_is_asked_for_it_there(as_participant, ada, ben, times):
    ada.participant.phone = ""
    ada.participant.save()
    form = {"time": radios(times)[0], "request": once(times)}

    missing = as_participant.post("/calls/", form)
    wrong = as_participant.post("/calls/", {**form, "phone": "12"})
    right = as_participant.post("/calls/", {**form, "phone": "020 7946 0777"})

    assert (missing.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert 'value="12"' in words(wrong)
    assert f'value="{form["time"]}" checked' in words(wrong)
    ada.participant.refresh_from_db()
    assert (ada.participant.phone, ada.participant.phone_takes_texts) == ("+442079460777", False)


def test_a_time_chosen_after_the_sign_in_ended_stands_on_the_page_again(
    as_participant, ada, times, sign_in, time_passes
):
    token = re.search(r'name="draft_token" value="([^"]+)"', words(times))[1]
    form = {"time": radios(times)[5], "request": once(times), "draft_token": token}
    time_passes(minutes=31)

    turned_away = as_participant.post("/calls/", form)
    back = sign_in(ada.participant.user)
    overview, page = back.get("/calls/"), back.get("/calls/times/")
    back.post("/calls/", {"time": form["time"], "request": once(page)})

    assert turned_away.url == "/accounts/login/?next=/calls/"
    assert "The time you chose is kept, but not booked yet." in words(overview)
    assert "What you typed before is back" in words(page)
    assert f'value="{form["time"]}" checked' in words(page)
    assert Booking.objects.count() == 1
    assert "The time you chose" not in words(back.get("/calls/"))


def later(as_participant, times):
    """Return the page behind "Later times"."""
    there = re.search(r'href="([^"]*after=[^"]*)"', words(times))[1].replace("&amp;", "&")
    return as_participant.get(there)


def hidden(answer):
    """Return what the first form of the page that keeps words sends along unseen."""
    form = next(part for part in words(answer).split("<form")[1:] if "draft_token" in part)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_a_time_from_a_later_page_stays_chosen_while_the_number_is_put_right(as_participant, ada, times):
    ada.participant.phone = ""
    ada.participant.save()
    page = later(as_participant, times)
    chosen = radios(page)[7]

    answer = as_participant.post("/calls/", {**hidden(page), "time": chosen, "phone": "12"})

    assert answer.status_code == 422
    assert radios(answer) == radios(page)
    assert f'value="{chosen}" checked' in words(answer)


def test_a_time_from_a_later_page_stays_chosen_when_the_sign_in_had_ended(
    as_participant, ada, times, sign_in, time_passes
):
    page = later(as_participant, times)
    chosen = radios(page)[7]
    time_passes(minutes=31)
    as_participant.post("/calls/", {**hidden(page), "time": chosen})

    back = sign_in(ada.participant.user).get("/calls/times/")

    assert chosen not in radios(times)
    assert f'value="{chosen}" checked' in words(back)


def test_the_chosen_coach_stays_chosen_while_something_is_put_right(as_participant, ada, ben):
    CoachFactory(slug="eva", shown_name="Eva")
    page = as_participant.get("/calls/times/?coach=eva")

    answer = as_participant.post("/calls/", hidden(page))

    assert answer.status_code == 422
    assert {value.split("@")[0] for value in radios(answer)} == {"eva"}


def test_a_chosen_time_that_is_gone_is_not_offered_again(
    as_participant, ben, times, ada, sign_in, time_passes
):
    page = later(as_participant, times)
    chosen = radios(page)[7]
    time_passes(minutes=31)
    as_participant.post("/calls/", {**hidden(page), "time": chosen})
    BookingFactory(coach=ben, starts_at=choosing.moment(chosen.split("@")[1]))

    assert chosen not in radios(sign_in(ada.participant.user).get("/calls/times/"))


def test_a_landline_given_while_booking_is_said_to_take_no_texts(as_participant, ada, times):
    ada.participant.phone = ""
    ada.participant.save()
    form = {"time": radios(times)[0], "request": once(times), "phone": "020 7946 0777"}

    page = as_participant.post("/calls/", form, follow=True)

    assert "Your call is booked" in words(page)
    assert "texts cannot reach it" in words(page)


def test_a_reason_chosen_after_the_sign_in_ended_stands_on_the_page_again(
    as_participant, ada, ben, sign_in, time_passes
):
    as_participant.post("/calls/decline/")
    token = hidden(as_participant.get("/calls/"))["draft_token"]
    time_passes(minutes=31)

    turned_away = as_participant.post("/calls/decline/", {"reason": "NO_TIME", "draft_token": token})
    back = sign_in(ada.participant.user)
    page = words(back.get("/calls/"))
    back.post("/calls/decline/", {"reason": "NO_TIME"})

    assert turned_away.url == "/accounts/login/?next=/calls/"
    assert 'value="NO_TIME" checked' in page
    assert "What you typed before is back" in page
    assert reasons.said(ada, Stage.CALLS) == "NO_TIME"
    assert not Draft.objects.exists()


def test_a_time_zone_chosen_after_the_sign_in_ended_stands_on_the_page_again(
    as_participant, ada, times, sign_in, time_passes
):
    token = re.findall(r'name="draft_token" value="([^"]+)"', words(times))[-1]
    time_passes(minutes=31)

    turned_away = as_participant.post("/calls/zone/", {"zone": "America/Toronto", "draft_token": token})
    page = words(sign_in(ada.participant.user).get("/calls/times/"))

    assert turned_away.url == "/accounts/login/?next=/calls/"
    assert '<option value="America/Toronto" selected>' in page


@pytest.mark.parametrize(
    ("page", "posted"),
    [
        ("/calls/", {"time": "ben@2026-11-03T14:20:00Z", "request": ONCE, "phone": "07700 900456"}),
        ("/calls/decline/", {"reason": "NO_TIME"}),
        ("/calls/zone/", {"zone": "America/Toronto"}),
    ],
)
def test_after_stopping_nothing_about_calls_is_stored_and_the_page_says_so(
    as_participant, ada, ben, tuesday, page, posted
):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)
    type(ada.participant).objects.filter(pk=ada.participant_id).update(phone="")

    answer = as_participant.post(page, posted)

    ada.participant.refresh_from_db()
    assert answer.status_code == 409
    assert "nothing from this page was kept" in words(answer)
    assert 'href="/my/data/"' in words(answer)
    assert (ada.participant.phone, ada.participant.time_zone) == ("", "Europe/London")
    assert not CallDecline.objects.exists()
    assert not Booking.objects.exists()


def test_a_number_typed_where_no_call_can_be_booked_is_not_kept(
    as_participant, ada, times, time_passes, sign_in
):
    ada.participant.phone = ""
    ada.participant.save()
    time_passes(days=57)
    form = {"time": radios(times)[0], "request": once(times), "phone": "07700 900456"}

    answer = sign_in(ada.participant.user).post("/calls/", form)

    ada.participant.refresh_from_db()
    assert (answer.status_code, ada.participant.phone) == (409, "")


def test_a_second_call_while_one_is_booked_is_refused_in_words(as_participant, ada, ben, times):
    as_participant.post("/calls/", {"time": radios(times)[0], "request": once(times)})

    answer = as_participant.post("/calls/", {"time": radios(times)[3], "request": str(uuid4())})

    assert answer.status_code == 409
    assert "See, move or cancel it" in words(answer)
    assert Booking.objects.count() == 1


def test_no_free_time_at_all_is_said_in_words(as_participant, ada, ben):
    AvailabilityRule.objects.all().delete()

    assert "There is no free time in the next weeks." in words(as_participant.get("/calls/times/"))
