"""Whoever runs a programme keeps its content as it is, and opens it again."""

import pytest

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.participants import freezing
from tests.factories.accounts import UserFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_a_programme_is_frozen_from_its_own_day_on_and_opened_again(tuesday):
    programme = ProgrammeFactory(time_zone="Pacific/Auckland")

    freezing.freeze(programme=programme, by=None, now=tuesday)
    assert freezing.since(programme=programme.slug) == tuesday.date()
    freezing.freeze(programme=programme, by=None, now=tuesday)
    freezing.open_again(programme=programme, by=None, now=tuesday)

    assert freezing.since(programme=programme.slug) is None
    assert sorted(AuditEvent.objects.values_list("event", flat=True)) == ["content_frozen", "content_opened"]


def test_a_manager_freezes_and_opens_on_their_page(as_manager):
    programme = ProgrammeFactory()

    frozen = as_manager.post("/manage/content/", {"programme": "steady", "do": "freeze"}, follow=True)
    programme.refresh_from_db()
    assert programme.content_frozen_on
    assert "Frozen since 3 November 2026" in frozen.content.decode()

    as_manager.post("/manage/content/", {"programme": "steady", "do": "open"})
    programme.refresh_from_db()
    assert programme.content_frozen_on is None


def test_nobody_freezes_a_programme_that_they_do_not_run(sign_in):
    programme = ProgrammeFactory()
    stranger = sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="other"))

    answer = stranger.post("/manage/content/", {"programme": "steady", "do": "freeze"})

    programme.refresh_from_db()
    assert answer.status_code == 404
    assert programme.content_frozen_on is None
    assert "Steady Ground</h3>" not in stranger.get("/manage/").content.decode()
