"""What Twilio refuses in a request, with its codes."""

import re
from dataclasses import dataclass

import phonenumbers

from resilience.telephony.simulator.errors import MAGIC, ApiError
from resilience.telephony.simulator.state import Network

E164 = re.compile(r"\+[1-9][0-9]{7,14}$")
REGIONS = ("+44", "+353", "+1")  # where this account may send and dial
LONGEST = 1600


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    form: dict[str, list[str]]

    def one(self, name: str, default: str = "") -> str:
        return self.form.get(name, [default])[0]


def message(request: Request, network: Network, *, number: str) -> None:
    """Raises ApiError as Twilio would for a message with these fields."""
    to, sender, body = request.one("To"), request.one("From"), request.one("Body")
    if not to:
        raise ApiError(21604)
    if not sender and not request.one("MessagingServiceSid"):
        raise ApiError(21603)
    if not body:
        raise ApiError(21602)
    if len(body) > LONGEST:
        raise ApiError(21617)
    _number(to, code=21211)
    if sender and sender != number:
        raise ApiError(21606)
    if not to.startswith(REGIONS):
        raise ApiError(21408)
    if _is_landline(to):
        raise ApiError(21614)
    if (to, sender or number) in network.opted_out:
        raise ApiError(21610)


def call(request: Request, *, number: str) -> None:
    """Raises ApiError as Twilio would for a call with these fields."""
    to, sender = request.one("To"), request.one("From")
    if not to:
        raise ApiError(21201)
    if not sender:
        raise ApiError(21213)
    _number(to, code=21211)
    if sender != number:
        raise ApiError(21606)
    if not to.startswith(REGIONS):
        raise ApiError(21215)
    if not request.one("Url").startswith(("http://", "https://")):
        raise ApiError(21205)


def _number(to: str, *, code: int) -> None:
    if to in MAGIC:
        raise ApiError(MAGIC[to])
    if not E164.match(to):
        raise ApiError(code)
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(to))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise ApiError(code)


def _is_landline(to: str) -> bool:
    if to.startswith("+441632960"):  # the drama range with no town behind it
        return True
    return phonenumbers.number_type(phonenumbers.parse(to)) == phonenumbers.PhoneNumberType.FIXED_LINE
