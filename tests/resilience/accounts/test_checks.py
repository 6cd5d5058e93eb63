"""One-click sign-in and a second factor that nobody gave stay in the demonstration."""

import pytest
from django.test import Client

from resilience.accounts import checks, second_factor


@pytest.mark.django_db
def test_the_demonstrations_desk_is_not_there_outside_it():
    assert Client().get("/demo/").status_code == 404
    assert Client().get("/demo/sign-in/operator/").status_code == 404


def test_only_our_own_way_to_sign_in_is_taken(settings):
    assert checks.one_way_to_sign_in() == []

    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS, "django.contrib.auth.backends.ModelBackend",
    ]  # fmt: skip

    assert [error.id for error in checks.one_way_to_sign_in()] == ["accounts.E002"]


def test_the_demonstrations_parts_are_taken_in_the_demonstration_alone(settings, monkeypatch):
    monkeypatch.setattr(checks.apps, "is_installed", lambda name: name == "resilience.demo")
    settings.TESTING, settings.DEMONSTRATION = False, True
    assert checks.demonstration_stays_in_the_demonstration() == []

    settings.DEMONSTRATION = False

    assert [error.id for error in checks.demonstration_stays_in_the_demonstration()] == ["accounts.E001"]


def test_a_second_factor_that_nobody_gave_is_recorded_in_the_demonstration_alone(as_coach, rf, ben, settings):
    request = rf.get("/")
    request.user, request.session = ben.user, as_coach.session
    settings.TESTING, settings.DEMONSTRATION = False, True
    second_factor.record_as_given(request)

    settings.DEMONSTRATION = False

    with pytest.raises(second_factor.OnlyInTheDemonstration):
        second_factor.record_as_given(request)
