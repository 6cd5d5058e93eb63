"""What the product asks of a telephone network, in our words.

Two ports: VoiceGateway and TextGateway. Addresses cross them as paths ("/telephony/voice/<token>/gate/");
the adapter puts PUBLIC_BASE_URL before them. A callback is verified before anything in it is read. Of what it
tells us, `once` is its own token for the notice ("" when it gave none: store it unique to drop repeats) and
`at` the time when it says that it happened. `lines.voice()` and `lines.text()` give the configured adapters.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NewType, Protocol

CallRef = NewType("CallRef", str)  # opaque: store it, compare it, never read it
MessageRef = NewType("MessageRef", str)

RING = timedelta(seconds=25)


class Forged(Exception):
    """The callback is not signed by the network for this address: answer 403 and read nothing of it."""


class Reason(enum.StrEnum):
    """Why the network would not, or could not, do it."""

    NUMBER = "NUMBER"  # not a number, or nobody has it: ask the person
    NOT_MOBILE = "NOT_MOBILE"  # texts cannot arrive there; calls still can
    OPTED_OUT = "OPTED_OUT"  # they texted STOP: use e-mail
    UNREACHABLE = "UNREACHABLE"  # switched off or out of reach: one more try later is fair
    MESSAGE = "MESSAGE"  # the text is empty or too long: a fault in our template
    CONFIGURATION = (
        "CONFIGURATION"  # a country, a route or a number that is not open to us: the operator must act
    )
    FILTERED = (
        "FILTERED"  # carriers take our texts for spam, or the number is not registered: the operator must act
    )
    ACCOUNT = "ACCOUNT"  # our name and secret are not taken: nothing goes out until the operator acts


class Refused(Exception):
    """The network said no, and will say no again. `evidence` is for the operator's log and names nobody."""

    def __init__(self, reason: Reason, evidence: str = "") -> None:
        super().__init__(f"{reason}: {evidence}" if evidence else str(reason))
        self.reason = reason
        self.evidence = evidence


class TryLater(Exception):
    """Nothing happened: make the same request again, after `retry_after` where the network named it."""

    def __init__(self, retry_after: timedelta | None = None, evidence: str = "") -> None:
        super().__init__(evidence or "nothing happened; try again later")
        self.retry_after = retry_after
        self.evidence = evidence


class Unknown(Exception):
    """It may or may not have happened: look with `find` before anything is sent or dialled again."""


class CallState(enum.StrEnum):
    WAITING = "WAITING"  # accepted, not ringing yet
    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    ENDED = "ENDED"  # the leg ended after an answer; it does not say that two people talked
    BUSY = "BUSY"
    NO_ANSWER = "NO_ANSWER"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_final(self) -> bool:
        return self not in (CallState.WAITING, CallState.RINGING, CallState.ANSWERED)


class RoomChange(enum.StrEnum):
    JOINED = "JOINED"
    LEFT = "LEFT"
    STARTED = "STARTED"  # both are in and hear each other
    ENDED = "ENDED"


class TextState(enum.StrEnum):
    """Ordered by `rank`: a callback may only move a message forward, and the first final state stays."""

    WAITING = "WAITING"
    SENT = "SENT"  # handed to the carrier; may stay the last word: "probably arrived"
    DELIVERED = "DELIVERED"
    UNDELIVERED = "UNDELIVERED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def rank(self) -> int:
        return {TextState.WAITING: 0, TextState.SENT: 1}.get(self, 9)

    @property
    def is_final(self) -> bool:
        return self.rank == 9


class Wish(enum.StrEnum):
    """What a one-word text asks of the network; it has acted and answered already: send no reply."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


@dataclass(frozen=True, kw_only=True)
class AskForKey:
    """Say `text` up to `repeats` times and wait for so many keys; `action_path` is asked next, key or no key."""

    text: str
    action_path: str
    repeats: int = 2
    digits: int = 1
    wait: timedelta = timedelta(seconds=8)
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class JoinRoom:
    """Put the line into a room for two. Steps after it are taken once the room is closed, or left by the star key.

    `starts`: the room opens when this side comes in. `ends`: it closes when this side leaves.
    `room` must be random: the network keeps it. Nothing is ever recorded.
    """

    room: str
    side: str
    starts: bool
    ends: bool
    wait_path: str
    status_path: str
    time_limit: timedelta


@dataclass(frozen=True, kw_only=True)
class Say:
    text: str
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """What someone waiting in a room hears, again and again: a sentence, then quiet."""

    text: str
    quiet: timedelta = timedelta(seconds=20)
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class GoTo:
    """Ask `path` what to do next."""

    path: str


@dataclass(frozen=True, kw_only=True)
class HangUp:
    pass


Step = AskForKey | JoinRoom | Say | Hold | GoTo | HangUp


# --- what the network tells us ----------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class LineAsks:
    """A line wants to know what to do next: answer with `script`. `key` is "" when none was pressed."""

    call: CallRef
    caller: str  # as the network names it; "" when withheld
    called: str
    inbound: bool
    key: str = ""  # or keys, where several were asked for
    once: str = ""


@dataclass(frozen=True, kw_only=True)
class LegChanged:
    """One leg reached a state. `order` puts late notices right; `seconds` is set once it has ended."""

    call: CallRef
    state: CallState
    order: int | None = None
    seconds: int | None = None
    at: datetime | None = None
    once: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomChanged:
    """Somebody came into the room or left it (`call`, `side`), or it started or ended (both may be "")."""

    room: str
    change: RoomChange
    call: CallRef = CallRef("")
    side: str = ""
    order: int | None = None
    at: datetime | None = None
    once: str = ""


@dataclass(frozen=True, kw_only=True)
class TextChanged:
    message: MessageRef
    state: TextState
    reason: Reason | None = None
    evidence: str = ""
    once: str = ""


@dataclass(frozen=True, kw_only=True)
class TextArrived:
    """Somebody texted the platform. Body as typed; `wish` is set for the words that the network acts on."""

    message: MessageRef
    sender: str
    body: str
    wish: Wish | None = None
    once: str = ""


@dataclass(frozen=True, kw_only=True)
class NotUnderstood:  # signed, but nothing that we know: count it, answer 204, change nothing
    once: str = ""


CallEvent = LineAsks | LegChanged | RoomChanged | NotUnderstood
TextEvent = TextChanged | TextArrived | NotUnderstood


@dataclass(frozen=True, kw_only=True)
class CallSeen:
    """A call as the network lists it, for sweeping and reconciling."""

    call: CallRef
    to: str
    state: CallState
    created_at: datetime
    seconds: int | None = None
    cost: Decimal | None = None  # what the network charges for it; None until it says so
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class TextSeen:
    """A message as the network lists it, for sweeping and reconciling."""

    message: MessageRef
    to: str
    body: str
    state: TextState
    created_at: datetime
    reason: Reason | None = None


class VoiceGateway(Protocol):
    """Every verb may raise Refused, TryLater or Unknown, but for `script`; `read_callback` only Forged."""

    def ring(
        self, *, to: str, answer_path: str, status_path: str, time_limit: timedelta, ring_for: timedelta = RING
    ) -> CallRef:  # fmt: skip
        """Ring one telephone from the platform's number; `answer_path` is asked once it is answered."""

    def script(self, *steps: Step) -> bytes:
        """The body to answer a LineAsks with (200, text/xml)."""

    def hang_up(self, call: CallRef) -> None:
        """End the call, ringing or answered; one that is already over is left as it is."""

    def look_up(self, call: CallRef) -> CallSeen: ...
    def forget(self, call: CallRef) -> None: ...  # what the carrier keeps of it; gone already is fine

    def find(self, *, to: str, since: datetime, until: datetime) -> list[CallSeen]:
        """Calls made to this number in that time, newest first: what to do after Unknown."""

    def read_callback(
        self, *, path: str, query: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> CallEvent:
        """`query` is the raw query string, `form` the untouched request.POST, `headers` request.headers."""


class TextGateway(Protocol):
    """Every verb may raise Refused, TryLater or Unknown; `read_callback` only Forged."""

    def send(self, *, to: str, body: str, status_path: str, valid_for: timedelta) -> MessageRef:
        """Send a text that dies unsent once `valid_for` has passed. Not idempotent: see Unknown."""

    def look_up(self, message: MessageRef) -> TextSeen: ...
    def forget(self, message: MessageRef) -> None: ...

    def find(self, *, to: str, since: datetime, until: datetime) -> list[TextSeen]:
        """Messages sent to this number in that time, newest first: what to do after Unknown."""

    def read_callback(
        self, *, path: str, query: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> TextEvent:
        """`query` is the raw query string, `form` the untouched request.POST, `headers` request.headers."""
