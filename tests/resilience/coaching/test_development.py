"""A coach's own profile, a peer's view, the log, and whether calls turn to advising."""

from datetime import timedelta

import pytest
from django.db import connection

from resilience.accounts.models import Role
from resilience.coaching import competencies, domains, drift, log, ratings
from resilience.coaching.development_models import CompetencyProfile
from resilience.coaching.drift import Said
from resilience.coaching.models import Outcome, Side
from tests.factories.accounts import UserFactory
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import words

pytestmark = pytest.mark.django_db
POSTED = {f"competencies-{item}": str(1 + item % 5) for item in range(1, 16)}


def test_a_coach_looks_at_fifteen_competencies_in_five_domains(as_coach, ben):
    page = words(as_coach.get("/coach/development/profile/"))
    answer = as_coach.post("/coach/development/profile/", POSTED)

    assert (page.count("<fieldset"), page.count("<h2>")) == (15, 5)
    assert answer.status_code == 302
    [seen] = competencies.seen(ben)
    assert [value for _name, value in seen.values] == pytest.approx([3, 8 / 3, 4, 2, 10 / 3])


def test_a_domain_that_says_too_little_is_asked_again_and_nothing_typed_is_lost(as_coach):
    few = {key: value for key, value in POSTED.items() if key not in ("competencies-1", "competencies-2")}

    answer = as_coach.post("/coach/development/profile/", few)

    assert answer.status_code == 422
    assert "Process and structure: answer at least two." in words(answer)
    assert words(answer).count(" checked") == len(few)
    assert not CompetencyProfile.objects.exists()


def test_the_own_profile_is_asked_for_before_the_first_call_and_a_year_later(ben, tuesday):
    before = competencies.is_due(ben, now=tuesday)
    competencies.answer_own(coach=ben, answers={"1": 3}, now=tuesday)

    assert (before, competencies.is_due(ben, now=tuesday + timedelta(days=364))) == (True, False)
    assert competencies.is_due(ben, now=tuesday + timedelta(days=366))


@pytest.fixture
def meera(ben):
    return CoachFactory(slug="meera", shown_name="Meera", programmes=list(ben.programmes.all()))


def test_a_named_peer_answers_once_and_only_the_coach_reads_it(as_coach, ben, meera, sign_in):
    as_coach.post("/coach/development/peers/", {"peer": "meera"})
    as_coach.post("/coach/development/peers/", {"peer": "meera"})
    asked = CompetencyProfile.objects.get(coach=ben, by=meera)
    browser = sign_in(meera.user)

    page = words(browser.get(f"/coach/development/peers/{asked.pk}/"))
    browser.post(f"/coach/development/peers/{asked.pk}/", POSTED)
    again = browser.post(f"/coach/development/peers/{asked.pk}/", POSTED)

    assert "How do you see Ben’s coaching?" in page
    assert again.status_code == 404
    assert [(seen.by, seen.own) for seen in competencies.seen(ben)] == [(meera, False)]
    assert competencies.seen(meera) == []
    lead = sign_in(UserFactory(roles=[Role.COACH_LEAD]))
    assert "Process and structure" not in words(lead.get("/manage/coaches/ben/"))


def test_a_peers_page_is_for_the_peer_who_was_named(ben, meera, sign_in, tuesday):
    asked = competencies.ask(coach=ben, peer=meera, now=tuesday)
    other = CoachFactory(programmes=list(ben.programmes.all()))

    for somebody in (ben, other):
        assert sign_in(somebody.user).get(f"/coach/development/peers/{asked.pk}/").status_code == 404
    with pytest.raises(competencies.NotAPeer):
        competencies.ask(coach=ben, peer=CoachFactory(programmes=[]), now=tuesday)


def test_the_five_domains_are_drawn_in_a_pdf_for_the_coach(as_coach, ben, meera, tuesday):
    assert as_coach.get("/coach/development/profile.pdf").status_code == 404
    answers = {str(item): 5 for item in range(1, 16)}
    competencies.answer_own(coach=ben, answers=answers, now=tuesday)

    page = domains.html(ben, competencies.seen(ben))
    printed = as_coach.get("/coach/development/profile.pdf")

    assert '<polygon points="150.0,50.0 ' in page
    assert page.count("<line ") == 5
    assert printed.content.startswith(b"%PDF")


def test_the_log_is_locked_and_for_the_coach_alone(as_coach, ben, sign_in, tuesday):
    as_coach.post("/coach/development/log/", {"words": "I waited longer before I spoke."})

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM coaching_logentry")
        assert "waited" not in cursor.fetchone()[0]
    assert "I waited longer" in words(as_coach.get("/coach/development/log/"))
    assert log.of(CoachFactory()) == []


def said(*people: int, advised: bool = False) -> list[Said]:
    return [Said(call=place, person=person, at=None, advised=advised) for place, person in enumerate(people)]


@pytest.mark.parametrize(
    ("people", "sizes"),
    [
        (range(9), []),
        ([0] * 50, []),
        (range(10), [10]),
        (range(19), [10]),
        ([0, 0, *range(1, 10), 10, 11], [11]),
        (range(20), [10, 10]),
    ],
    ids=["nine people", "one person, fifty calls", "ten", "nineteen", "somebody twice", "twenty"],
)
def test_shares_are_shown_in_full_blocks_of_ten_people_only(people, sizes):
    assert [len(block) for block in drift.cut(said(*people))] == sizes


def test_the_share_of_advice_is_for_the_coach_and_the_lead_and_comes_with_the_tenth_person(
    ben, tuesday, as_coach, sign_in
):
    lead, manager = (sign_in(UserFactory(roles=[role])) for role in (Role.COACH_LEAD, Role.MANAGER))
    for number in range(10):
        if number == 9:
            assert drift.blocks(ben) == []
        _rated(ben, advised=5 if number < 3 else 1, at=tuesday + timedelta(minutes=number))

    [block] = drift.blocks(ben)

    assert (block.participants, block.calls, block.share, block.own_share) == (10, 10, 30, 0)
    assert "30 %" in words(as_coach.get("/coach/development/"))
    assert "30 %" in words(lead.get("/manage/coaches/ben/"))
    assert "Asking and advising" not in words(manager.get("/manage/coaches/ben/"))


def _rated(coach, *, advised, at):
    booking = BookingFactory(coach=coach, enrolment=EnrolmentFactory(), starts_at=at - timedelta(days=1))
    call = booking.calls.create(
        version=1, room=str(booking.pk), started_at=at, ended_at=at, outcome=Outcome.FULFILLED
    )
    of_both = {
        Side.PARTICIPANT: {"relationship_participant": {"1": 4}, "call_feedback": {"2": advised}},
        Side.COACH: {"relationship_coach": {"1": 4}, "call_feedback_coach": {"2": 1}},
    }
    for side, answers in of_both.items():
        ratings.record(call, side=side, answers=answers, now=at)
