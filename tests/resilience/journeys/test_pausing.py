"""Nothing is sent while somebody pauses, but word of an appointment; coming back names no lateness."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from resilience.audit.models import AuditEvent
from resilience.engagement import page_views
from resilience.journeys import joining, pausing, quiet
from resilience.journeys.pausing import Choice
from resilience.measures import timepoints
from resilience.messaging import letting_go
from resilience.messaging.models import Outgoing
from resilience.participants import contact
from resilience.participants.models import Readiness
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory

LATE = re.compile(r"\b(late|overdue|behind schedule|missed|catch up|\d+ days)\b", re.IGNORECASE)


def pause(ada, choice: str, now) -> None:
    pausing.choose(enrolment=ada, choice=choice, by=ada.participant.user, now=now)


@pytest.mark.parametrize(("choice", "days"), [(Choice.TWO_WEEKS, 14), (Choice.FOUR_WEEKS, 28)])
def test_a_pause_lasts_as_long_as_was_chosen(ada, tuesday, choice, days):
    pause(ada, choice, tuesday)

    assert pausing.standing(ada, now=tuesday) == (True, tuesday + timedelta(days=days))
    assert pausing.standing(ada, now=tuesday + timedelta(days=days)) == (False, None)


def test_until_i_say_has_no_end_that_a_page_would_name(ada, as_participant, tuesday, steady_pages):
    as_participant.post("/my/pause/", {"choice": "UNTIL_THEY_SAY"})

    page = as_participant.get("/my/").content.decode()

    assert "We do not write to you until you say so." in page
    assert "2999" not in page


@pytest.fixture
def steady_pages(db):
    from tests.factories.content_pages import steady_ground

    return steady_ground()


def test_nothing_but_an_appointment_gets_through_while_somebody_pauses(ada, tuesday):
    pause(ada, Choice.TWO_WEEKS, tuesday)

    with pytest.raises(contact.NotReachable):
        contact.email(ada, now=tuesday)
    with pytest.raises(contact.NotReachable):
        contact.promised_email(ada, now=tuesday)
    assert contact.appointment_email(ada) == "ada@example.org"


def test_questions_that_fall_due_in_a_pause_are_neither_announced_nor_reminded_of(
    ada, tuesday, drain, time_passes
):
    TimepointFactory(asks=["who5"], key="t1", position=1)
    TimepointFactory(asks=["who5"], key="t2", position=2, offset_days=2)
    pause(ada, Choice.FOUR_WEEKS, tuesday)
    for _week in range(3):
        now = time_passes(days=7)
        timepoints.refresh(enrolment=ada, now=now)
        drain()

    held = set(Outgoing.objects.values_list("kind", "state", "reason"))
    assert ("page_ready", "DUE", "paused") in held
    assert mail.outbox == []


def test_the_same_questions_are_announced_to_somebody_who_does_not_pause(ada, tuesday, drain, time_passes):
    TimepointFactory(asks=["who5"], key="t1", position=1)
    TimepointFactory(asks=["who5"], key="t2", position=2, offset_days=2)
    timepoints.refresh(enrolment=ada, now=time_passes(days=3))
    drain()

    assert mail.outbox


def test_going_on_ends_the_pause_and_is_offered_only_within_one(as_participant, ada, tuesday):
    assert 'value="GO_ON"' not in as_participant.get("/my/pause/").content.decode()
    assert as_participant.post("/my/pause/", {"choice": "GO_ON"}).status_code == 422
    as_participant.post("/my/pause/", {"choice": "TWO_WEEKS"})
    assert 'value="GO_ON"' in as_participant.get("/my/pause/").content.decode()

    answer = as_participant.post("/my/pause/", {"choice": "GO_ON"})

    ada.refresh_from_db()
    assert answer.url == "/my/"
    assert ada.paused_until is None
    assert AuditEvent.objects.filter(event="pause_chosen").count() == 2


def test_going_on_after_not_now_is_beginning_after_all(ada, tuesday):
    joining.choose(
        enrolment=ada, way=Readiness.NOT_NOW, ask_again_on=None, by=ada.participant.user, now=tuesday
    )

    pause(ada, Choice.GO_ON, tuesday)

    ada.refresh_from_db()
    assert (ada.readiness, ada.paused_until) == (Readiness.START, None)


def test_nobody_pauses_after_stopping(as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.post("/my/pause/", {"choice": "TWO_WEEKS"}).status_code == 409


def test_a_page_without_a_choice_says_what_to_do(as_participant):
    answer = as_participant.post("/my/pause/", {})

    assert answer.status_code == 422
    assert "Choose one." in answer.content.decode()


def test_the_page_says_that_questions_keep_the_dates_of_the_plan(as_participant):
    page = as_participant.get("/my/pause/").content.decode()

    assert "Pages of questions keep the dates of the plan." in page
    assert "A call that you booked stands." in page


def test_coming_back_after_weeks_names_no_lateness(steady_pages, as_participant, ada, sign_in, time_passes):
    from tests.factories.content_pages import READING

    as_participant.get(READING)
    as_participant.post("/my/pause/", {"choice": "FOUR_WEEKS"})
    time_passes(days=40)

    words = re.sub(r"<[^>]+>", " ", sign_in(ada.participant.user).get("/my/").content.decode())

    assert "You were in “Good people, hard jobs”. It is where you left it. Nothing is late." in words
    assert "Only 5 minutes?" in words
    assert LATE.findall(words.replace("Nothing is late", "")) == []


def test_after_not_now_nothing_is_sent_but_the_promised_message(ada, tuesday, drain, time_passes):
    TimepointFactory(asks=["who5"], key="t1", position=1)
    TimepointFactory(asks=["who5"], key="t2", position=2, offset_days=12)
    on = (tuesday + timedelta(days=10)).date()
    joining.choose(
        enrolment=ada, way=Readiness.NOT_NOW, ask_again_on=on, by=ada.participant.user, now=tuesday
    )

    for _day in range(40):
        timepoints.refresh(enrolment=ada, now=time_passes(days=1))
        drain()

    assert [message.subject for message in mail.outbox] == ["You asked us to write"]


def write(drain, now) -> list[str]:
    quiet.write_once(now=now)
    drain()
    return [message.subject for message in mail.outbox]


def test_somebody_away_for_three_weeks_is_written_to_once(ada, drain, time_passes):
    assert write(drain, time_passes(days=20)) == []

    for _month in range(6):  # what was sent is let go in between
        now = time_passes(days=28)
        letting_go.let_go(now=now)
        found = write(drain, now)

    assert found == ["Nothing is late"]
    body = mail.outbox[0].body
    assert "/my/pause/" in body
    for name in ("Steady", "Ada", "Being human"):
        assert name not in body


@pytest.mark.parametrize("why", ["paused", "stopped", "finished", "not now", "was here"])
def test_nobody_is_written_to_who_paused_stopped_finished_or_was_here(ada, tuesday, drain, time_passes, why):
    changed = {
        "paused": {"paused_until": joining.UNTIL_THEY_SAY},
        "stopped": {"withdrawn_at": tuesday},
        "finished": {"modules_done_at": tuesday},
        "not now": {"readiness": Readiness.NOT_NOW},
        "was here": {},
    }[why]
    type(ada).objects.filter(pk=ada.pk).update(**changed)
    now = time_passes(days=30)
    if why == "was here":
        page_views.record(enrolment=ada, page=ada.pk, at=now - timedelta(days=5))

    assert write(drain, now) == []


def test_somebody_who_comes_back_before_it_is_sent_is_not_written_to(ada, drain, time_passes):
    now = time_passes(days=22)
    quiet.write_once(now=now)
    page_views.record(enrolment=ada, page=ada.pk, at=now)
    drain()

    assert mail.outbox == []
    assert Outgoing.objects.get(kind="coming_back").reason == "no longer away"


@pytest.mark.parametrize("many", [1, 10])
def test_finding_the_quiet_asks_the_same_of_the_database(
    ada, time_passes, many, django_assert_max_num_queries
):
    EnrolmentFactory.create_batch(many - 1)
    now = time_passes(days=30)

    with django_assert_max_num_queries(2 + 3 * many):  # one to find them, a row of the outbox for each
        assert quiet.write_once(now=now) == many
