"""Staff show a second factor; allauth keeps the record of it in the sign-in."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from resilience.accounts import coming_back, drafting

MFA = "mfa"


class OnlyInTheDemonstration(Exception):
    """A second factor was to be recorded as given on a site with real people."""


def given(request: HttpRequest) -> bool:
    """Return whether this sign-in was confirmed by a second factor or a passkey."""
    return any(record.get("method") == MFA for record in get_authentication_records(request, request.user))


def ask(request: HttpRequest) -> HttpResponse:
    """Return the redirect to where a second factor is given, or set up by somebody who has none."""
    if request.method == "POST":
        drafting.keep(request)
    if not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': coming_back.page(request)})}")


def set_up(*, request: HttpRequest, user: AbstractBaseUser, authenticator: object, **signal: object) -> None:
    """Count a second factor as given once it has just been set up; called by allauth's signal."""
    record_authentication(request, user, method=MFA, type=authenticator.type, reauthenticated=True)


def record_as_given(request: HttpRequest) -> None:
    """Record a second factor that nobody gave. Raises OnlyInTheDemonstration anywhere else."""
    if not (settings.DEMONSTRATION or settings.TESTING):
        raise OnlyInTheDemonstration
    record_authentication(request, request.user, method=MFA, type="demonstration", reauthenticated=True)
