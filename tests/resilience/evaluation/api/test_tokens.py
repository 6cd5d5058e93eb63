from datetime import timedelta

import pytest

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.evaluation.api import tokens
from resilience.evaluation.models import AccessToken
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/evaluations/new/programs/"


@pytest.fixture
def secret(unanswered, chi, tuesday) -> str:
    return tokens.make(
        user=chi, programme=unanswered.programme, name="R", ends_at=tuesday + timedelta(days=30), now=tuesday
    )


def test_a_token_is_known_by_its_hash_alone(secret, tuesday):
    stored = AccessToken.objects.get()

    assert secret not in {str(value) for value in vars(stored).values()}
    assert tokens.find(secret, now=tuesday) == stored
    assert tokens.find(stored.hash, now=tuesday) is None


def test_it_ends_on_its_day_and_when_its_owner_ends_it(secret, chi, tuesday):
    assert tokens.find(secret, now=tuesday + timedelta(days=31)) is None

    tokens.end(AccessToken.objects.get(), by=chi, now=tuesday)

    assert tokens.find(secret, now=tuesday) is None
    recorded = AuditEvent.objects.filter(event__startswith="program_").order_by("pk")
    assert {event.event for event in recorded} == {"program_let_in", "program_shut_out"}


def test_it_reads_no_longer_than_its_owner_may(secret, chi, tuesday):
    roles.end(user=chi, role=Role.EVALUATOR, by=None, now=tuesday)

    assert tokens.find(secret, now=tuesday) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_it_ends_within_a_year(unanswered, chi, tuesday, days):
    with pytest.raises(tokens.NotForSoLong):
        tokens.make(
            user=chi,
            programme=unanswered.programme,
            name="R",
            ends_at=tuesday + timedelta(days=days),
            now=tuesday,
        )


def test_somebody_who_does_not_evaluate_the_programme_gets_none(unanswered, tuesday):
    other = UserFactory(roles=[Role.EVALUATOR], roles__programme="another")

    with pytest.raises(tokens.OnlyForEvaluators):
        tokens.make(
            user=other,
            programme=unanswered.programme,
            name="R",
            ends_at=tuesday + timedelta(days=1),
            now=tuesday,
        )


def test_an_evaluator_makes_a_token_sees_it_once_and_ends_it(unanswered, as_evaluator):
    day = (clock.now() + timedelta(days=30)).date().isoformat()

    made = as_evaluator.post(PAGE, {"name": "Monthly figures", "last_day": day})
    assert made.status_code == 302
    first, second = (as_evaluator.get(made.url).content.decode() for _ in range(2))
    assert f'<input id="token" value="{tokens.BEGINS}' in first
    assert tokens.BEGINS not in second
    assert "Monthly figures" in second

    row = AccessToken.objects.get()
    as_evaluator.post(f"{PAGE}{row.pk}/end/")
    assert b"ended by you" in as_evaluator.get(PAGE).content


def test_without_a_second_factor_none_is_made(unanswered, sign_in, chi):
    browser = sign_in(chi, second_factor=False)

    assert browser.post(PAGE, {"name": "x", "last_day": "2027-01-01"}).url == "/accounts/2fa/"
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize(
    "given", [{"name": "", "last_day": "2026-12-01"}, {"name": "kept words", "last_day": "2031-01-01"}]
)
def test_a_form_to_put_right_keeps_what_was_typed(unanswered, as_evaluator, given):
    answer = as_evaluator.post(PAGE, given)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert given["last_day"] in answer.content.decode()
    assert not AccessToken.objects.exists()


def test_nobody_ends_the_token_of_somebody_else(secret, unanswered, sign_in):
    other = sign_in(UserFactory(roles=[Role.EVALUATOR]))

    assert other.post(f"{PAGE}{AccessToken.objects.get().pk}/end/").status_code == 404
    assert b"R</th>" not in other.get(PAGE).content
