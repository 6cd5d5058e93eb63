from datetime import timedelta

import pytest
from django.utils import translation

from resilience import db
from resilience.measures import responses, scores
from resilience.measures.models import Response, Score
from resilience.participants.wording import Wording
from tests.factories.measures import OccasionFactory, TimepointFactory

ANSWERS = {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}


@pytest.fixture
def occasion(ada):
    timepoint = TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    return OccasionFactory(respondent=ada.respondent, timepoint=timepoint)


def test_answers_are_stored_once_and_scored_in_the_same_step(occasion, tuesday):
    response = responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)

    assert response.answers == ANSWERS
    assert response.scores.get().value == 60.0
    assert response.scores.get().method == "who5.total.1"


def test_a_second_submit_keeps_the_first_answers(occasion, tuesday):
    first = responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)

    second = responses.submit(occasion=occasion, answers={"1": 0}, at=tuesday)

    assert second == first
    assert Response.objects.get().answers == ANSWERS


def test_answers_can_never_be_changed(occasion, tuesday):
    response = responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)

    response.answers = {}
    with pytest.raises(db.WrittenOnce):
        response.save()
    with pytest.raises(db.WrittenOnce):
        Response.objects.update(answers={})


def test_answers_after_the_window_are_not_taken(occasion, tuesday):
    with pytest.raises(responses.NotOpen):
        responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday + timedelta(days=100))

    assert not Response.objects.exists()


def test_someone_who_stopped_taking_part_is_not_kept(occasion, tuesday):
    enrolment = occasion.respondent.enrolment
    enrolment.withdrawn_at = tuesday
    enrolment.save()

    with pytest.raises(responses.Stopped):
        responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)


@pytest.mark.django_db(transaction=True)
def test_answers_that_cross_with_the_deleting_of_ones_data_are_not_kept(occasion, tuesday):
    type(occasion).objects.filter(pk=occasion.pk).delete()

    with pytest.raises(responses.Stopped):
        responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"1": 6}, {"9": 1}], ids=["a value that is not offered", "an item that is not there"]
)
def test_an_answer_that_was_not_offered_is_refused_and_nothing_is_stored(occasion, tuesday, odd):
    with pytest.raises(responses.Odd):
        responses.submit(occasion=occasion, answers=odd, at=tuesday)

    assert not Response.objects.exists()


def test_a_response_that_cannot_be_scored_is_counted_with_the_reason(occasion, tuesday):
    response = responses.submit(occasion=occasion, answers={"1": 3}, at=tuesday)

    assert response.scores.get().value is None
    assert response.scores.get().why_none == "unanswered: 2, 3, 4, 5"


def test_every_score_can_be_made_again_from_the_answers(occasion, tuesday):
    responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)
    assert scores.compare() == []
    Score.objects.update(value=1.0)

    assert len(scores.compare()) == 1
    assert scores.rescore() == 1
    assert Score.objects.get().value == 60.0


def test_an_answer_says_in_which_language_and_with_which_word_it_was_asked(occasion, ada, tuesday):
    programme = ada.cohort.programme
    programme.wording = Wording.CHECKING
    programme.save()

    with translation.override("fr"):
        responses.submit(occasion=occasion, answers=ANSWERS, at=tuesday)

    assert Response.objects.values_list("language", "wording").get() == ("fr", Wording.CHECKING)


def test_what_is_asked_once_is_taken_once_and_the_first_answers_stand(ada, tuesday):
    responses.record_once(
        respondent=ada.respondent, instrument="workplace_forces", answers={"1": 4}, at=tuesday
    )

    with pytest.raises(responses.AnsweredBefore):
        responses.record_once(
            respondent=ada.respondent, instrument="workplace_forces", answers={}, at=tuesday
        )
    assert Response.objects.get().answers == {"1": 4}


def test_what_is_asked_once_is_not_taken_from_somebody_who_has_stopped(ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    with pytest.raises(responses.Stopped):
        responses.record_once(
            respondent=ada.respondent, instrument="workplace_forces", answers={}, at=tuesday
        )
