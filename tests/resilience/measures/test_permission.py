"""What needs a consent of its own is neither shown nor stored without it, whatever is sent."""

from dataclasses import replace

import pytest

from resilience.journeys import consenting
from resilience.measures import catalogue, occasions, permission, responses
from resilience.measures.models import Response
from resilience.participants import consent
from resilience.participants.models import Purpose
from tests.factories.measures import OccasionFactory, TimepointFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
COPING, MIXED = "coping_apart", "coping_mixed"
WITHOUT = [purpose for purpose in Purpose.values if purpose != Purpose.AVOIDANCE]


@pytest.fixture
def marked(monkeypatch):
    """One instrument that needs the consent as a whole, and one with a single item that does."""
    who5 = catalogue.get("who5")
    whole = replace(who5, key=COPING, needs_consent="AVOIDANCE")
    first, *rest = who5.items
    mixed = replace(who5, key=MIXED, items=(replace(first, needs_consent="AVOIDANCE"), *rest))
    together = {**catalogue.load(), COPING: whole, MIXED: mixed}
    monkeypatch.setattr(catalogue, "load", lambda: together)


@pytest.fixture
def asked(marked):
    """A time point that asks both, and the WHO-5."""
    return TimepointFactory(asks=[COPING, MIXED, "who5"])


def occasions_of(enrolment, timepoint) -> dict:
    return {
        key: OccasionFactory(respondent=enrolment.respondent, timepoint=timepoint, instrument=key)
        for key in (COPING, MIXED, "who5")
    }


def test_the_consent_is_asked_for_only_where_the_plan_asks_such_questions(ada, marked):
    before = consenting.purposes(ada.cohort.programme)
    TimepointFactory(programme=ada.cohort.programme, asks=[COPING])

    assert Purpose.AVOIDANCE not in before
    assert Purpose.AVOIDANCE in consenting.purposes(ada.cohort.programme)


def test_the_tick_stands_on_the_page_of_joining_only_then(sign_in, ada, asked):
    from tests.factories.accounts import UserFactory

    browser = sign_in(UserFactory(email="new@example.org"))

    page = browser.get("/join/consents/").content.decode()
    browser.post("/join/consents/", {"take_part": "on", "avoidance": "on"})

    assert 'name="avoidance"' in page
    joined = type(ada).objects.get(participant__user__email="new@example.org")
    assert consent.given(joined, Purpose.AVOIDANCE)
    assert not consent.given(joined, Purpose.EVALUATION)


def test_without_the_consent_nothing_of_it_is_due_or_shown(sign_in, asked, tuesday):
    enrolment = EnrolmentFactory(consents=WITHOUT)
    occasions_of(enrolment, asked)
    browser = sign_in(enrolment.participant.user)

    due = [each.instrument for each in occasions.due(enrolment.respondent, now=tuesday)]
    page = browser.get(f"/my/measures/t1/{MIXED}/").content.decode()

    assert due == [MIXED, "who5"]
    assert browser.get(f"/my/measures/t1/{COPING}/").status_code == 404
    assert "I have felt cheerful" not in page
    assert "I have felt calm and relaxed" in page


def test_with_the_consent_all_of_it_is_shown_and_stored(sign_in, asked):
    enrolment = EnrolmentFactory()
    occasions_of(enrolment, asked)
    browser = sign_in(enrolment.participant.user)

    browser.post(f"/my/measures/t1/{COPING}/", {f"{COPING}-1": "5"})
    browser.post(f"/my/measures/t1/{MIXED}/", {f"{MIXED}-1": "4"})

    stored = dict(Response.objects.values_list("instrument", "answers"))
    assert stored == {COPING: {"1": 5}, MIXED: {"1": 4}}


def test_a_forced_post_without_the_consent_stores_nothing_of_it(sign_in, asked):
    enrolment = EnrolmentFactory(consents=WITHOUT)
    occasions_of(enrolment, asked)
    browser = sign_in(enrolment.participant.user)

    whole = browser.post(f"/my/measures/t1/{COPING}/", {f"{COPING}-1": "5"})
    browser.post(f"/my/measures/t1/{MIXED}/", {f"{MIXED}-1": "4", f"{MIXED}-2": "3"})

    assert whole.status_code == 404
    assert dict(Response.objects.values_list("instrument", "answers")) == {MIXED: {"2": 3}}


@pytest.mark.parametrize(("instrument", "answers"), [(COPING, {"1": 5}), (COPING, {}), (MIXED, {"1": 5})])
def test_no_way_of_storing_it_is_open_without_the_consent(asked, tuesday, instrument, answers):
    enrolment = EnrolmentFactory(consents=WITHOUT)
    occasion = occasions_of(enrolment, asked)[instrument]
    person = {"respondent": enrolment.respondent, "instrument": instrument}

    with pytest.raises(permission.NotAgreed):
        responses.submit(occasion=occasion, answers=answers, at=tuesday)
    with pytest.raises(permission.NotAgreed):
        responses.record(**person, answers=answers, at=tuesday)
    with pytest.raises(permission.NotAgreed):
        responses.record_once(**person, answers=answers, at=tuesday)
    assert not Response.objects.exists()


def test_taken_back_while_the_page_was_open_nothing_is_stored(sign_in, asked, tuesday):
    enrolment = EnrolmentFactory()
    occasions_of(enrolment, asked)
    browser = sign_in(enrolment.participant.user)
    page = browser.get(f"/my/measures/t1/{COPING}/")
    browser.post("/my/consent/", {"purpose": "AVOIDANCE", "given": "no"})

    answer = browser.post(f"/my/measures/t1/{COPING}/", {f"{COPING}-1": "5"})

    assert (page.status_code, answer.status_code) == (200, 404)
    assert not Response.objects.exists()


def test_what_is_withheld_holds_nothing_else_up(asked, tuesday):
    enrolment = EnrolmentFactory(consents=WITHOUT)
    mine = occasions_of(enrolment, asked)
    for key in (MIXED, "who5"):
        responses.submit(occasion=mine[key], answers={"2": 1}, at=tuesday)

    assert occasions.answered(enrolment, "t1")


def test_an_instrument_without_a_mark_needs_no_look_at_consents(ada, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert permission.shown(catalogue.get("who5"), ada.respondent) is catalogue.get("who5")
