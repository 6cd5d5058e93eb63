from datetime import timedelta

import pytest

from resilience import clock
from resilience.coaching.models import CallDecline, Coach
from resilience.engagement.models import PageView
from resilience.evaluation import gather
from resilience.evaluation.analysis import frozen
from resilience.measures.models import LeftOut, Response, WhyNot
from resilience.participants.models import Coaching, ConsentForm, ConsentRecord, Enrolment, Purpose
from tests.factories.measures import OccasionFactory, TimepointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(finished_all_along, db):
    return finished_all_along()


def people(evaluation, *, at=None):
    cohort = gather.Cohort(evaluation, as_of=at or clock.now())
    return {person.key: person for person in gather.dataset(cohort).people}


def test_only_those_who_let_us_use_their_answers_are_in(finished):
    cohort = gather.Cohort(finished, as_of=clock.now())

    assert (len(cohort.registered), len(cohort.people)) == (70, 66)
    assert gather.dataset(cohort).registered == 70


def test_taking_consent_back_takes_the_person_out_from_then_on(finished, tuesday):
    row = gather.Cohort(finished, as_of=tuesday).people[0]
    ConsentRecord.objects.create(
        enrolment=row,
        form=ConsentForm.objects.get(programme=finished.programme),
        purpose=Purpose.EVALUATION,
        given=False,
        at=tuesday,
    )

    assert str(row.respondent_id) not in people(finished)
    assert str(row.respondent_id) in people(finished, at=tuesday - timedelta(days=1))


@pytest.mark.parametrize(("field", "part"), [("is_test", "test"), ("erased_at", "erased")])
def test_test_accounts_and_erased_people_are_in_no_figure(finished, tuesday, field, part):
    respondent = gather.Cohort(finished, as_of=tuesday).people[0].respondent
    setattr(respondent, field, True if field == "is_test" else tuesday)
    respondent.save()

    cohort = gather.Cohort(finished, as_of=tuesday)

    assert len(getattr(cohort, part)) == 1
    assert (len(cohort.registered), len(cohort.people)) == (69, 65)
    assert not any(answer.person == str(respondent.pk) for answer in gather.dataset(cohort).answers)


def test_answers_given_later_are_not_in_an_earlier_snapshot(finished):
    first = Response.objects.order_by("submitted_at").first().submitted_at

    early = gather.dataset(gather.Cohort(finished, as_of=first + timedelta(days=20)))

    assert early.plan.due == ("t1",)
    assert {answer.timepoint for answer in early.answers} == {"t1"}


def test_a_corrected_answer_counts_in_place_of_the_first(finished, tuesday):
    wrong = Response.objects.filter(instrument="who5", occasion__timepoint__key="t1").order_by("pk").first()
    Response.objects.create(
        respondent=wrong.respondent,
        occasion=wrong.occasion,
        instrument="who5",
        version="1",
        answers={"1": 0},
        submitted_at=tuesday,
        corrects=wrong,
    )

    found = gather.dataset(gather.Cohort(finished, as_of=tuesday))

    who = [
        (a.item, a.value)
        for a in found.answers
        if a.person == str(wrong.respondent_id) and a.instrument == "who5" and a.timepoint == "t1"
    ]
    assert who == [(1, 0)]


def test_modules_are_counted_by_the_plan_until_all_are_done(finished):
    modules = [person.modules for person in people(finished).values()]

    assert max(modules) == 5
    assert {1, 2, 3, 4} & set(modules)


def test_calls_keep_their_outcome_and_cancelled_bookings_are_cancelled_calls(finished):
    outcomes = [call.outcome for call in gather.dataset(gather.Cohort(finished, as_of=clock.now())).calls]

    assert {name: outcomes.count(name) for name in set(outcomes)} == {
        "FULFILLED": 73, "PARTICIPANT_NO_SHOW": 6, "CANCELLED": 7,
    }  # fmt: skip


def test_each_call_says_whether_its_coach_has_worked_with_patients_where_that_is_written_down(finished):
    first, second = Coach.objects.filter(slug__startswith="finished-coach").order_by("slug")
    Coach.objects.filter(pk=first.pk).update(is_clinical=True)

    def told():
        calls = gather.dataset(gather.Cohort(finished, as_of=clock.now())).calls
        return {(call.coach, call.background) for call in calls}

    mine, other = str(first.respondent_id), str(second.respondent_id)
    assert told() == {(mine, frozen.CLINICAL), (other, "")}
    Coach.objects.filter(pk=second.pk).update(background="Engineer")
    assert told() == {(mine, frozen.CLINICAL), (other, frozen.NOT_CLINICAL)}


def test_opening_a_page_is_a_beginning(finished, tuesday):
    kept_out = Enrolment.objects.get(participant__user__email__startswith="finished-kept-out-1")
    ConsentRecord.objects.create(
        enrolment=kept_out,
        form=ConsentForm.objects.get(programme=finished.programme),
        purpose=Purpose.EVALUATION,
        given=True,
        at=tuesday,
    )
    before = people(finished)[str(kept_out.respondent_id)]
    PageView.objects.create(enrolment=kept_out, page=kept_out.pk, day=tuesday.date(), at=tuesday)

    assert (before.started, people(finished)[str(kept_out.respondent_id)].started) == (False, True)


def test_saying_no_to_a_call_means_one_was_offered(finished, tuesday):
    row = next(
        one
        for one in gather.Cohort(finished, as_of=tuesday).people
        if not people(finished)[str(one.respondent_id)].accepted_call
    )
    CallDecline.objects.create(enrolment=row, at=tuesday)

    assert people(finished)[str(row.respondent_id)].offered_call


def test_a_programme_without_calls_offers_none(finished):
    finished.programme.coaching = Coaching.NONE
    finished.programme.save()

    assert [one for one in people(finished).values() if one.offered_call and not one.accepted_call] == []


def test_a_time_point_at_which_somebody_was_asked_nothing_is_known_and_one_asked_in_part_is_not(
    finished, tuesday
):
    nothing, in_part = (row.respondent for row in gather.Cohort(finished, as_of=tuesday).people[:2])
    extra = TimepointFactory(programme=finished.programme, key="t9", position=99)
    for respondent in (nothing, in_part):
        LeftOut.objects.create(
            respondent=respondent, timepoint=extra, instrument="who5", why=WhyNot.RECALL, due_at=tuesday
        )
    OccasionFactory(respondent=in_part, timepoint=extra, instrument="phq8")

    found = people(finished)

    assert found[str(nothing.pk)].spared == ("t9",)
    assert found[str(in_part.pk)].spared == ()
