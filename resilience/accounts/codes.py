"""A code sent to an address in the request, and typed on the next page: allauth's machinery, for our own pages."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest


class TooOften(Exception):
    """Too many codes were asked for, from this place or for this address."""


class TooManyTries(Exception):
    """The code was mistyped too often; a new one has to be asked for."""


class EmailCode(AbstractCodeVerificationProcess):
    """A code on its way to `email`, kept in the sign-in session under `purpose` until it is typed."""

    def __init__(self, request: HttpRequest, purpose: str, state: dict) -> None:
        super().__init__(
            state=state,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
        )
        self.request, self.key = request, f"code.{purpose}"

    @property
    def email(self) -> str:
        """Return the address the code went to."""
        return self.state["email"]

    def persist(self) -> None:
        """Keep the state in the sign-in session."""
        self.request.session[self.key] = self.state

    def abort(self) -> None:
        """Forget the code."""
        self.request.session.pop(self.key, None)

    def send(self) -> None:
        """Send a fresh code. Raises ImmediateHttpResponse where no server takes it."""
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/login_code", self.email, {"code": self.code})


def send(request: HttpRequest, *, email: str, purpose: str) -> None:
    """Send a code to `email`. Raises TooOften, or ImmediateHttpResponse where no server takes it."""
    if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
        raise TooOften
    process = EmailCode(request, purpose, EmailCode.initial_state(user=None, email=email))
    process.send()
    process.persist()


def waiting(request: HttpRequest, *, purpose: str) -> EmailCode | None:
    """Return the code that waits to be typed, or None where there is none or its ten minutes are over."""
    state = request.session.get(f"code.{purpose}")
    return EmailCode(request, purpose, state).abort_if_invalid() if state else None


def is_right(process: EmailCode, typed: str) -> bool:
    """Return whether `typed` is the code; a right one is used up. Raises TooManyTries after the last try."""
    if compare_user_code(actual=typed, expected=process.code):
        process.abort()
        return True
    if not process.record_invalid_attempt():
        raise TooManyTries
    return False
