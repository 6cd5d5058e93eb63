"""The gateways that the settings name; each thread keeps one while it sends, so that connections are used again."""

import threading
import time
from typing import TypeVar

from django.conf import settings

from resilience.telephony import gateway, twilio

IDLE_S = (
    20  # a connection that rested for longer may be closed at the other end: what is sent then may be lost
)

_kept = threading.local()
Line = TypeVar("Line", twilio.Voice, twilio.Text)


def _account() -> twilio.Account:
    return twilio.Account(
        sid=settings.TWILIO_ACCOUNT_SID,
        auth_token=settings.TWILIO_AUTH_TOKEN,
        old_auth_token=settings.TWILIO_AUTH_TOKEN_OLD,
        number=settings.TWILIO_NUMBER,
        messaging_service=settings.TWILIO_MESSAGING_SERVICE_SID,
        region=settings.TWILIO_REGION,
        edge=settings.TWILIO_EDGE,
        api_url=settings.TWILIO_API_URL,
        public_base_url=settings.PUBLIC_BASE_URL,
    )


def voice() -> gateway.VoiceGateway:
    """The line for calls. Never raises: missing settings show as Refused when it is used."""
    return _the_same(twilio.Voice)


def text() -> gateway.TextGateway:
    """The line for text messages. Never raises: missing settings show as Refused when it is used."""
    return _the_same(twilio.Text)


def _the_same(kind: type[Line]) -> Line:
    account, now = _account(), time.monotonic()
    line, used = getattr(_kept, kind.__name__, (None, 0.0))
    if line is None or line.account != account or now - used > IDLE_S:
        line = kind(account)
    setattr(_kept, kind.__name__, (line, now))
    return line
