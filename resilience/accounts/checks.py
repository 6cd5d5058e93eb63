"""System checks of the gate."""

from django.apps import apps
from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def demonstration_stays_in_the_demonstration(**kwargs: object) -> list[checks.Error]:
    """Refuse one-click sign-in, which records a second factor as given, outside the demonstration settings."""
    if apps.is_installed("resilience.demo") and not (settings.DEMONSTRATION or settings.TESTING):
        return [
            checks.Error(
                "resilience.demo is installed, but these are not the demonstration settings.",
                hint="Take it out of INSTALLED_APPS: it signs anybody in with one click.",
                id="accounts.E001",
            )
        ]
    return []


@checks.register(checks.Tags.security)
def one_way_to_sign_in(**kwargs: object) -> list[checks.Error]:
    """Refuse any other sign-in beside allauth's: it would go round the second factor."""
    if settings.AUTHENTICATION_BACKENDS != ["resilience.accounts.backend.RoleBackend"]:
        return [checks.Error("AUTHENTICATION_BACKENDS holds more than RoleBackend.", id="accounts.E002")]
    return []
