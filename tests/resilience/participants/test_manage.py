"""What those who run a programme see: totals, and a link that is shown once."""

import re

import pytest
from django.test import Client

from resilience.accounts.models import Role
from resilience.participants.models import Invitation
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def wanted(cohort, **changes: str) -> dict:
    return {"cohort": str(cohort.pk), "many": "one", "channel": "poster", "weeks": "2"} | changes


def test_totals_and_nobody_by_name(as_manager, ada):
    page = as_manager.get("/manage/").content.decode()

    assert re.search(r"Steady Ground: Autumn</th>\s*.*?<td class=\"r\">1</td>", page, re.DOTALL)
    assert "ada@example.org" not in page
    assert "Ada" not in page


def test_the_link_is_shown_once_and_lets_somebody_in(as_manager, ada):
    page = as_manager.post("/manage/", wanted(ada.cohort), follow=True).content.decode()

    link = re.search(r"http://testserver(/join/[\w-]+/)", page).group(1)
    assert Client().get(link).status_code == 200
    assert link not in as_manager.get("/manage/").content.decode()
    assert Invitation.objects.get().channel == "poster"


def test_what_is_missing_is_said_and_nothing_is_made(as_manager, ada):
    answer = as_manager.post("/manage/", wanted(ada.cohort, channel="", weeks="0"))

    assert answer.status_code == 422
    assert "Write how people get it" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_manager_of_one_programme_sees_no_other(sign_in, ada):
    other = CohortFactory(programme=ProgrammeFactory(slug="other", public_name="Other Ground"), name="Spring")
    manager = UserFactory(roles=[Role.MANAGER], roles__programme="steady")

    browser = sign_in(manager)

    assert "Other Ground" not in browser.get("/manage/").content.decode()
    assert browser.post("/manage/", wanted(other)).status_code == 422
