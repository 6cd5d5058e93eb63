"""The two handsets of the demonstration's desk, worked through the simulator's control addresses."""

import json
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import phonenumbers
from django.conf import settings

from resilience.accounts.models import User
from resilience.coaching.models import Coach
from resilience.messaging import optouts
from resilience.participants.models import Participant

TIMEOUT_S = 3
SIDES = ("participant", "coach")
DEFAULTS = {"participant": "+447700900001", "coach": "+442079460101"}
BUSY = {"RINGING", "IN_CALL", "CONNECTING"}
ACTIONS = {"answer", "hang-up", "keys", "text", "call"}


class Refused(Exception):
    """The handset cannot do that now; the message says why."""


@dataclass(frozen=True)
class Handset:
    """What one telephone shows."""

    side: str
    number: str
    shown: dict

    @property
    def state(self) -> str:
        """Return RINGING, IN_CALL, CONNECTING or IDLE."""
        call = self.shown.get("call")
        return call["state"] if call else "IDLE"

    @property
    def said(self) -> list[str]:
        """Return what is said on the present call, or else was on the last one."""
        call = self.shown.get("call") or self.shown.get("last_call")
        return call["said"] if call else []

    @property
    def texts(self) -> list[dict]:
        """Return the texts, oldest first."""
        return self.shown.get("messages", [])

    @property
    def ringing_from(self) -> str:
        """Return the number that the telephone shows while it rings, as people write it."""
        call = self.shown.get("call")
        return national(call["shown_number"]) if call else ""

    @property
    def joined(self) -> bool:
        """Return whether the other side is on the line."""
        room = (self.shown.get("call") or {}).get("room")
        return bool(room and room["started"] and room["with"])

    @property
    def national(self) -> str:
        """Return the number as people write it."""
        return national(self.number)

    @property
    def whose(self) -> str:
        """Return by which name the demonstration signs in whoever has this telephone."""
        return _names([self.number]).get(self.number, "")


def pair(*, user: object, chosen: dict[str, str]) -> list[Handset]:
    """Return the participant's and the coach's handset.

    Whoever is in a call comes first, then the number chosen by hand, then that of the person signed in here.
    Raises Refused where no simulator answers.
    """
    everyone = _ask("/handsets/")["handsets"]
    coaches = {coach.phone for coach in Coach.objects.select_related("user") if coach.phone}
    found = []
    for side in SIDES:
        mine = [one for one in everyone if (one["number"] in coaches) == (side == "coach")]
        number = _busy(mine) or chosen.get(side) or _own(user, side) or DEFAULTS[side]
        found.append(Handset(side, number, _ask(f"/handsets/{quote(number)}/")))
    return found


def others() -> list[tuple[str, str, str]]:
    """Return every number that was texted or rung so far, as people write it, and whose it is. Raises Refused."""
    numbers = [one["number"] for one in _ask("/handsets/")["handsets"]]
    names = _names(numbers)
    return [(number, national(number), names.get(number, "")) for number in numbers]


def _names(numbers: Collection[str]) -> dict[str, str]:
    """Return under which name the demonstration signs in whoever has one of these numbers."""
    marks = {optouts.index(number): number for number in numbers}
    held = [model.objects.filter(phone_index__in=marks) for model in (Coach, Participant)]
    return {
        marks[mark]: address.partition("@")[0]
        for found in held
        for mark, address in found.values_list("phone_index", "user__email")
    }


def act(number: str, action: str, key: str = "", *, body: str = "", withheld: bool = False) -> None:
    """Answer, hang up, press a key, send a text, or ring the platform. Raises Refused."""
    path = f"/handsets/{quote(number)}/{action}/"
    fields = {"body": body} if action == "text" else {"withheld": "true"} if withheld else {}
    _ask(f"{path}{quote(key)}/" if action == "keys" else path, method="POST", **fields)


def national(number: str) -> str:
    """Return a number as people in its country write it."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def _busy(handsets: list[dict]) -> str:
    return next((one["number"] for one in handsets if one["call"] and one["call"]["state"] in BUSY), "")


def _own(user: object, side: str) -> str:
    if not isinstance(user, User):
        return ""
    model = Coach if side == "coach" else Participant
    own = model.objects.filter(user=user).select_related("user").first()
    return own.phone if own else ""


def _ask(path: str, *, method: str = "GET", **fields: str) -> dict:
    if not settings.TWILIO_API_URL:
        raise Refused("No telephone simulator is set.")
    request = urllib.request.Request(  # noqa: S310 - a loopback address from our settings
        settings.TWILIO_API_URL.rstrip("/") + path,
        method=method,
        data=urlencode(fields).encode() if method == "POST" else None,
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - as above
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Refused(_words(error)) from None
    except (OSError, ValueError):
        raise Refused("The telephone simulator does not answer.") from None


def _words(error: urllib.error.HTTPError) -> str:
    try:
        return json.load(error)["message"]
    except (ValueError, KeyError):
        return "The telephone simulator could not do that."
