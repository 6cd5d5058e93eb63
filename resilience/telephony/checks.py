"""System checks: the simulator stays in the demonstration, and the network's address is a whole one."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@register()
def simulator_is_for_demonstrations(**kwargs: Any) -> list[CheckMessage]:
    """An error where calls and texts would go to a simulator and nobody would be rung."""
    url = settings.TWILIO_API_URL
    if not url:
        return []
    if not (settings.DEMONSTRATION or settings.TESTING):
        return [
            Error(
                "TWILIO_API_URL is set: every call and text would go to the telephone simulator.",
                hint="Unset TWILIO_API_URL. It is for the demonstration and the tests.",
                id="telephony.E001",
            )
        ]
    if urlsplit(url).hostname not in LOOPBACK:
        return [
            Error(
                "TWILIO_API_URL does not name this machine.",
                hint="The simulator is only spoken to on 127.0.0.1, localhost or ::1.",
                id="telephony.E002",
            )
        ]
    return []


@register()
def region_and_edge_go_together(**kwargs: Any) -> list[CheckMessage]:
    """An error where one of the two is missing: addresses with a region alone were closed in April 2026."""
    if bool(settings.TWILIO_REGION) == bool(settings.TWILIO_EDGE):
        return []
    return [
        Error(
            "TWILIO_REGION and TWILIO_EDGE must be set together.",
            hint="For Ireland: TWILIO_REGION=ie1 and TWILIO_EDGE=dublin.",
            id="telephony.E003",
        )
    ]
