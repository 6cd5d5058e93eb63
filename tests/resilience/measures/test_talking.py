"""T19: an answer about thoughts of harm brings people to talk to in the same response, whatever else happens."""

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.audit.models import AuditEvent
from resilience.measures import cautions, covers, occasions, responses, timepoints
from resilience.measures.models import Response
from tests.factories.accounts import UserFactory
from tests.factories.measures import CoverFactory, TimepointFactory

PAGE = "/my/measures/t1/phq9/"
PEOPLE = "Samaritans"
ALARMED = {"phq9-9": "1"}


@pytest.fixture
def asked(ada, tuesday):
    CoverFactory(programme=ada.cohort.programme)
    TimepointFactory(programme=ada.cohort.programme, asks=["phq9", "who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)


def shows_people(answer) -> bool:
    return PEOPLE in answer.content.decode()


def test_item_9_at_one_brings_people_to_talk_to_in_the_same_response_and_the_answers_are_kept(
    asked, as_participant
):
    answer = as_participant.post(PAGE, {"phq9-1": "2", **ALARMED})

    assert answer.status_code == 200
    assert shows_people(answer)
    assert "Your answers are kept" in answer.content.decode()
    assert 'href="/my/measures/t1/who5/"' in answer.content.decode()
    assert Response.objects.get().answers == {"1": 2, "9": 1}
    assert AuditEvent.objects.filter(event="support_shown").count() == 1


def test_item_9_at_nought_goes_on_as_always(asked, as_participant):
    answer = as_participant.post(PAGE, {"phq9-1": "3", "phq9-9": "0"})

    assert answer.url == "/my/measures/t1/who5/"
    assert not AuditEvent.objects.filter(event="support_shown").exists()


def test_the_trail_never_holds_what_was_answered(asked, as_participant):
    as_participant.post(PAGE, ALARMED)

    assert AuditEvent.objects.get(event="support_shown").facts == {"instrument": "phq9"}


def test_a_page_sent_again_from_another_tab_shows_them_too_and_the_first_answers_stand(asked, as_participant):
    as_participant.post(PAGE, {"phq9-9": "0"})

    again = as_participant.post(PAGE, {"phq9-9": "3"})

    assert shows_people(again)
    assert Response.objects.get().answers == {"9": 0}


def test_something_to_put_right_comes_back_with_people_above_the_form(asked, as_participant):
    answer = as_participant.post(PAGE, {"phq9-1": "7", **ALARMED})

    assert answer.status_code == 422
    assert shows_people(answer)


def test_what_is_kept_for_later_shows_them_now_and_again_when_it_comes_back(asked, as_participant):
    kept = as_participant.post(PAGE, {**ALARMED, "later": "1"})

    assert shows_people(kept)
    assert shows_people(as_participant.get(PAGE))
    assert not Response.objects.exists()


def test_what_comes_after_somebody_has_stopped_shows_them_all_the_same(asked, as_participant, ada, tuesday):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    answer = as_participant.post(PAGE, ALARMED)

    assert answer.status_code == 409
    assert shows_people(answer)
    assert not Response.objects.exists()


def test_once_nobody_stands_by_they_are_not_asked_and_the_rest_is(asked, as_participant, ada, tuesday):
    covers.end(programme=ada.cohort.programme, by=UserFactory(), now=tuesday)

    page = as_participant.get("/my/measures/").content.decode()

    assert 'href="/my/measures/t1/who5/"' in page
    assert "phq9" not in page
    assert as_participant.get(PAGE).url == "/my/measures/"
    as_participant.post("/my/measures/t1/who5/", {"who5-1": "3"})
    assert occasions.answered(ada, "t1")


def test_what_was_open_when_the_last_lead_went_is_kept_and_brings_people_to_talk_to(
    asked, as_participant, ada, tuesday
):
    as_participant.get(PAGE)
    covers.end(programme=ada.cohort.programme, by=UserFactory(), now=tuesday)

    answer = as_participant.post(PAGE, ALARMED)

    assert shows_people(answer)
    assert Response.objects.get().answers == {"9": 1}


def test_a_manager_is_told_that_what_is_planned_is_not_asked(asked, ada, tuesday):
    programme = ada.cohort.programme
    plan = timepoints.plan_of(programme.pk)
    assert cautions.of(programme, plan, sessions={}, parts={}) == []

    covers.end(programme=programme, by=UserFactory(), now=tuesday)

    [said] = cautions.of(programme, plan, sessions={}, parts={})
    assert "nobody stands by" in said


def test_where_the_answers_cannot_be_stored_they_are_shown_without_a_database(
    asked, as_participant, monkeypatch
):
    def fails(**values):
        raise DatabaseError

    monkeypatch.setattr(responses, "submit", fails)

    answer = as_participant.post(PAGE, ALARMED)

    assert answer.status_code == 503
    assert shows_people(answer)
    assert not Response.objects.exists()


STEPS = st.lists(
    st.tuples(
        st.permutations([str(item) for item in range(1, 10)]),
        st.lists(st.sampled_from(["", "0", "1", "2", "3", "9"]), min_size=9, max_size=9),
        st.sampled_from(["send", "send twice", "later", "back", "empty"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_whatever_order_of_answers_tabs_and_buttons_people_are_there_in_the_same_response(
    asked, as_participant, steps
):
    for order, values, way in steps:
        answers = dict(zip(order, values, strict=True))
        posted = {f"phq9-{item}": value for item, value in answers.items() if value}
        more = {"later": {"later": "1"}, "empty": {"empty": "1"}}.get(way, {})
        if way == "back":
            as_participant.get(PAGE)
        for _time in range(2 if way == "send twice" else 1):
            answer = as_participant.post(PAGE, posted | more)
            if answers["9"] not in ("", "0"):
                assert answer.status_code in (200, 422)
                assert shows_people(answer)
    Response.objects.all().erase()


@pytest.mark.parametrize("instrument", ["phq8", "who5", "phq9"])
def test_after_a_single_instrument_everybody_comes_to_the_same_page_whatever_they_answered(
    ada, as_participant, tuesday, instrument
):
    TimepointFactory(programme=ada.cohort.programme, asks=[instrument])
    timepoints.refresh(enrolment=ada, now=tuesday)

    sent = as_participant.post(f"/my/measures/t1/{instrument}/", {f"{instrument}-1": "0"})
    page = as_participant.get(sent.url).content.decode()

    assert sent.url == "/my/measures/t1/done/"
    assert "Everybody sees this page, whatever they answered" in page
    assert PEOPLE in page
