"""What somebody is asked where time points meet, instruments ask about the same days, or the timetable changes."""

from datetime import UTC, datetime, timedelta

import pytest

from resilience import clock
from resilience.measures import coming, occasions, responses, timepoints, timetable
from resilience.measures.models import Anchor, LeftOut, Occasion, Timepoint, WhyNot
from resilience.participants import milestones
from resilience.participants.models import Overlap, Reached
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(ada):
    return ada.cohort.programme


@pytest.fixture
def manager(db):
    return UserFactory(email="mo@example.org")


def asked(enrolment, now: datetime) -> list[str]:
    """Return what is open for somebody, as time point:instrument."""
    timepoints.refresh(enrolment=enrolment, now=now)
    return [
        f"{each.timepoint.key}:{each.instrument}" for each in occasions.due(enrolment.respondent, now=now)
    ]


def answer(enrolment, now: datetime) -> None:
    for each in occasions.due(enrolment.respondent, now=now):
        responses.submit(occasion=each, answers={"1": 3}, at=now)


def left_out(enrolment) -> list[tuple[str, str, str]]:
    found = LeftOut.objects.filter(respondent=enrolment.respondent)
    return sorted(found.values_list("timepoint__key", "instrument", "why"))


# What a time point counts from


def test_one_part_done_is_an_event_to_count_from(ada, programme, tuesday):
    TimepointFactory(
        programme=programme, anchor=Anchor.MODULE, module="ab12", offset_days=2, asks=["leaving"]
    )
    assert asked(ada, tuesday + timedelta(days=9)) == []

    milestones.reach(enrolment=ada, what=Reached.MODULE, about="other", at=tuesday)
    assert asked(ada, tuesday + timedelta(days=9)) == []
    milestones.reach(enrolment=ada, what=Reached.MODULE, about="ab12", at=tuesday + timedelta(days=8))

    assert asked(ada, tuesday + timedelta(days=9)) == []
    assert asked(ada, tuesday + timedelta(days=10)) == ["t1:leaving"]


@pytest.mark.parametrize("anchor", [Anchor.CALLS_DONE, Anchor.CALL])
def test_without_any_call_the_questions_come_when_the_time_for_calls_is_over(ada, programme, tuesday, anchor):
    more = {"nth_call": 2} if anchor == Anchor.CALL else {}
    TimepointFactory(programme=programme, anchor=anchor, asks=["leaving"], **more)

    assert asked(ada, tuesday + timedelta(days=55)) == []
    assert asked(ada, tuesday + timedelta(days=56)) == ["t1:leaving"]


def test_a_certain_call_is_an_event_to_count_from(ada, programme, tuesday):
    TimepointFactory(programme=programme, anchor=Anchor.CALL, nth_call=2, asks=["leaving"])

    milestones.reach(enrolment=ada, what=Reached.CALL, about="1", at=tuesday)
    assert asked(ada, tuesday + timedelta(days=1)) == []
    milestones.reach(enrolment=ada, what=Reached.CALL, about="2", at=tuesday + timedelta(days=1))

    assert asked(ada, tuesday + timedelta(days=1)) == ["t1:leaving"]


# Windows


def test_a_time_point_opens_early_and_marks_what_comes_before_its_day_and_after_its_window(
    programme, tuesday
):
    TimepointFactory(
        programme=programme, offset_days=10, early_days=3, window_days=7, late_days=4, asks=["leaving"]
    )
    told = {}
    for day in (7, 10, 16, 17, 20):
        person = EnrolmentFactory(joined_at=tuesday)
        now = tuesday + timedelta(days=day)
        assert asked(person, now) == ["t1:leaving"]
        answer(person, now)
        told[day] = person.respondent.responses.get().timing

    assert told == {7: "EARLY", 10: "IN_TIME", 16: "IN_TIME", 17: "LATE", 20: "LATE"}
    early = EnrolmentFactory(joined_at=tuesday)
    assert asked(early, tuesday + timedelta(days=6, hours=23)) == []
    assert asked(early, tuesday + timedelta(days=21)) == []


def test_before_its_window_and_after_it_nothing_is_taken(ada, programme, tuesday):
    TimepointFactory(programme=programme, offset_days=10, early_days=3, asks=["leaving"])
    timepoints.refresh(enrolment=ada, now=tuesday + timedelta(days=7))
    occasion = Occasion.objects.get()

    for day in (6, 38):
        with pytest.raises(responses.NotOpen):
            responses.submit(occasion=occasion, answers={}, at=tuesday + timedelta(days=day))


# The same days asked about twice


def test_an_instrument_is_not_asked_again_about_days_that_were_answered_for(ada, programme, tuesday):
    TimepointFactory(programme=programme, asks=["who5", "coping_confidence"])
    TimepointFactory(
        programme=programme, key="t2", position=2, offset_days=13, asks=["who5", "coping_confidence"]
    )
    asked(ada, tuesday)
    answer(ada, tuesday)

    later = tuesday + timedelta(days=13)

    assert asked(ada, later) == ["t2:coping_confidence"]
    assert left_out(ada) == [("t2", "who5", WhyNot.RECALL)]
    assert asked(ada, later) == ["t2:coping_confidence"]
    assert LeftOut.objects.count() == 1


def test_once_its_days_are_over_it_is_asked_again(ada, programme, tuesday):
    TimepointFactory(programme=programme, asks=["who5"])
    TimepointFactory(programme=programme, key="t2", position=2, offset_days=14, asks=["who5"])
    asked(ada, tuesday)
    answer(ada, tuesday)

    assert asked(ada, tuesday + timedelta(days=14)) == ["t2:who5"]


def test_what_was_not_answered_is_asked_again(ada, programme, tuesday):
    TimepointFactory(programme=programme, asks=["who5"])
    TimepointFactory(programme=programme, key="t2", position=2, offset_days=3, asks=["who5"])
    asked(ada, tuesday)

    assert asked(ada, tuesday + timedelta(days=3)) == ["t2:who5"]


def test_a_part_that_waits_for_questions_opens_for_whoever_is_spared_them(ada, programme, tuesday):
    second = TimepointFactory(programme=programme, key="t2", position=2, asks=["who5"])
    LeftOut.objects.create(
        respondent=ada.respondent, timepoint=second, instrument="who5", why=WhyNot.RECALL, due_at=tuesday
    )

    assert occasions.closed(ada, "t2", now=tuesday)


# Where time points meet


@pytest.fixture
def meeting(programme):
    """Two time points, of which the second comes while the first is open."""
    TimepointFactory(programme=programme, asks=["coping_confidence", "leaving"])
    TimepointFactory(
        programme=programme, key="t2", position=2, offset_days=10, asks=["coping_confidence", "acceptability"]
    )


def test_earlier_questions_close_when_later_ones_open_and_say_so(ada, meeting, tuesday):
    asked(ada, tuesday)

    assert asked(ada, tuesday + timedelta(days=10)) == ["t2:coping_confidence", "t2:acceptability"]

    first = Occasion.objects.filter(timepoint__key="t1")
    assert {each.overtaken_at for each in first} == {tuesday + timedelta(days=10)}
    assert {each.closes_at for each in first} == {tuesday + timedelta(days=10)}


def test_it_closes_at_the_moment_the_later_one_opened_however_late_that_is_seen(ada, meeting, tuesday):
    asked(ada, tuesday + timedelta(days=20))

    first = Occasion.objects.filter(timepoint__key="t1")
    assert {each.overtaken_at for each in first} == {tuesday + timedelta(days=10)}


def test_what_was_answered_is_never_overtaken(ada, meeting, tuesday):
    asked(ada, tuesday)
    answer(ada, tuesday)

    asked(ada, tuesday + timedelta(days=10))

    assert set(Occasion.objects.filter(timepoint__key="t1").values_list("overtaken_at", flat=True)) == {None}


def test_a_programme_may_keep_both_open_and_ask_once_what_both_ask(ada, programme, meeting, tuesday):
    programme.overlap = Overlap.TOGETHER
    programme.save()
    asked(ada, tuesday)

    found = asked(ada, tuesday + timedelta(days=10))

    assert found == ["t1:leaving", "t2:coping_confidence", "t2:acceptability"]


@pytest.fixture
def out_of_order(ada, programme, tuesday):
    """The second time point comes on a day, the first by an event that comes later still."""
    TimepointFactory(programme=programme, anchor=Anchor.MODULES_DONE, asks=["coping_confidence", "leaving"])
    TimepointFactory(
        programme=programme, key="t2", position=2, offset_days=10, window_days=60, asks=["coping_confidence"]
    )
    asked(ada, tuesday + timedelta(days=10))
    ada.modules_done_at = tuesday + timedelta(days=12)
    ada.save()


def test_an_earlier_one_that_falls_due_after_a_later_one_is_not_asked_but_counted(ada, out_of_order, tuesday):
    assert asked(ada, tuesday + timedelta(days=12)) == ["t2:coping_confidence"]
    assert left_out(ada) == [("t1", "coping_confidence", "OVERTAKEN"), ("t1", "leaving", "OVERTAKEN")]


def test_where_both_stay_open_the_rest_of_it_is_asked(ada, programme, out_of_order, tuesday):
    programme.overlap = Overlap.TOGETHER
    programme.save()
    ada.cohort.programme.refresh_from_db()

    assert asked(ada, tuesday + timedelta(days=12)) == ["t1:leaving", "t2:coping_confidence"]


# A change while people are under way


def test_what_somebody_was_asked_keeps_its_days_and_what_is_to_come_has_the_new_ones(
    ada, programme, manager, tuesday
):
    first = TimepointFactory(programme=programme, asks=["leaving"])
    second = TimepointFactory(programme=programme, key="t2", position=2, offset_days=40, asks=["leaving"])
    asked(ada, tuesday)
    before = list(Occasion.objects.values())

    first.window_days, second.offset_days = 5, 30
    for each in (first, second):
        timetable.change(timepoint=each, by=manager, now=tuesday + timedelta(days=1))

    asked(ada, tuesday + timedelta(days=2))
    assert list(Occasion.objects.values()) == before
    (to_come,) = coming.of(ada, now=tuesday + timedelta(days=2))
    assert to_come.day == clock.local_day(tuesday + timedelta(days=30), "Europe/London")
    assert asked(ada, tuesday + timedelta(days=30)) == ["t2:leaving"]
    assert Occasion.objects.count() == 2


def test_a_time_point_moved_before_today_is_asked_once_from_now(ada, programme, manager, tuesday):
    second = TimepointFactory(programme=programme, offset_days=40, asks=["leaving"])
    asked(ada, tuesday + timedelta(days=20))
    second.offset_days = 10
    timetable.change(timepoint=second, by=manager, now=tuesday + timedelta(days=20))

    for _ in range(2):
        assert asked(ada, tuesday + timedelta(days=20)) == ["t1:leaving"]
    assert Occasion.objects.count() == 1


def test_a_question_ticked_later_is_asked_of_those_who_have_not_come_to_it(ada, programme, manager, tuesday):
    TimepointFactory(programme=programme, asks=["leaving"])
    asked(ada, tuesday)

    timetable.ask(programme=programme, asks={"t1": ["who5", "leaving"]}, by=manager, now=tuesday)
    newcomer = EnrolmentFactory(joined_at=tuesday)

    assert asked(ada, tuesday) == ["t1:leaving"]
    assert asked(newcomer, tuesday) == ["t1:who5", "t1:leaving"]


def test_a_time_point_whose_window_was_over_when_it_was_planned_is_spared_and_counted(
    ada, programme, manager, tuesday
):
    now = tuesday + timedelta(days=90)
    fresh = Timepoint(programme=programme, key="t9", label="Week 2", anchor="ENROLMENT", offset_days=14)
    timetable.add(timepoint=fresh, by=manager, now=now)
    timetable.ask(programme=programme, asks={"t9": ["leaving"]}, by=manager, now=now)

    assert asked(ada, now) == []
    assert left_out(ada) == [("t9", "leaving", WhyNot.PLANNED_LATER)]


# Days


@pytest.mark.parametrize(
    ("joined", "days", "due"),
    [
        (datetime(2027, 3, 22, 9, 0, tzinfo=UTC), 7, datetime(2027, 3, 29, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 19, 8, 0, tzinfo=UTC), 7, datetime(2026, 10, 26, 9, 0, tzinfo=UTC)),
        (datetime(2027, 3, 21, 1, 30, tzinfo=UTC), 7, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2028, 2, 1, 9, 0, tzinfo=UTC), 28, datetime(2028, 2, 29, 9, 0, tzinfo=UTC)),
        (datetime(2028, 2, 1, 9, 0, tzinfo=UTC), 29, datetime(2028, 3, 1, 9, 0, tzinfo=UTC)),
    ],
    ids=["clocks go on", "clocks go back", "an hour that there is not", "on leap day", "over leap day"],
)
def test_days_are_counted_on_the_persons_own_clock(programme, joined, days, due):
    person = EnrolmentFactory(joined_at=joined)
    point = TimepointFactory(programme=programme, offset_days=days, asks=["leaving"])

    assert timepoints.due_dates(person, [point]) == {point.pk: due}


def test_a_due_day_is_that_of_the_persons_own_zone(programme, tuesday):
    person = EnrolmentFactory(joined_at=tuesday, participant__time_zone="Pacific/Auckland")
    TimepointFactory(programme=programme, offset_days=1, asks=["leaving"])

    (to_come,) = coming.of(person, now=tuesday)

    assert to_come.day == datetime(2026, 11, 4).date()
    person.participant.time_zone = "Pacific/Kiritimati"
    assert coming.of(person, now=tuesday)[0].day == datetime(2026, 11, 5).date()


# Everybody at once


def statements(django_assert_max_num_queries, people: int, programme, tuesday) -> int:
    for _ in range(people):
        EnrolmentFactory(joined_at=tuesday, cohort__programme=programme)
    with django_assert_max_num_queries(10_000) as counted:
        timepoints.refresh_all(now=tuesday + timedelta(days=1))
    return len(counted)


def test_whoever_has_come_to_nothing_new_is_not_read(ada, programme, tuesday, django_assert_max_num_queries):
    TimepointFactory(programme=programme, asks=["leaving"])
    TimepointFactory(programme=programme, key="t2", position=2, offset_days=40, asks=["leaving"])
    timepoints.refresh_all(now=tuesday)

    one = statements(django_assert_max_num_queries, 0, programme, tuesday)
    for _ in range(30):
        EnrolmentFactory(joined_at=tuesday)
    timepoints.refresh_all(now=tuesday)

    assert statements(django_assert_max_num_queries, 0, programme, tuesday) == one <= 7


def test_everybody_is_asked_in_batches_and_each_once(ada, programme, tuesday, monkeypatch):
    monkeypatch.setattr(timepoints, "AT_ONCE", 3)
    for _ in range(7):
        EnrolmentFactory(joined_at=tuesday)
    for number, anchor in enumerate((Anchor.ENROLMENT, Anchor.CALLS_DONE), start=1):
        TimepointFactory(
            programme=programme, key=f"t{number}", position=number, anchor=anchor, asks=["leaving", "who5"]
        )

    assert timepoints.refresh_all(now=tuesday) == 16
    assert timepoints.refresh_all(now=tuesday) == 0
    assert timepoints.refresh_all(now=tuesday + timedelta(days=57)) == 16


EVENTS = [
    {"anchor": Anchor.ENROLMENT, "offset_days": 20},
    {"anchor": Anchor.MODULES_DONE},
    {"anchor": Anchor.MODULES_DONE, "latest_days": 9},
    {"anchor": Anchor.CALLS_DONE},
    {"anchor": Anchor.CALL, "nth_call": 1},
    {"anchor": Anchor.MODULE, "module": "ab12", "offset_days": 3},
    {"anchor": Anchor.LIVE_SESSION, "live_session": "workshop-1"},
]


@pytest.mark.parametrize("when", EVENTS, ids=lambda when: " ".join(map(str, when.values())))
def test_the_recurring_job_finds_whoever_a_visit_of_their_own_would_find(ada, programme, tuesday, when):
    ada.modules_done_at = tuesday + timedelta(days=12)
    ada.save()
    milestones.reach(enrolment=ada, what=Reached.MODULE, about="ab12", at=tuesday + timedelta(days=4))
    milestones.reach(enrolment=ada, what=Reached.CALL, about="1", at=tuesday + timedelta(days=30))
    milestones.reach(
        enrolment=ada, what=Reached.LIVE_SESSION, about="workshop-1", at=tuesday + timedelta(days=2)
    )
    first = TimepointFactory(programme=programme, asks=["leaving"], **when)
    then = {"anchor": Anchor.TIMEPOINT, "after": first, "offset_days": 6, "early_days": 2}
    TimepointFactory(programme=programme, key="t2", position=2, asks=["who5"], **then)
    ada.cohort.programme.refresh_from_db()

    for day in range(0, 70, 1):
        now = tuesday + timedelta(days=day)
        by_job = timepoints.refresh_all(now=now)
        by_visit = timepoints.refresh(enrolment=ada, now=now)
        assert by_visit == 0, f"day {day}: the job found {by_job} and left {by_visit}"
    assert Occasion.objects.count() == 2
