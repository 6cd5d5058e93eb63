"""The telephone network in a test's hands: `telephone` (in process) and `telephone_over_http` (real callbacks).

    telephone.handset("+447700900123").answer()

Everything that the network does happens in the test's own thread when `settle`, `pass_time` or a handset is used,
so that callbacks reach the application inside the test's transaction.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from resilience.telephony import simulator

BASE = "http://testserver"


def _use(settings, telephone: simulator.Simulator, *, base: str) -> None:
    settings.TWILIO_ACCOUNT_SID = telephone.account_sid
    settings.TWILIO_AUTH_TOKEN = telephone.auth_token
    settings.TWILIO_AUTH_TOKEN_OLD = ""
    settings.TWILIO_NUMBER = telephone.number
    settings.TWILIO_MESSAGING_SERVICE_SID = ""
    settings.TWILIO_REGION = "ie1"
    settings.TWILIO_EDGE = "dublin"
    settings.TWILIO_API_URL = telephone.url
    settings.PUBLIC_BASE_URL = base


def deliver_to(client: Client) -> Callable[[str, dict[str, str], dict[str, str]], simulator.Reply]:
    """What hands a callback to Django's test client."""

    def deliver(url: str, form: dict[str, str], headers: dict[str, str]) -> simulator.Reply:
        parts = urlsplit(url)
        answer = client.generic(
            "POST",
            parts.path + (f"?{parts.query}" if parts.query else ""),
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )
        return simulator.Reply(answer.status_code, answer.content)

    return deliver


@pytest.fixture
def telephone(settings) -> Iterator[simulator.Simulator]:
    """A network whose callbacks go to the application through the test client; the settings point to it."""
    with simulator.Simulator(callback_base=BASE, deliver=deliver_to(Client())) as network:
        _use(settings, network, base=BASE)
        yield network


@pytest.fixture
def telephone_over_http(settings, live_server) -> Iterator[simulator.Simulator]:
    """A network with threads of its own that calls the live server back over HTTP, in real time."""
    with simulator.Simulator(callback_base=live_server.url) as network:
        _use(settings, network, base=live_server.url)
        yield network
