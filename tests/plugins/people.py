"""The cast (Ada takes part, Ben coaches, Chi evaluates) and browsers signed in as each role.

`sign_in(user)` gives a client for anybody; staff have shown a second factor in it, and it is their own telephone.
"""

import time
from collections.abc import Callable
from datetime import time as of_day

import pytest
from django.test import Client
from django.utils import translation

from resilience.accounts.models import Role, User

BACKEND = "resilience.accounts.backend.RoleBackend"


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """Each test begins in the site's first language, whatever the last request of another one spoke."""
    translation.deactivate()


@pytest.fixture
def sign_in(db) -> Callable[..., Client]:
    """Return a client signed in as a user: `sign_in(ben.user)`, without the second factor `second_factor=False`."""

    def enter(user: User, *, second_factor: bool = True) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        session = client.session
        methods = ["code", "mfa"] if second_factor and user.is_staff else ["code"]
        session["account_authentication_methods"] = [{"method": name, "at": time.time()} for name in methods]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return enter


@pytest.fixture
def ada(db):
    """Ada takes part: the enrolment of a nurse who agreed to everything."""
    from tests.factories.participants import EnrolmentFactory

    return EnrolmentFactory(participant__user__email="ada@example.org", participant__chosen_name="Ada")


@pytest.fixture
def ben(db):
    """Ben coaches in Ada's programme, on weekdays from nine to five."""
    from resilience.coaching.models import AvailabilityRule, Coach
    from tests.factories.accounts import UserFactory
    from tests.factories.participants import ProgrammeFactory, RespondentFactory

    coach = Coach(
        user=UserFactory(email="ben@example.org", roles=[Role.COACH]), respondent=RespondentFactory(profession=""),
        slug="ben", shown_name="Ben", calendar_secret="b" * 43,
    )  # fmt: skip
    coach.phone = "+442079460111"
    coach.save()
    coach.programmes.add(ProgrammeFactory())
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=of_day(9), ends=of_day(17)) for day in range(5)
    )
    return coach


@pytest.fixture
def chi(db) -> User:
    """Chi evaluates every programme of the site."""
    return _staff("chi", Role.EVALUATOR)


@pytest.fixture
def as_participant(ada, sign_in) -> Client:
    """A browser in which Ada is signed in."""
    return sign_in(ada.participant.user)


@pytest.fixture
def as_coach(ben, sign_in) -> Client:
    """A browser in which Ben is signed in."""
    return sign_in(ben.user)


@pytest.fixture
def as_evaluator(chi, sign_in) -> Client:
    """A browser in which Chi is signed in."""
    return sign_in(chi)


@pytest.fixture
def as_editor(sign_in) -> Client:
    """A browser of somebody who writes the pages."""
    return sign_in(_staff("editor", Role.EDITOR))


@pytest.fixture
def as_coach_lead(sign_in) -> Client:
    """A browser of the coaches' lead."""
    return sign_in(_staff("coach-lead", Role.COACH_LEAD))


@pytest.fixture
def as_manager(sign_in) -> Client:
    """A browser of a programme manager."""
    return sign_in(_staff("manager", Role.MANAGER))


@pytest.fixture
def as_safeguarding_lead(sign_in) -> Client:
    """A browser of the safeguarding lead."""
    return sign_in(_staff("safeguarding", Role.SAFEGUARDING_LEAD))


@pytest.fixture
def as_operator(sign_in) -> Client:
    """A browser of the operator."""
    return sign_in(_staff("operator", Role.OPERATOR))


def _staff(name: str, role: str) -> User:
    from tests.factories.accounts import UserFactory

    return UserFactory(email=f"{name}@example.org", roles=[role])
