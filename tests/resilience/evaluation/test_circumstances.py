from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from resilience import clock
from resilience.coaching.models import Call, CallGuide, CoachReport
from resilience.engagement.models import PageView
from resilience.evaluation import approached, circumstances, complaints, gather
from resilience.measures.models import ContactWish, Occasion, Response, Timepoint
from resilience.participants import reasons
from resilience.participants.models import ConsentRecord, Purpose, Stage, Why
from tests.factories.measures import OccasionFactory, ResponseFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(finished_all_along, db):
    return finished_all_along()


def cohort_of(evaluation, at=None) -> gather.Cohort:
    return gather.Cohort(evaluation, as_of=at or clock.now())


def person(evaluation, row):
    found = gather.dataset(cohort_of(evaluation)).people
    return next(one for one in found if one.key == str(row.respondent_id))


def test_the_first_answer_at_each_time_point_has_its_day_of_study_and_its_window(finished):
    found = gather.dataset(cohort_of(finished))

    first = next(wave for wave in found.waves if wave.timepoint == "t1")
    assert (first.day, first.opens_day) == (0, -1)  # the invented first questions were due a day before
    assert first.closes_day > first.opens_day
    assert {wave.timepoint for wave in found.waves} == {"t1", "t2", "t3", "t4"}
    assert len({(wave.person, wave.timepoint) for wave in found.waves}) == len(found.waves)
    assert found.answered("t4") == {wave.person for wave in found.waves if wave.timepoint == "t4"}
    assert found.joined == ("2026-01-05", "2026-01-18")


def test_an_answer_after_the_window_lies_outside_it(finished):
    row = cohort_of(finished).people[0]
    occasions = Occasion.objects.filter(respondent=row.respondent, timepoint__key="t1")
    due = occasions.first().due_at
    occasions.update(late_at=due - timedelta(days=1), due_at=due - timedelta(days=9))

    wave = next(
        one
        for one in gather.dataset(cohort_of(finished)).waves
        if (one.person, one.timepoint) == (str(row.respondent_id), "t1")
    )

    assert wave.day > wave.closes_day > wave.opens_day


def test_a_correction_does_not_move_the_day_of_the_first_answer(finished, tuesday):
    wrong = Response.objects.filter(occasion__timepoint__key="t1").order_by("pk").first()
    before = gather.dataset(cohort_of(finished)).waves
    Response.objects.create(
        respondent=wrong.respondent, occasion=wrong.occasion, instrument=wrong.instrument, version="1",
        answers={"1": 0}, submitted_at=tuesday, corrects=wrong,
    )  # fmt: skip

    assert gather.dataset(cohort_of(finished)).waves == before


def test_an_evaluation_that_nobody_joined_has_no_days(unanswered):
    found = gather.dataset(cohort_of(unanswered))

    assert (found.waves, found.joined) == ((), None)


def test_why_somebody_declined_and_why_they_stopped_are_known_by_code_as_of_the_moment(finished, tuesday):
    row = cohort_of(finished).people[0]
    reasons.give(enrolment=row, stage=Stage.CALLS, code=Why.NO_TIME, now=tuesday)
    reasons.give(enrolment=row, stage=Stage.STOPPED, code=Why.MOVED_ON, now=tuesday)

    found = person(finished, row)
    before = gather.dataset(cohort_of(finished, tuesday - timedelta(days=1)))

    assert (found.declined_because, found.stopped_because, found.offered_how) == (
        "NO_TIME", "MOVED_ON", "optional",
    )  # fmt: skip
    assert {(one.declined_because, one.stopped_because) for one in before.people} == {("", "")}
    assert circumstances.of(cohort_of(finished))["reasons"] == {
        "CALLS": {"NO_TIME": 1}, "STOPPED": {"MOVED_ON": 1},
    }  # fmt: skip


def test_the_unit_is_known_only_where_the_programme_says_why_it_asks(finished):
    row = cohort_of(finished).people[0]
    row.respondent.workplace = "Ward 1"
    row.respondent.save()
    assert person(finished, row).unit == ""

    finished.programme.why_unit = "To see whether units differ."

    assert person(finished, row).unit == "Ward 1"


def test_a_call_knows_how_long_it_was_waited_for_and_what_it_took_of_its_coach_besides(finished, tuesday):
    call = Call.objects.filter(outcome="FULFILLED").select_related("booking").order_by("pk").first()
    CoachReport.objects.create(
        call=call, preparation_minutes=12, notes_minutes=5, in_own_time=True, kept_at=tuesday
    )
    waited = (call.booking.starts_at - call.booking.made_at).days

    calls = [one for one in gather.dataset(cohort_of(finished)).calls if one.preparation == 12]

    assert [(one.notes, one.waited >= waited) for one in calls] == [(5, True)]
    found = circumstances.of(cohort_of(finished))["coaching"]
    assert found["own_time"] == {"calls": 1, "of": 1, "percent": 100}
    assert (found["calls"], found["preparation_minutes"], found["notes_minutes"]) == (73, 12, 5)


def test_stages_of_the_guide_are_counted_over_all_coaches(finished, tuesday):
    CallGuide.objects.create(
        programme=finished.programme, calls=[{"stages": [{"title": "Begin"}, {"title": "End"}]}]
    )
    calls = Call.objects.filter(outcome="FULFILLED").order_by("pk")[:3]
    for call, held in zip(calls, ([0, 1], [0], None), strict=True):
        CoachReport.objects.create(call=call, stages_held=held, stages_of=2, kept_at=tuesday)

    found = circumstances.of(cohort_of(finished))["fidelity"]

    assert found["stages"] == {
        "1": [{"stage": "Begin", "held": 2, "of": 2}, {"stage": "End", "held": 1, "of": 2}]
    }
    assert (found["told"], found["stages_held"], found["stages_of"]) == (2, 3, 4)


def test_who_asked_to_be_contacted_is_a_number_and_how_soon_somebody_took_it_too(finished, tuesday):
    first, second = cohort_of(finished).people[:2]
    ContactWish.objects.create(
        enrolment=first, by="PHONE", asked_at=tuesday - timedelta(hours=30), taken_by=first.pk,
        taken_at=tuesday - timedelta(hours=10),
    )  # fmt: skip
    ContactWish.objects.create(enrolment=second, by="PHONE", asked_at=tuesday)

    found = circumstances.of(cohort_of(finished))["safety"]

    assert (found["contacts_asked"], found["contacts_taken"]) == (2, 1)
    assert (found["hours"], found["taken_within"]) == ({"median": 20, "longest": 20}, {"24": 1, "72": 1})


def test_nothing_of_somebody_who_did_not_let_us_use_their_answers_is_counted(finished, tuesday):
    row = cohort_of(finished).people[0]
    ContactWish.objects.create(enrolment=row, by="PHONE", asked_at=tuesday)
    given = ConsentRecord.objects.filter(enrolment=row, purpose=Purpose.EVALUATION).get()
    ConsentRecord.objects.create(
        enrolment=row, form=given.form, purpose=Purpose.EVALUATION, given=False, at=tuesday
    )

    assert circumstances.of(cohort_of(finished))["safety"]["contacts_asked"] == 0


def test_the_content_that_was_shown_is_known_by_its_versions(finished, tuesday):
    row = cohort_of(finished).people[0]
    for revision, day in ((1, tuesday), (2, tuesday - timedelta(days=1))):
        PageView.objects.create(enrolment=row, page=row.pk, day=day.date(), at=day, revision=revision)

    found = circumstances.of(cohort_of(finished))["content_version"]

    assert (found["pages"], found["versions_of_pages"]) == (1, 2)
    assert found["frozen_on"] == "2026-01-05"


def test_the_questions_asked_at_each_time_point_are_counted(finished):
    found = circumstances.of(cohort_of(finished))["question_counts"]

    assert found["sittings"]["t1"]["questions"] == 22
    assert found["in_all"] < found["with_calls"]


def test_how_many_were_approached_is_told_by_channel(unanswered, chi, tuesday):
    unanswered.approached = {"by": 5, "poster": 2}

    approached.tell(evaluation=unanswered, numbers={"email": 120, "poster": None}, by=chi, now=tuesday)

    assert circumstances.of(cohort_of(unanswered))["approached"] == {"by": 5, "email": 120}


def test_complaints_are_in_a_report_once_somebody_told_of_them(unanswered, chi, tuesday):
    assert circumstances.of(cohort_of(unanswered))["safety"]["complaints"] is None

    complaints.tell(evaluation=unanswered, number=0, by=chi, now=tuesday)

    assert circumstances.of(cohort_of(unanswered))["safety"]["complaints"] == 0


def test_a_later_time_point_that_was_answered_first_is_kept_with_its_days(unanswered, tuesday):
    somebody = EnrolmentFactory(
        cohort__programme=unanswered.programme, joined_at=tuesday - timedelta(days=30)
    )
    for key, days in (("t2", 20), ("t1", 10)):
        timepoint = Timepoint.objects.get(programme=unanswered.programme, key=key)
        due = tuesday - timedelta(days=days)
        occasion = OccasionFactory(
            respondent=somebody.respondent, timepoint=timepoint, instrument="coping_confidence", due_at=due
        )
        ResponseFactory(
            respondent=somebody.respondent, occasion=occasion, instrument="coping_confidence", submitted_at=due,
            answers={"1": 5},
        )  # fmt: skip

    found = gather.dataset(cohort_of(unanswered))

    assert [(wave.timepoint, wave.day) for wave in found.waves] == [("t1", 20), ("t2", 10)]
    assert [answer.timepoint for answer in found.answers] == ["t1", "t2"]


def test_nobody_answers_one_time_point_twice(unanswered, tuesday):
    somebody = EnrolmentFactory(cohort__programme=unanswered.programme, joined_at=tuesday)
    timepoint = Timepoint.objects.get(programme=unanswered.programme, key="t1")
    occasion = OccasionFactory(respondent=somebody.respondent, timepoint=timepoint)
    ResponseFactory(respondent=somebody.respondent, occasion=occasion)

    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseFactory(respondent=somebody.respondent, occasion=occasion)

    assert len(gather.dataset(cohort_of(unanswered)).waves) == 1
