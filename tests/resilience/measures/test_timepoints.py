from datetime import timedelta

import pytest

from resilience.measures import occasions, timepoints
from resilience.measures.models import Anchor, Occasion
from resilience.messaging.models import Outgoing
from tests.factories.measures import TimepointFactory


@pytest.fixture
def schedule(ada):
    programme = ada.cohort.programme
    TimepointFactory(programme=programme, asks=["who5", "coping_confidence"])
    second = TimepointFactory(
        programme=programme, key="t2", label="After the modules", position=2, anchor=Anchor.MODULES_DONE,
        latest_days=42, asks=["coping_confidence"],
    )  # fmt: skip
    TimepointFactory(
        programme=programme, key="t4", label="Later", position=3, anchor=Anchor.TIMEPOINT, after=second,
        offset_days=42, asks=["who5"],
    )  # fmt: skip
    return programme


def keys(enrolment, now):
    return [each.timepoint.key for each in occasions.due(enrolment.respondent, now=now)]


def test_the_first_questions_are_asked_on_joining_in_the_order_of_the_plan(ada, schedule, tuesday):
    timepoints.refresh(enrolment=ada, now=tuesday)

    due = occasions.due(ada.respondent, now=tuesday)
    assert [each.instrument for each in due] == ["who5", "coping_confidence"]


def test_a_time_point_falls_due_by_its_event(ada, schedule, tuesday):
    ada.modules_done_at = tuesday + timedelta(days=10)
    ada.save()

    timepoints.refresh(enrolment=ada, now=tuesday + timedelta(days=10))

    assert "t2" in keys(ada, tuesday + timedelta(days=10))


def test_without_the_event_it_falls_due_when_its_last_day_has_come(ada, schedule, tuesday):
    timepoints.refresh(enrolment=ada, now=tuesday + timedelta(days=41))
    assert not Occasion.objects.filter(timepoint__key="t2").exists()

    timepoints.refresh(enrolment=ada, now=tuesday + timedelta(days=43))
    assert Occasion.objects.filter(timepoint__key="t2").exists()


def test_a_follow_up_counts_from_the_time_point_before_it(ada, schedule, tuesday):
    ada.modules_done_at = tuesday + timedelta(days=1)
    ada.save()

    due = timepoints.due_dates(ada, timepoints.plan_of(schedule.pk))

    assert max(due.values()) == tuesday + timedelta(days=1 + 42)


def test_asking_twice_makes_nothing_twice(ada, schedule, tuesday):
    assert timepoints.refresh(enrolment=ada, now=tuesday) == 2
    assert timepoints.refresh(enrolment=ada, now=tuesday) == 0
    assert timepoints.refresh_all(now=tuesday) == 0


def test_everybody_is_asked_by_the_recurring_job_but_those_who_left(ada, schedule, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert timepoints.refresh_all(now=tuesday) == 0


def test_one_word_and_one_reminder_are_planned_for_a_later_time_point(
    ada, schedule, tuesday, drain, time_passes, mailoutbox
):
    ada.modules_done_at = tuesday
    ada.save()
    timepoints.refresh(enrolment=ada, now=tuesday)
    drain()
    assert [mail.subject for mail in mailoutbox] == ["A short page is ready"]

    for _ in range(8):
        time_passes(days=1)
        drain()

    reminders = [mail for mail in mailoutbox if "/my/measures/" in mail.body]
    assert len(reminders) == 1 + 2  # one word for t2; one reminder each for t1 and t2
    assert Outgoing.objects.filter(kind="page_reminder", state="SENT").count() == 2


def test_no_reminder_goes_to_someone_who_has_answered(ada, schedule, tuesday, drain, time_passes, mailoutbox):
    from resilience.measures import responses

    timepoints.refresh(enrolment=ada, now=tuesday)
    for occasion in occasions.due(ada.respondent, now=tuesday):
        responses.submit(occasion=occasion, answers={"1": 3}, at=tuesday)

    time_passes(days=4)
    drain()

    assert mailoutbox == []
