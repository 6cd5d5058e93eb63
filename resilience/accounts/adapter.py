"""How allauth makes users here, sends its codes, and where a sign-in goes on."""

import smtplib

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_login_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from resilience import clock, languages
from resilience.audit import events, trail

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account by themselves: they join a programme, or are given a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: joining a programme is the only way in."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send within the request. Raises ImmediateHttpResponse, a page in words, where no server takes it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (smtplib.SMTPException, OSError) as error:
            log.error("code mail not sent", reason=type(error).__name__)
            raise ImmediateHttpResponse(render(self.request, "accounts/not_sent.html", status=503)) from None

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, redirect_url: str | None, **hooks: object
    ) -> HttpResponse:
        """Return the page to go on to; a participant is asked first what kind of device this is."""
        response = super().post_login(request, user, redirect_url=redirect_url, **hooks)
        _speaks(user)
        trail.record(events.SIGNED_IN, at=clock.now(), target=user, by=user)
        if user.is_staff:
            return response
        there = get_login_redirect_url(request, redirect_url)
        return redirect(f"{reverse('accounts:device')}?{urlencode({'next': there})}")


def _speaks(user: AbstractBaseUser) -> None:
    """Write to somebody from now on in the language in which they signed in."""
    if user.language != languages.now():
        user.language = languages.now()
        user.save(update_fields=["language"])
