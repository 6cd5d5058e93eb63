"""How long a sign-in lasts: 30 days on one's own phone, ten idle minutes on a shared computer and for staff.

The sign-in session holds how long it may be idle and when it ends; a signed cookie, bound to that session, holds
when it was last used, so that a page costs no write. Private text asks for a fresh code after ten idle minutes:

    if not device.fresh(request):
        return device.ask_again(request)

An app that knows of work away from the page registers a function with `busy`: that time is not idle.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from resilience import clock
from resilience.accounts import drafting
from resilience.accounts.models import User

OWN, SHARED = "own", "shared"
TEN_MINUTES = timedelta(minutes=10).total_seconds()
HALF_AN_HOUR = timedelta(minutes=30).total_seconds()
THIRTY_DAYS = timedelta(days=30).total_seconds()
IN_SESSION = "device"
SIGN_OUT = "account_logout"
BY_ITSELF = {
    "wagtailadmin_editing_sessions:ping"
}  # an open page asks every ten seconds: nobody need be there
_BUSY: list[Callable[..., timedelta]] = []


def busy(told: Callable[..., timedelta]) -> Callable[..., timedelta]:
    """Decorate `told(user_id, since=, now=)`: how long somebody was at work away from the page in that time."""
    _BUSY.append(told)
    return told


@dataclass(frozen=True)
class Seen:
    """A sign-in: how long it may be idle, when it ends at the latest, when it was last used and shown by a code."""

    idle: float
    until: float
    at: float
    shown: float

    def ended(self, *, now: float, at_work: float = 0) -> bool:
        """Return whether the sign-in has been idle for too long, but for time `at_work`, or its days are over."""
        return now - self.at - at_work > self.idle or now > self.until

    def used(self, *, now: float) -> "Seen":
        """Return the sign-in as used at `now`: ten idle minutes take away its freshness."""
        return replace(self, at=now, shown=self.shown if now - self.at <= TEN_MINUTES else 0)


class DeviceMiddleware:
    """Ends a sign-in that has been idle for longer than the device it was made on allows."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = clock.now().timestamp()
        request.device = _read(request)
        if request.device and _ended(request, now=now):
            request.session.flush()
            request.device = None
        elif request.device:
            request.device = request.device.used(now=now)
        response = self.get_response(request)
        _write(request, response, now=clock.now().timestamp())
        if _signed_out(request):
            response["Clear-Site-Data"] = '"cache", "storage"'  # nothing stays for who sits here next
        return response


def begin(*, request: HttpRequest, user: User, **signal: object) -> None:
    """Note a sign-in; called by Django's signal, so that every way of signing in is covered."""
    user.last_login = clock.now()  # Django has noted the machine's time; what is kept how long goes by ours
    user.save(update_fields=["last_login"])
    now = user.last_login.timestamp()
    idle = TEN_MINUTES if user.is_staff else HALF_AN_HOUR
    request.session[IN_SESSION] = [idle, now + THIRTY_DAYS, now, now]


def choose(request: HttpRequest, choice: str) -> None:
    """Let the sign-in last as long as the chosen device allows; staff keep their ten minutes."""
    own = choice == OWN and not request.user.is_staff
    idle = THIRTY_DAYS if own else TEN_MINUTES
    _, until, at, shown = request.session[IN_SESSION]
    request.session[IN_SESSION] = [idle, until, at, shown]
    request.session.set_expiry(int(THIRTY_DAYS) if own else 0)


def fresh(request: HttpRequest) -> bool:
    """Return whether private text may be shown: no ten idle minutes have passed since the last code."""
    seen = getattr(request, "device", None)
    return seen is None or seen.shown > 0


def is_shared(request: HttpRequest) -> bool:
    """Return whether a participant said that others use this device too."""
    seen = getattr(request, "device", None)
    return seen is not None and seen.idle == TEN_MINUTES


def show(request: HttpRequest) -> None:
    """Note that a code has just shown who it is."""
    now = clock.now().timestamp()
    idle, until, *_ = request.session[IN_SESSION]
    request.session[IN_SESSION] = [idle, until, now, now]
    request.device = Seen(idle, until, now, now)


def ask_again(request: HttpRequest) -> HttpResponse:
    """Return the redirect to where a fresh code is asked for; what was posted is kept and comes back."""
    if request.method == "POST":
        drafting.keep(request)
    return redirect(f"{reverse('accounts:again')}?{urlencode({'next': request.get_full_path()})}")


def cookie() -> str:
    """Return the cookie's name; its prefix lets nobody but this very host, over TLS, set it."""
    return "__Host-seen" if settings.SESSION_COOKIE_SECURE else "seen"


def _ended(request: HttpRequest, *, now: float) -> bool:
    """Return whether the sign-in is over; only one that seems so asks the database what its user was busy with."""
    seen = request.device
    return seen.ended(now=now) and seen.ended(now=now, at_work=_at_work(request, since=seen.at, now=now))


def _at_work(request: HttpRequest, *, since: float, now: float) -> float:
    user = request.session.get(SESSION_KEY)
    if user is None:
        return 0
    span = {"since": datetime.fromtimestamp(since, UTC), "now": datetime.fromtimestamp(now, UTC)}
    return max((told(user, **span).total_seconds() for told in _BUSY), default=0)


def _read(request: HttpRequest) -> Seen | None:
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return None
    try:
        return Seen(*signing.loads(request.COOKIES.get(cookie(), ""), salt=_salt(session_key)))
    except signing.BadSignature:
        held = request.session.get(IN_SESSION)
        return Seen(*held) if held else None


def _write(request: HttpRequest, response: HttpResponse, *, now: float) -> None:
    seen = _now_held(request)
    if seen is None:
        if cookie() in request.COOKIES:
            response.delete_cookie(cookie())
        return
    session_key = request.session.session_key
    if not session_key or _asked_by_itself(request):
        return
    response.set_cookie(
        cookie(),
        signing.dumps([seen.idle, seen.until, now, seen.shown], salt=_salt(session_key)),
        max_age=int(THIRTY_DAYS) if seen.idle == THIRTY_DAYS else None,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _now_held(request: HttpRequest) -> Seen | None:
    """Return the sign-in as it stands after the view; the session is the truth where the view opened it."""
    if not request.session.accessed:
        return request.device
    if SESSION_KEY not in request.session or IN_SESSION not in request.session:
        return None
    idle, until, at, shown = request.session[IN_SESSION]
    before = request.device
    if before is None or at >= before.at:  # signed in, or shown by a code, within this very request
        return Seen(idle, until, at, shown)
    return replace(before, idle=idle, until=until)


def _asked_by_itself(request: HttpRequest) -> bool:
    """Return whether an open page sent the request, and nobody who uses it."""
    match = request.resolver_match
    return match is not None and match.view_name in BY_ITSELF


def _signed_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name == SIGN_OUT


def _salt(session_key: str) -> str:
    return f"resilience.device.{session_key}"
