"""The coach's own pages: today, hours, calendar; and the lead's counts."""

import pytest

from resilience.coaching import booking as bookings
from resilience.coaching import guides
from resilience.coaching.models import (
    AvailabilityRule,
    Coach,
    CoachingRelationship,
    Status,
)
from tests.factories.coaching import CoachFactory
from tests.resilience.coaching.conftest import radios, words

pytestmark = pytest.mark.django_db
ONCE = "5f0f2d2e-4cbf-4f0d-9a5e-222222222222"


def test_the_coachs_day_begins_with_the_next_call_and_a_chosen_name(as_coach, booked):
    page = words(as_coach.get("/coach/"))

    assert page.index("Next call") < page.index("This week")
    assert "Ada" in page
    assert f'href="/coach/calls/{booked.pk}/"' in page


def test_a_coach_without_calls_sees_the_free_week(as_coach, ben):
    page = words(as_coach.get("/coach/"))

    assert "No call is booked." in page
    assert page.count('class="slot free"') > 20


def test_another_coachs_call_does_not_exist(sign_in, booked):
    eva = CoachFactory()

    for page in ("", "cancel/"):
        assert sign_in(eva.user).get(f"/coach/calls/{booked.pk}/{page}").status_code == 404


def test_a_coach_cancels_by_post_and_the_participant_is_told(as_coach, booked):
    as_coach.get(f"/coach/calls/{booked.pk}/cancel/")
    booked.refresh_from_db()
    before = booked.status

    as_coach.post(f"/coach/calls/{booked.pk}/cancel/")

    booked.refresh_from_db()
    assert (before, booked.status, booked.cancelled_by) == (Status.BOOKED, Status.CANCELLED, "COACH")


def test_the_coach_reads_the_guide_of_the_call_that_comes(as_coach, booked, ada):
    stages = [{"title": "Arrive", "minutes": 5, "questions": ["Is this a good place to talk?"]}]
    guides.load(
        programme=ada.cohort.programme, role="", guidance="<p>Ask.</p>",
        calls=[{"title": "Making it mine", "minutes": 30, "stages": stages}],
    )  # fmt: skip

    assert "Is this a good place to talk?" in words(as_coach.get(f"/coach/calls/{booked.pk}/"))


def test_the_lead_sees_counts_of_each_coachs_weeks_and_no_name_of_a_participant(as_coach_lead, booked):
    page = words(as_coach_lead.get("/coach/"))

    assert "1 booked," in page
    assert "Ada" not in page


WEEK = {"day0-0-from": "09:00", "day0-0-to": "12:00", "day0-1-from": "13:00", "day0-1-to": "17:00"}


def test_a_coach_changes_the_week_in_a_plain_form(as_coach, ben):
    answer = as_coach.post("/coach/hours/", WEEK)

    assert answer.status_code == 302
    rules = AvailabilityRule.objects.filter(coach=ben)
    assert [(rule.weekday, rule.starts.hour, rule.ends.hour) for rule in rules] == [(0, 9, 12), (0, 13, 17)]


NIGHT = {"day0-0-from": "22:00", "day0-0-to": "06:00"}


def test_hours_that_end_before_they_begin_are_asked_about_before_they_are_saved(as_coach, ben):
    typed = {"day4-0-from": "13:00", "day4-0-to": "12:00"}

    asked = as_coach.post("/coach/hours/", typed)

    assert asked.status_code == 422
    assert "This is earlier than the beginning." in words(asked)
    assert 'type="checkbox" name="overnight"' in words(asked)
    assert AvailabilityRule.objects.filter(coach=ben).count() == 5


def test_hours_over_midnight_are_said_to_be_so(as_coach, ben):
    answer = as_coach.post("/coach/hours/", NIGHT | {"overnight": "on"}, follow=True)

    assert "Your hours are saved." in words(answer)
    assert "Monday: these hours end on the next day." in words(answer)
    assert 'type="checkbox" name="overnight"' in words(answer)


@pytest.mark.parametrize(
    "change",
    [
        {"day0-0-to": ""}, {"day0-0-from": ""}, {"day0-0-to": "09:00"}, {"day0-1-from": "11:00"},
        {"day0-0-from": "nine"},
    ],
    ids=["no end", "no beginning", "no length", "into each other", "not a time"],
)  # fmt: skip
def test_hours_that_do_not_fit_are_422_and_change_nothing(as_coach, ben, change):
    answer = as_coach.post("/coach/hours/", WEEK | change)

    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert AvailabilityRule.objects.filter(coach=ben).count() == 5


def test_group_11_bookings_outside_new_hours_are_kept_and_listed(as_coach, booked):
    as_coach.post("/coach/hours/", WEEK)

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED
    assert "Booked outside these hours" in words(as_coach.get("/coach/hours/"))


def test_a_day_off_is_taken_and_given_back(as_coach, as_participant, ada, ben):
    as_coach.post("/coach/hours/", {"take_off": "1", "date": "2026-11-03"})
    without = radios(as_participant.get("/calls/times/"))

    as_coach.post("/coach/hours/", {"give_back": "2026-11-03"})

    assert not [value for value in without if "2026-11-03" in value]
    assert [value for value in radios(as_participant.get("/calls/times/")) if "2026-11-03" in value]


def test_a_day_off_is_told_of_and_leads_to_where_it_stands(as_coach):
    taken = as_coach.post("/coach/hours/", {"take_off": "1", "date": "2026-11-03"})
    told = words(as_coach.get("/coach/hours/"))
    given_back = as_coach.post("/coach/hours/", {"give_back": "2026-11-03"}, follow=True)

    assert taken.url == "/coach/hours/#days"
    assert "You are off on Tuesday 3 November." in told
    assert "Tuesday 3 November is as usual again." in words(given_back)


def test_an_odd_day_off_is_422(as_coach, ben):
    assert as_coach.post("/coach/hours/", {"take_off": "1", "date": "soon"}).status_code == 422


def test_the_calendar_feed_holds_times_and_no_names_and_needs_the_secret(client, booked, ada, ben, tuesday):
    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    answer = client.get(f"/coach/calendar/{ben.calendar_secret}.ics")

    assert answer.status_code == 200
    assert b"STATUS:CANCELLED" in answer.content
    assert b"Ada" not in answer.content
    assert client.get("/coach/calendar/wrong.ics").status_code == 404


def test_the_relationship_of_the_two_has_one_declared_role(booked):
    assert CoachingRelationship.objects.get().role == "COACH"


def test_a_call_that_was_told_of_stays_on_the_coachs_day_for_two_weeks(
    ben_later, talked, sign_in, ben, time_passes
):
    page = f"/coach/calls/{talked.booking_id}/"
    ben_later.post(page, {"outcome": "FULFILLED", "minutes": "25"})

    today = words(ben_later.get("/coach/"))
    time_passes(days=15)
    later = words(sign_in(ben.user).get("/coach/"))

    assert today.index("Calls of the last two weeks") < today.index(f'href="{page}"')
    assert page not in later


def test_the_day_leads_on_from_the_newest_call_to_a_worry_to_patients_and_to_a_talk(ben_later, talked):
    today = words(ben_later.get("/coach/"))

    for way in ("worried", "patients", "talk-over"):
        assert f'"/coach/calls/{talked.booking_id}/{way}/"' in today


def test_without_a_call_in_two_weeks_the_day_shows_no_ways_on(as_coach, booked):
    assert "If something stays with you" not in words(as_coach.get("/coach/"))


@pytest.mark.parametrize("page", ["/coach/", "/coach/development/"])
def test_a_coach_without_hours_reads_on_both_pages_that_nobody_can_book_them(as_coach, ben, page):
    AvailabilityRule.objects.filter(coach=ben).delete()

    told = words(as_coach.get(page))

    assert "You cannot be booked yet" in told
    assert "Set the hours at which you can be booked" in told


@pytest.mark.parametrize("page", ["/coach/", "/coach/development/"])
def test_a_coach_with_everything_done_reads_that_they_can_be_booked(as_coach, ben, page):
    assert "You can be booked." in words(as_coach.get(page))


@pytest.mark.parametrize("page", ["/coach/", "/coach/development/"])
def test_a_coach_who_is_full_reads_that_nobody_new_is_offered_them(as_coach, ben, booked, page):
    before = words(as_coach.get(page))
    Coach.objects.filter(pk=ben.pk).update(most_people=1)

    then = words(as_coach.get(page))

    assert "Nobody new is offered you until there is room." not in before
    assert "You talk with 1 person now, as many as was settled for you." in then
    assert "You can be booked." not in then


def test_a_lead_reads_in_the_list_that_a_full_coach_is_not_booked_by_new_people(as_coach_lead, ben, booked):
    Coach.objects.filter(pk=ben.pk).update(most_people=1)

    assert "Not by new people" in words(as_coach_lead.get("/manage/coaches/"))
    assert "is not offered to anybody new" in words(as_coach_lead.get("/manage/coaches/ben/"))


def test_what_a_coach_says_after_a_call_is_confirmed(ben_later, talked):
    page = f"/coach/calls/{talked.booking_id}/"

    first = words(ben_later.get(page))
    answer = ben_later.post(page, {"outcome": "FULFILLED", "minutes": "0.3"}, follow=True)

    assert "Filled in as the last time" not in first
    assert "Kept. You can still put it right" in words(answer)
    assert "<dd>0.3</dd>" in words(ben_later.get("/coach/record/"))


def test_the_programmes_page_leads_to_the_questions_after_a_call(talked, ada, sign_in, time_passes):
    time_passes(hours=5)

    page = words(sign_in(ada.participant.user).get("/my/"))

    assert f'href="/calls/{talked.booking_id}/rate/"' in page


def test_the_page_of_a_call_says_what_to_do_when_it_goes_quiet(as_coach, booked):
    assert "If it goes quiet, the other has left the line." in words(
        as_coach.get(f"/coach/calls/{booked.pk}/")
    )


def test_the_coach_alone_hears_before_the_talk_what_to_do_when_it_goes_quiet(talking, line):
    said = [" ".join(each.said) for each in (line.ben, line.ada)]

    assert ["If it goes quiet" in each for each in said] == [True, False]
