"""What the simulated network knows: messages, calls, rooms and handsets, under one lock."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

FINAL_CALLS = ("completed", "busy", "no-answer", "failed", "canceled")
FINAL_TEXTS = ("delivered", "undelivered", "failed", "canceled", "received")


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


@dataclass
class TextMessage:
    sid: str
    from_: str
    to: str
    body: str
    direction: str
    status: str
    created_at: datetime
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: int | None = None
    service: str = ""
    status_callback: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class PhoneCall:
    sid: str
    from_: str
    to: str
    direction: str
    status: str
    created_at: datetime
    url: str = ""
    status_callback: str = ""
    events: list[str] = field(default_factory=list)
    timeout: int = 60
    time_limit: int = 14_400
    parent: str = ""
    handset: str = ""  # the person's number, where the call does not show it
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int | None = None
    sequence: int = 0
    said: list[str] = field(default_factory=list)
    keys_wanted: bool = False
    keys_pressed: str = ""  # since the last question
    questions: int = 0  # how many a scripted handset has met
    answered: bool = False  # what the person, or the scenario, has done
    ended_by: str = ""  # "person", "platform", "time": its own walk notices and ends
    star_leaves: bool = False  # the star key takes it out of its room
    bridged: bool = False  # a dialled leg that was joined to its parent
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.status in FINAL_CALLS


@dataclass
class Place:
    """One leg in a room."""

    call: str
    label: str
    starts: bool
    ends: bool
    joined_at: datetime


@dataclass
class Room:
    sid: str
    name: str
    created_at: datetime
    status: str = "init"
    status_callback: str = ""
    events: tuple[str, ...] = ()
    sequence: int = 0
    limit: int = 250
    places: list[Place] = field(default_factory=list)
    updated_at: datetime | None = None
    reason_ended: str | None = None
    ended_by: str | None = None


@dataclass(frozen=True)
class Scenario:
    """What the person at a scripted handset does. Without one, the handset waits for a person."""

    answers: str = "answer"  # answer, busy, no answer, fail
    keys: str = ""  # pressed one at each question; silent when they run out
    stays: int | None = None  # seconds in the room before hanging up; None: until the other goes
    code: int | None = None  # error code of texts that do not arrive
    state: str = "undelivered"


NAMED = {
    "press 1": Scenario(keys="1"),
    "press 2": Scenario(keys="2"),
    "silent": Scenario(),
    "busy": Scenario(answers="busy"),
    "no answer": Scenario(answers="no answer"),
    "failed": Scenario(answers="fail"),
    "drops": Scenario(keys="1", stays=180),
    "talks": Scenario(keys="1", stays=1500),
    "text unreachable": Scenario(code=30003),
    "text unknown": Scenario(code=30005),
    "text landline": Scenario(code=30006),
}


class Network:
    """All state, and the lock and bell that guard it. `keep` is told each record that changed."""

    def __init__(
        self, *, now: Callable[[], datetime], keep: Callable[[str, dict[str, Any]], None] | None = None
    ):
        self.now = now
        self.keep = keep or (lambda kind, record: None)
        self.lock = threading.RLock()
        self.bell = threading.Condition(self.lock)
        self.messages: dict[str, TextMessage] = {}
        self.deleted_messages: dict[str, TextMessage] = {}  # here, not on the handsets that show them
        self.calls: dict[str, PhoneCall] = {}
        self.rooms: dict[str, Room] = {}
        self.opted_out: set[tuple[str, str]] = set()
        self.scenarios: dict[str, Scenario] = {}
        self.problems: list[str] = []  # what a telephone engineer would find in the account's error log

    def save(self, record: TextMessage | PhoneCall | Room) -> None:
        """Keep the record, remember it in the journal and wake whoever waits for a change."""
        with self.lock:
            self.shelf(record)[record.sid] = record
            self.keep(type(record).__name__, asdict(record))
            self.bell.notify_all()

    def shelf(self, record: TextMessage | PhoneCall | Room) -> dict[str, Any]:
        shelves: dict[type, dict[str, Any]] = {
            TextMessage: self.messages,
            PhoneCall: self.calls,
            Room: self.rooms,
        }
        return shelves[type(record)]

    def delete_message(self, sid: str) -> None:
        """Let the network know a text no more; whoever got or sent it has it still."""
        with self.lock:
            if text := self.messages.pop(sid, None):
                self.deleted_messages[sid] = text

    def texts_of(self, number: str) -> list[TextMessage]:
        """The texts on this handset, oldest first."""
        with self.lock:
            texts = [*self.deleted_messages.values(), *self.messages.values()]
            mine = [text for text in texts if handset_of(text) == number]
            return sorted(mine, key=lambda text: text.created_at)

    def opt_out(self, *, number: str, platform: str, out: bool) -> None:
        with self.lock:
            (self.opted_out.add if out else self.opted_out.discard)((number, platform))
            self.keep("OptOut", {"number": number, "platform": platform, "out": out})

    def call_at(self, number: str) -> PhoneCall | None:
        """The call that this handset rings for or is in."""
        with self.lock:
            mine = [call for call in self.calls.values() if number == handset_of(call) and not call.is_over]
            return mine[-1] if mine else None

    def open_room(self, name: str) -> Room | None:
        with self.lock:
            return next((r for r in self.rooms.values() if r.name == name and r.status != "completed"), None)

    def room_of(self, call: PhoneCall) -> Room | None:
        with self.lock:
            return next((r for r in self.rooms.values() if any(p.call == call.sid for p in r.places)), None)

    def problem(self, text: str) -> None:
        with self.lock:
            self.problems.append(text)


def handset_of(record: PhoneCall | TextMessage) -> str:
    """The number at the person's end, whichever way it went and whatever it showed."""
    if isinstance(record, PhoneCall) and record.handset:
        return record.handset
    return record.from_ if record.direction == "inbound" else record.to
