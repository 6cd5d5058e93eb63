"""A manager sets up both published schedules through the pages, without code: ready-made, and step by step."""

from datetime import timedelta

import pytest

from resilience.engagement import attendance
from resilience.measures import timepoints
from resilience.measures.models import Occasion, Timepoint
from resilience.participants import milestones
from resilience.participants.models import Coaching, Reached
from tests.factories.live_sessions import LiveSessionFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
TIMES = "/manage/programmes/steady/times/"
GRID = "/manage/programmes/steady/questions/"


@pytest.fixture
def programme():
    """A programme as it is made: it asks nothing and offers no calls."""
    return ProgrammeFactory(coaching=Coaching.NONE)


def one(**fields: object) -> dict:
    """Return what the form of a time point sends."""
    usual = {"offset_days": 0, "window_days": 28, "early_days": 0, "late_days": 0, "latest_days": ""}
    return {name: str(value) for name, value in {**usual, **fields}.items()}


def key_of(key: str) -> str:
    return str(Timepoint.objects.get(key=key).pk)


def add(manager, **fields: object) -> None:
    answer = manager.post(f"{TIMES}new/", one(**fields))
    assert answer.status_code == 302, answer.content.decode()


def set_up_four_by_hand(manager) -> None:
    calls = {"coaching": "CORE", "calls_offered": "1", "calls_close_after_days": "25", "overlap": "CLOSE"}
    assert manager.post(f"{TIMES}calls/", calls).status_code == 302
    add(manager, key="t1", label="Before", anchor="ENROLMENT")
    add(
        manager, key="t2", label="After the workshop", anchor="LIVE_SESSION", live_session="workshop-1",
        latest_days=14, window_days=7,
    )  # fmt: skip
    add(manager, key="t3", label="After the call", anchor="CALL", nth_call=1, window_days=14)
    add(manager, key="t4", label="Four to six weeks on", anchor="ENROLMENT", offset_days=28, window_days=14)
    answer = manager.post(
        GRID, {"at-coping_confidence": ["t1", "t2", "t3", "t4"], "at-acceptability": ["t3"]}
    )
    assert answer.status_code == 302


def set_up_five_by_hand(manager) -> None:
    calls = {"coaching": "CORE", "calls_offered": "2", "calls_close_after_days": "56", "overlap": "CLOSE"}
    assert manager.post(f"{TIMES}calls/", calls).status_code == 302
    add(manager, key="t1", label="Before", anchor="ENROLMENT")
    for number, label, latest in (
        ("1", "After the first workshop", 28),
        ("2", "After the second workshop", 42),
    ):
        add(
            manager, key=f"t{int(number) + 1}", label=label, anchor="LIVE_SESSION",
            live_session=f"workshop-{number}", latest_days=latest, window_days=14,
        )  # fmt: skip
    add(manager, key="t4", label="After the calls", anchor="CALLS_DONE")
    add(manager, key="t5", label="Three months on", anchor="TIMEPOINT", after=key_of("t4"), offset_days=90)
    everywhere, around = ["t1", "t2", "t3", "t4", "t5"], ["t1", "t4", "t5"]
    asks = {
        "at-phq8": around,
        "at-coping_confidence": everywhere,
        "at-leaving": around[1:],
        "at-acceptability": ["t4"],
    }
    assert manager.post(GRID, asks).status_code == 302


def timetable(programme) -> list[tuple]:
    """Return what a timetable says, so that two can be compared."""
    plan = programme.timepoints.order_by("position").select_related("after").prefetch_related("planned")
    return [
        (
            each.key, each.label, each.anchor, each.live_session, each.nth_call, each.after and each.after.key,
            each.offset_days, each.latest_days, each.window_days, {cell.instrument for cell in each.planned.all()},
        )
        for each in plan
    ]  # fmt: skip


BY_HAND = {"four": set_up_four_by_hand, "five": set_up_five_by_hand}


@pytest.mark.parametrize("schedule", BY_HAND)
def test_what_is_set_up_by_hand_is_what_is_ready_made(programme, as_manager, schedule):
    assert as_manager.post(TIMES, {"schedule": schedule}).url == TIMES
    ready = timetable(programme)
    assert as_manager.post(TIMES, {"schedule": "empty"}).url == TIMES
    assert timetable(programme) == []

    BY_HAND[schedule](as_manager)

    assert timetable(programme) == ready
    programme.refresh_from_db()
    assert programme.coaching == Coaching.CORE


def come_to(enrolment, now) -> list[str]:
    attendance.note_passed(now=now)
    timepoints.refresh_all(now=now)
    found = Occasion.objects.filter(respondent=enrolment.respondent).order_by("timepoint__position")
    return list(found.values_list("timepoint__key", flat=True).distinct())


def test_the_first_study_runs_as_it_was_set_up(programme, as_manager, tuesday):
    set_up_four_by_hand(as_manager)
    programme.refresh_from_db()
    LiveSessionFactory(programme=programme, starts_at=tuesday + timedelta(days=7))
    person = EnrolmentFactory(cohort__programme=programme, joined_at=tuesday)

    assert come_to(person, tuesday) == ["t1"]
    assert come_to(person, tuesday + timedelta(days=7, hours=2)) == ["t1", "t2"]
    milestones.reach(enrolment=person, what=Reached.CALL, about="1", at=tuesday + timedelta(days=20))
    assert come_to(person, tuesday + timedelta(days=20)) == ["t1", "t2", "t3"]
    assert come_to(person, tuesday + timedelta(days=28)) == ["t1", "t2", "t3", "t4"]


def test_the_critical_care_study_runs_as_it_was_set_up_also_without_a_call(programme, as_manager, tuesday):
    as_manager.post(TIMES, {"schedule": "five"})
    programme.refresh_from_db()
    for number, days in (("1", 7), ("2", 21)):
        LiveSessionFactory(
            programme=programme, about=f"workshop-{number}", starts_at=tuesday + timedelta(days=days)
        )
    person = EnrolmentFactory(cohort__programme=programme, joined_at=tuesday)

    asked = {
        day: come_to(person, tuesday + timedelta(days=day, hours=3)) for day in (0, 7, 21, 55, 56, 145, 147)
    }

    assert {day: len(keys) for day, keys in asked.items()} == {
        0: 1,
        7: 2,
        21: 3,
        55: 3,
        56: 4,
        145: 4,
        147: 5,
    }


def test_a_timetable_by_which_people_were_asked_is_not_replaced(programme, as_manager, tuesday):
    as_manager.post(TIMES, {"schedule": "four"})
    person = EnrolmentFactory(cohort__programme=programme, joined_at=tuesday)
    timepoints.refresh(enrolment=person, now=tuesday)

    answer = as_manager.post(TIMES, {"schedule": "five"})

    assert answer.status_code == 422
    assert "People were asked by the timetable that stands." in answer.content.decode()
    assert programme.timepoints.count() == 4


def test_the_list_says_each_time_point_in_words(programme, as_manager):
    as_manager.post(TIMES, {"schedule": "five"})

    page = as_manager.get(TIMES).content.decode()

    for words in (
        "straight after joining",
        "straight after the meeting “workshop-1”, attended or over; at the latest 4 weeks after joining",
        "straight after the last call, or the end of the time for calls",
        "90 days after “After the calls” fell due",
        "open for 2 weeks",
        "no page of that meeting is published yet",
    ):
        assert words in page
