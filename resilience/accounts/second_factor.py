"""Staff show a second factor; allauth keeps the record of it in the sign-in."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def given(request: HttpRequest) -> bool:
    """Return whether this sign-in was confirmed by a second factor or a passkey."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))


def ask(request: HttpRequest) -> HttpResponse:
    """Return the redirect to where a second factor is set up or given."""
    return redirect(reverse("mfa_index"))
