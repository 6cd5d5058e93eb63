"""The pages of one call, before it and after it: what each shows, refuses and changes."""

import re
from datetime import timedelta

import pytest

from resilience.coaching import calls, notices
from resilience.coaching.models import (
    Call,
    CallEvent,
    Outcome,
    RelationshipRating,
    Side,
    Status,
)
from resilience.measures.models import Response
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO, radios, words

pytestmark = pytest.mark.django_db
ONCE = "5f0f2d2e-4cbf-4f0d-9a5e-222222222222"


@pytest.mark.parametrize("page", ["cancel", "move"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_group_16_a_look_changes_nothing(as_participant, booked, page, method):
    answer = getattr(as_participant, method)(f"/calls/{booked.pk}/{page}/")

    booked.refresh_from_db()
    assert (answer.status_code, booked.status, booked.version) == (200, Status.BOOKED, 1)


def test_group_16_cancelling_by_post_shows_that_it_is_cancelled(as_participant, booked):
    page = as_participant.post(f"/calls/{booked.pk}/cancel/", follow=True)

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert "This call is cancelled" in words(page)


def test_moving_offers_other_times_and_moves(as_participant, booked):
    page = as_participant.get(f"/calls/{booked.pk}/move/")
    answer = as_participant.post(f"/calls/{booked.pk}/move/", {"time": radios(page)[1]})

    booked.refresh_from_db()
    assert (answer.status_code, booked.version) == (302, 2)


def test_a_call_that_is_moved_stays_with_its_coach_unless_another_is_asked_for(as_participant, booked, ada):
    CoachFactory(slug="meera", shown_name="Meera", programmes=[ada.cohort.programme], weekdays=range(5))

    at_first = radios(as_participant.get(f"/calls/{booked.pk}/move/"))
    anybody = radios(as_participant.get(f"/calls/{booked.pk}/move/?coach="))

    assert {time.partition("@")[0] for time in at_first} == {"ben"}
    assert {time.partition("@")[0] for time in anybody} == {"ben", "meera"}


def test_group_14_moving_to_a_time_just_taken_is_409_and_keeps_the_old(as_participant, booked, ben):
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO + timedelta(minutes=40))

    answer = as_participant.post(f"/calls/{booked.pk}/move/", {"time": "ben@2026-11-03T15:00:00Z"})

    booked.refresh_from_db()
    assert (answer.status_code, booked.starts_at) == (409, HALF_PAST_TWO)


@pytest.mark.parametrize("form", [{}, {"time": "x"}])
def test_moving_without_a_time_is_422(as_participant, booked, form):
    assert as_participant.post(f"/calls/{booked.pk}/move/", form).status_code == 422


@pytest.mark.parametrize("what", ["cancel", "move"])
def test_group_14_once_its_time_has_come_a_call_is_not_changed_any_more(booked, ada_later, what):
    answer = ada_later.post(f"/calls/{booked.pk}/{what}/", {"time": "ben@2026-11-04T15:00:00Z"})

    booked.refresh_from_db()
    assert (answer.status_code, booked.status, booked.version) == (409, Status.BOOKED, 1)


@pytest.mark.parametrize("page", ["", "cancel/", "move/", "rate/", "calendar.ics"])
def test_group_16_somebody_elses_call_does_not_exist(sign_in, booked, page):
    other = EnrolmentFactory()

    assert sign_in(other.participant.user).get(f"/calls/{booked.pk}/{page}").status_code == 404


def test_group_16_a_scanner_that_follows_every_link_changes_nothing(as_participant, booked):
    seen, waiting = set(), [f"/a/{notices.code(booked.pk)}/", f"/calls/{booked.pk}/", "/calls/"]
    while waiting:
        path = waiting.pop()
        if path in seen or "logout" in path:
            continue
        seen.add(path)
        page = as_participant.get(path, follow=True)
        waiting += re.findall(r'href="(/(?:calls|a)/[^"]*)"', words(page).replace("&amp;", "&"))

    booked.refresh_from_db()
    assert (booked.status, booked.version) == (Status.BOOKED, 1)
    assert {f"/calls/{booked.pk}/cancel/", f"/calls/{booked.pk}/move/", "/calls/whom/"} <= seen


def test_group_16_cancelling_twice_by_post_is_cancelling_once(as_participant, booked):
    for _twice in range(2):
        answer = as_participant.post(f"/calls/{booked.pk}/cancel/")

    booked.refresh_from_db()
    assert (answer.status_code, booked.status, booked.version) == (302, Status.CANCELLED, 2)


def test_group_16_somebody_elses_post_changes_nothing(sign_in, booked):
    other = sign_in(EnrolmentFactory().participant.user)

    answers = [
        other.post(f"/calls/{booked.pk}/{page}/", {"time": "x"}).status_code for page in ("cancel", "move")
    ]

    booked.refresh_from_db()
    assert (answers, booked.status) == ([404, 404], Status.BOOKED)


def test_group_16_a_link_that_is_out_of_date_leads_to_the_page_and_changes_nothing(booked, ada_later):
    answers = [ada_later.get(f"/calls/{booked.pk}/{page}/") for page in ("cancel", "move")]

    booked.refresh_from_db()
    assert [answer.url for answer in answers] == [f"/calls/{booked.pk}/"] * 2
    assert booked.status == Status.BOOKED


def test_the_calendar_file_of_a_call_can_be_downloaded(as_participant, booked):
    answer = as_participant.get(f"/calls/{booked.pk}/calendar.ics")

    assert answer["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Private appointment" in answer.content


def test_the_short_link_of_a_text_leads_to_ones_own_call_only(as_participant, sign_in, booked, client):
    path = f"/a/{notices.code(booked.pk)}/"

    assert as_participant.get(path).url == f"/calls/{booked.pk}/"
    assert sign_in(EnrolmentFactory().participant.user).get(path).status_code == 404
    assert as_participant.get("/a/x/").status_code == 404
    assert client.get(path).url.startswith("/accounts/login/?next=")


@pytest.fixture
def held(booked, tuesday):
    """Ada and Ben talked for 25 minutes, as the telephone tells it."""
    start = booked.starts_at
    call = Call.objects.create(booking=booked, version=1, room="r" * 32, started_at=start)
    legs = {side: call.legs.create(side=side, token=f"{side}-token", rung_at=start) for side in Side.values}
    for number, (side, kind, minute) in enumerate(
        [
            ("COACH", "JOINED", 0),
            ("PARTICIPANT", "JOINED", 1),
            ("PARTICIPANT", "LEFT", 26),
            ("COACH", "LEFT", 26),
            ("COACH", "ENDED", 26),
        ]
    ):
        CallEvent.objects.create(
            call=call, leg=legs[side], kind=kind, at=start + timedelta(minutes=minute), once=f"{number}"
        )
    CallEvent.objects.create(call=call, kind="ROOM_ENDED", at=start + timedelta(minutes=26), once="end")
    calls.go_on(call, now=start + timedelta(minutes=27))
    call.refresh_from_db()
    return call


ANSWERS = {f"relationship_participant-{item}": "5" for item in (1, 2, 4, 5, 7, 8)} | {
    "call_feedback-1": "4", "call_feedback-2": "2",
}  # fmt: skip


def test_the_short_page_takes_each_answer_once(as_participant, held, ada):
    page = f"/calls/{held.booking_id}/rate/"

    answers = [as_participant.post(page, ANSWERS) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Response.objects.filter(respondent=ada.respondent).count() == 2
    assert RelationshipRating.objects.get().response.answers == {str(item): 5 for item in (1, 2, 4, 5, 7, 8)}


def test_every_question_of_the_short_page_may_be_left_out(as_participant, held):
    assert as_participant.post(f"/calls/{held.booking_id}/rate/", {}).status_code == 302


def test_an_answer_that_is_not_offered_is_422_and_keeps_the_others(as_participant, held):
    form = {**ANSWERS, "relationship_participant-1": "9"}

    answer = as_participant.post(f"/calls/{held.booking_id}/rate/", form)

    assert answer.status_code == 422
    assert words(answer).count("checked") == 7
    assert not Response.objects.exists()


def test_a_call_that_was_not_held_has_no_short_page(as_participant, booked):
    assert as_participant.get(f"/calls/{booked.pk}/rate/").status_code == 404


def test_after_stopping_nothing_of_the_short_page_is_kept(as_participant, held, ada, tuesday):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    answer = as_participant.post(f"/calls/{held.booking_id}/rate/", ANSWERS)

    assert answer.status_code == 409
    assert not Response.objects.exists()
    for page in ("/calls/", f"/calls/{held.booking_id}/"):
        assert f'href="/calls/{held.booking_id}/rate/"' not in words(as_participant.get(page))


def test_a_call_is_saved_and_talked_over_without_passing_the_questions(held, ben_later):
    page = words(ben_later.get(f"/coach/calls/{held.booking_id}/"))

    after_one_another = (
        '<button class="button">',
        'form="talk-over"',
        "Your own part",
        "</form>",
        'id="talk-over"',
    )
    places = [page.index(each, page.index("<h1>")) for each in after_one_another]
    assert places == sorted(places)


def test_the_coach_agrees_with_one_press_to_what_the_telephone_saw(held, ben_later):
    page = words(ben_later.get(f"/coach/calls/{held.booking_id}/"))
    chosen = re.search(r'name="outcome"[^>]*value="(\w+)"[^>]*checked', page) or re.search(
        r'value="(\w+)"[^>]*checked', page
    )
    minutes = re.search(r'name="minutes" value="([^"]+)"', page)[1]

    answer = ben_later.post(f"/coach/calls/{held.booking_id}/", {"outcome": chosen[1], "minutes": minutes})

    held.refresh_from_db()
    assert (answer.status_code, held.outcome, held.minutes) == (302, Outcome.FULFILLED, 25)
    assert CallEvent.objects.filter(kind="COACH_SAID").count() == 1
    assert not RelationshipRating.objects.exists()


def test_the_coach_can_put_the_outcome_right_and_answers_about_their_own_part(held, ben, ben_later):
    form = {"outcome": "FAILED", "minutes": "3", "relationship_coach-1": "4", "call_feedback_coach-2": "1"}

    ben_later.post(f"/coach/calls/{held.booking_id}/", form)

    held.refresh_from_db()
    assert (held.outcome, held.minutes) == (Outcome.FAILED, 3)
    assert RelationshipRating.objects.get().response.respondent == ben.respondent


@pytest.mark.parametrize(
    "form", [{}, {"outcome": "x", "minutes": "5"}, {"outcome": "FULFILLED", "minutes": "-1"}]
)
def test_a_coachs_page_to_put_right_is_422(held, ben_later, form):
    assert ben_later.post(f"/coach/calls/{held.booking_id}/", form).status_code == 422


def test_neither_side_sees_the_others_answers_or_number(held, ada, ben, ben_later, sign_in):
    as_participant, as_coach = sign_in(ada.participant.user), ben_later
    as_participant.post(f"/calls/{held.booking_id}/rate/", ANSWERS)
    form = {"outcome": "FULFILLED", "minutes": "25", "relationship_coach-1": "4"}
    as_coach.post(f"/coach/calls/{held.booking_id}/", form)

    mine = "".join(words(as_participant.get(page)) for page in ("/calls/", f"/calls/{held.booking_id}/"))
    theirs = "".join(words(as_coach.get(page)) for page in ("/coach/", f"/coach/calls/{held.booking_id}/"))

    assert "checked" not in mine
    assert theirs.count("checked") == 1
    assert not [digits for digits in (BENS_NUMBER[3:], "7946 0111") if digits in mine]
    assert not [digits for digits in (ADAS_NUMBER[3:], "07700 900123", "ada@example.org") if digits in theirs]


@pytest.mark.parametrize(("seconds", "shown"), [(6, "1"), (89, "1"), (25 * 60 + 40, "26")])
def test_minutes_are_filled_in_whole_and_kept_as_the_telephone_saw_them(held, ben_later, seconds, shown):
    page, left = (
        f"/coach/calls/{held.booking_id}/",
        held.booking.starts_at + timedelta(minutes=1, seconds=seconds),
    )
    CallEvent.objects.all().erase()
    _talk(held, until=left)

    told = words(ben_later.get(page))
    ben_later.post(page, {"outcome": "FULFILLED", "minutes": shown})

    held.refresh_from_db()
    assert f'name="minutes" value="{shown}"' in told
    assert held.minutes == round(seconds / 60, 2)


def _talk(call, *, until):
    start = call.booking.starts_at
    for leg in call.legs.all():
        for kind, at in (("JOINED", start + timedelta(minutes=1)), ("LEFT", until), ("ENDED", until)):
            CallEvent.objects.create(call=call, leg=leg, kind=kind, at=at, once=f"{leg.side}:{kind}")


def test_what_a_coach_said_comes_back_as_their_own_words(held, ben_later, guide):
    page = f"/coach/calls/{held.booking_id}/"
    form = {
        "outcome": "FULFILLED",
        "minutes": "20",
        "all_held": "on",
        "preparation": "5",
        "relationship_coach-1": "4",
    }
    before = words(ben_later.get(page))
    ben_later.post(page, form)

    after = words(ben_later.get(page))

    assert "these answers are taken once" in before
    assert "Filled in from the telephone" in before
    assert "Filled in" not in after
    assert "As you said it." in after
    assert re.search(r'name="all_held"[^>]*checked', after)
    assert not re.search(r'name="stages"[^>]*checked', after)
    assert "Your answers about your own part are kept as you gave them" in after


def test_faults_are_named_by_their_field_and_in_the_order_of_the_page(held, ben_later):
    form = {
        "outcome": "FULFILLED", "minutes": "x", "next_step": "Ask Sister Mary", "preparation": "x", "notes": "999",
    }  # fmt: skip

    page = words(ben_later.post(f"/coach/calls/{held.booking_id}/", form))

    faults = [
        "Minutes of talk: write",
        "Sister Mary",
        "Minutes to prepare: write",
        "Minutes afterwards: write",
    ]
    places = [page.index(fault) for fault in faults]
    assert places == sorted(places)
