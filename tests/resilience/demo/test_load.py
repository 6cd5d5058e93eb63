"""The demonstration as others build on it: who is there, how far each has come, and what is made up says so."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from resilience.accounts.models import Role, User
from resilience.coaching import offers, slots
from resilience.coaching.models import Booking, Coach, Status
from resilience.demo import load, people
from resilience.engagement.models import ActivityCompletion
from resilience.evaluation.models import Evaluation
from resilience.measures import occasions, scores
from resilience.measures.models import Response, Score
from resilience.organisations import support, system_actions, system_list
from resilience.organisations.models import State, SupportRoute
from resilience.participants import consent, enrolments
from resilience.participants.models import Enrolment, Programme
from tests.plugins.time import TUESDAY


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load.load(now=TUESDAY)
        yield
        transaction.set_rollback(True)


def enrolment(number: int) -> Enrolment:
    return enrolments.current(User.objects.get(email=people.address(people.role_name(number))))


def test_loading_again_changes_nothing():
    before = User.objects.count()

    load.load(now=TUESDAY + timedelta(days=1))

    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("name", "role"), [*load.STAFF.items(), ("coach", Role.COACH), ("coach-2", Role.COACH)]
)
def test_each_role_has_somebody(name, role):
    assert User.objects.get(email=people.address(name)).roles == {role}


def test_participant_is_at_the_very_start():
    ada = enrolment(1)

    due = occasions.due(ada.respondent, now=TUESDAY)

    assert [each.instrument for each in due] == ["who5", "phq8", "coping_confidence", "leaving"]
    assert not ActivityCompletion.objects.filter(enrolment=ada).exists()


def test_others_stand_at_different_points():
    points = {
        (ActivityCompletion.objects.filter(enrolment=enrolment(number)).count(),
         Response.objects.filter(respondent=enrolment(number).respondent).count())
        for number in range(2, 11)
    }  # fmt: skip

    assert len(points) >= 7


@pytest.mark.parametrize("number", [11, 25, 40])
def test_11_to_40_are_offered_a_call_and_booked_none(number):
    person = enrolment(number)

    assert offers.standing(person, now=TUESDAY).offer == offers.Offer.OPEN
    assert not Booking.objects.filter(enrolment=person).exists()


def test_they_are_offered_a_call_for_two_weeks_more():
    assert offers.standing(enrolment(40), now=TUESDAY + timedelta(days=14)).bookable


def test_one_has_a_call_booked_and_one_has_declined():
    assert offers.standing(enrolment(people.HAS_A_CALL), now=TUESDAY).offer == offers.Offer.BOOKED
    assert offers.standing(enrolment(people.DECLINES), now=TUESDAY).offer == offers.Offer.DECLINED


@pytest.mark.parametrize("slug", ["coach", "coach-2"])
def test_coaches_have_hours_in_each_of_the_next_four_weeks(slug):
    coach = Coach.objects.get(slug=slug)

    for week in range(4):
        between = (TUESDAY + timedelta(weeks=week), TUESDAY + timedelta(weeks=week + 1))
        assert slots.count(coach=coach, length=timedelta(minutes=30), between=between, now=TUESDAY) >= 10


def test_everybody_agreed_to_everything_by_the_words_of_the_sheet():
    person = enrolment(2)

    assert all(consent.given(person, purpose) for purpose in consent.OF_EVERYBODY)
    assert "123 questions" in consent.current_form(person.cohort.programme).information


def test_what_people_raised_is_shown_with_one_line_taken_on_and_one_done():
    organisation = enrolment(1).cohort.programme.organisation

    (whole,) = system_list.shown(organisation)

    assert whole.people == 30
    assert {action.state for action in system_actions.of(organisation)} == {"TAKEN_ON", "DONE"}
    assert not enrolment(1).has_raised


def test_the_finished_cohort_is_marked_synthetic_and_shaped_as_it_says():
    programme = Evaluation.objects.get(slug="demonstration").programme
    people_there = Enrolment.objects.filter(cohort__programme=programme)
    answered = {
        key: Response.objects.filter(
            occasion__timepoint__programme=programme,
            occasion__timepoint__key=key,
            instrument="coping_confidence",
        ).count()
        for key in ("t1", "t2", "t3", "t4")
    }

    assert programme.is_synthetic
    assert "synthetic" in programme.public_name
    assert people_there.count() == 70
    assert answered == {"t1": 66, "t2": 62, "t3": 47, "t4": 33}


def test_nobody_real_is_in_a_synthetic_programme_and_no_synthetic_person_can_sign_in():
    synthetic = User.objects.filter(participant__enrolments__cohort__programme__is_synthetic=True)

    assert not synthetic.filter(is_active=True).exists()
    assert not Programme.objects.get(slug="demonstration").is_synthetic


def test_every_score_follows_from_its_answers():
    assert Score.objects.exists()
    assert scores.compare() == []


def test_nobody_is_in_two_calls_at_once():
    booked = list(Booking.objects.filter(status=Status.BOOKED).order_by("coach", "starts_at"))

    for before, after in zip(booked, booked[1:], strict=False):
        assert before.coach_id != after.coach_id or before.blocked_until <= after.starts_at


def test_people_to_talk_to_are_there_with_the_urgent_one_first():
    cards = support.cards(enrolment(1).belongs_to)

    assert cards[0].urgent
    assert [card.urgent for card in cards[1:]] == [False] * (len(cards) - 1)
    assert "116 123" in {card.phone for card in cards}


def test_two_people_published_every_route_that_is_shown_and_one_waits_for_the_second():
    states = list(SupportRoute.objects.values_list("state", flat=True))

    assert states.count(State.PROPOSED) == 1
    assert states.count(State.PUBLISHED) == len(states) - 1
    shown = SupportRoute.objects.filter(state=State.PUBLISHED)
    assert all(route.proposed_by != route.published_by and route.checked_on for route in shown)


def test_a_student_of_the_university_is_among_the_forty():
    student = enrolment(people.STUDENT)

    labels = {card.label for card in support.cards(student.belongs_to, student.belongs_as)}

    assert student.belongs_to.slug == "riverside-university"
    assert "Student wellbeing" in labels
    assert "Occupational health" not in labels


def test_every_telephone_number_is_one_that_nobody_has():
    numbers = [coach.phone for coach in Coach.objects.exclude(phone="")]
    numbers += [enrolment(number).participant.phone for number in range(1, 41)]

    assert len(set(numbers)) == 43
    local = [
        f"+44{phone.replace(' ', '')[1:]}" for phone in SupportRoute.objects.values_list("phone", flat=True)
    ]
    numbers += local
    assert all(number.startswith(("+447700900", "+442079460")) for number in numbers)
