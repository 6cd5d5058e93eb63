"""Fetches the script (TwiML) of a leg and walks it, verb by verb."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin
from xml.etree import ElementTree

from resilience.telephony.simulator.callbacks import Caller
from resilience.telephony.simulator.pump import Pump, Wait, Work, pause
from resilience.telephony.simulator.rooms import Rooms
from resilience.telephony.simulator.state import Network, PhoneCall, Room, handset_of

LETTERS_A_SECOND = 15  # how fast the voice reads: silence is only counted after the question has been read
MOST_DOCUMENTS = 30  # a script that redirects for ever is cut here


@dataclass(frozen=True)
class Next:
    """Where the leg asks next, and with which extra fields. Without an address the walk is over."""

    url: str = ""
    fields: dict[str, str] = field(default_factory=dict)


Walk = Generator[Wait, bool, Next | None]


class Dials(Protocol):
    def __call__(self, parent: PhoneCall, *, number: str, timeout: int, whisper: str) -> PhoneCall: ...


class Walker:
    def __init__(
        self, network: Network, caller: Caller, rooms: Rooms, pump: Pump, *, pace: float, dial: Dials
    ):
        self.network = network
        self.caller = caller
        self.rooms = rooms
        self.pump = pump
        self.pace = pace
        self.dial = dial
        self.deadlines: dict[str, float] = {}
        self.verbs: dict[str, Callable[[PhoneCall, ElementTree.Element, str], Walk]] = {
            "Say": self._say,
            "Play": self._play,
            "Pause": self._pause,
            "Gather": self._gather,
            "Redirect": self._redirect,
            "Hangup": self._hangup,
            "Dial": self._dial,
        }

    def walk(self, call: PhoneCall, url: str, *, deadline: float) -> Generator[Wait, bool, None]:
        """Follow the script from `url` until it ends, somebody hangs up or `deadline` (pump time) comes."""
        self.deadlines[call.sid] = deadline
        going = Next(url)
        for _ in range(MOST_DOCUMENTS):
            if call.ended_by or not going.url:
                break
            verbs = self._fetch(call, going)
            going = yield from self._perform(call, verbs, going.url)
        self.deadlines.pop(call.sid, None)

    def _fetch(self, call: PhoneCall, going: Next) -> list[ElementTree.Element]:
        form = {**self.caller.call_fields(call), **going.fields}
        reply = self.caller.post(going.url, form)
        if reply.status != 200:
            call.said.append("We are sorry, an application error has occurred. Goodbye.")
            return []
        try:
            return list(ElementTree.fromstring(reply.body))  # noqa: S314 - the answer of our own application
        except ElementTree.ParseError:
            self.network.problem(f"12100 not a script: {reply.body[:60]!r}")
            call.said.append("We are sorry, an application error has occurred. Goodbye.")
            return []

    def _perform(
        self, call: PhoneCall, verbs: list[ElementTree.Element], base: str
    ) -> Generator[Wait, bool, Next]:
        for verb in verbs:
            act = self.verbs.get(verb.tag)
            if act is None:
                self.network.problem(f"12200 the simulator does not know <{verb.tag}>")
                continue
            going = yield from act(call, verb, base)
            if call.ended_by:
                break
            if going is not None:
                return going
        return Next()

    def _wait(
        self, call: PhoneCall, until: Callable[[], bool], seconds: float | None
    ) -> Generator[Wait, bool, bool]:
        """Wait, but never beyond the end of the call or its time limit. True if `until` came true."""
        left = self.deadlines[call.sid] - self.pump.time()
        least = left if seconds is None else min(seconds, left)
        yield Wait(until=lambda: bool(call.ended_by) or until(), seconds=max(least, 0))
        with self.network.lock:
            if not call.ended_by and self.pump.time() >= self.deadlines[call.sid]:
                call.ended_by = "time"
            return not call.ended_by and until()

    def _speak(self, call: PhoneCall, text: str | None) -> None:
        with self.network.lock:
            call.said.append(" ".join((text or "").split()))
            self.network.save(call)

    def _say(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        self._speak(call, verb.text)
        yield pause(self.pace)
        return None

    def _play(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        self._speak(call, "(music)")
        yield pause(self.pace)
        return None

    def _pause(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        yield from self._wait(call, lambda: False, float(verb.get("length", "1")))
        return None

    def _redirect(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        yield pause(0)
        return Next(urljoin(base, (verb.text or "").strip()))

    def _hangup(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        yield pause(0)
        call.ended_by = "platform"
        return None

    def _gather(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        spoken = [child.text or "" for child in verb if child.tag == "Say"]
        for text in spoken:
            self._speak(call, text)
        digits = yield from self._digits(call, verb, reading=sum(map(len, spoken)) / LETTERS_A_SECOND)
        if not call.ended_by and (digits or verb.get("actionOnEmptyResult") == "true"):
            return Next(urljoin(base, verb.get("action", "")), {"Digits": digits, "FinishedOnKey": ""})
        return None

    def _digits(
        self, call: PhoneCall, verb: ElementTree.Element, *, reading: float
    ) -> Generator[Wait, bool, str]:
        most = int(verb.get("numDigits", "20"))
        scenario = self.network.scenarios.get(handset_of(call))
        if scenario is not None:
            yield pause(self.pace)
            pressed = scenario.keys[call.questions : call.questions + 1]
            call.questions += 1
            return pressed
        call.keys_pressed, call.keys_wanted = "", True
        self.network.save(call)
        silence = float(verb.get("timeout", "5")) + (0 if self.pump.virtual else reading)
        last = verb.get("finishOnKey", "#")
        more = True
        while more and len(call.keys_pressed) < most and not call.keys_pressed.endswith(last):
            more = yield from self._wait(call, self._another_key(call), silence)
        call.keys_wanted = False
        return call.keys_pressed[:most].rstrip(last)

    def _another_key(self, call: PhoneCall) -> Callable[[], bool]:
        so_far = len(call.keys_pressed)
        return lambda: len(call.keys_pressed) > so_far

    def _dial(self, call: PhoneCall, verb: ElementTree.Element, base: str) -> Walk:
        limit = float(verb.get("timeLimit", "14400"))
        inner = next(iter(verb), None)
        if inner is not None and inner.tag == "Conference":
            star = verb.get("hangupOnStar") == "true"
            result = yield from self._conference(call, inner, base, limit, star=star)
        else:
            number = inner if inner is not None else verb
            result = yield from self._number(call, number, base, limit, int(verb.get("timeout", "30")))
        if verb.get("action") and not call.ended_by:
            return Next(urljoin(base, verb.get("action", "")), result)
        return None

    def _conference(
        self, call: PhoneCall, noun: ElementTree.Element, base: str, limit: float, *, star: bool
    ) -> Generator[Wait, bool, dict[str, str]]:
        callback = noun.get("statusCallback")
        room = self.rooms.enter(
            call,
            name=(noun.text or "").strip(),
            options=dict(noun.attrib),
            status_callback=urljoin(base, callback) if callback else "",
        )
        if room is None:
            return {"DialCallStatus": "failed"}
        if room.status == "init" and noun.get("waitUrl"):
            self._hear_while_waiting(call, urljoin(base, noun.get("waitUrl", "")), room)
        call.keys_pressed, call.star_leaves = "", star
        yield from self._stay(call, room, limit)
        call.star_leaves = False
        self.rooms.leave(call, room)
        return {"DialCallStatus": "completed"}

    def _hear_while_waiting(self, call: PhoneCall, url: str, room: Room) -> None:
        self.pump.add(self._hold(call, url, room))

    def _hold(self, call: PhoneCall, url: str, room: Room) -> Work:
        """Say what is to be heard until the other side comes; asked for anew after each round, as the carrier does."""

        def over() -> bool:
            return bool(call.ended_by) or room.status != "init"

        while url and not over():
            verbs = self._fetch(call, Next(url, {"ConferenceSid": room.sid, "FriendlyName": room.name}))
            here, url = url, ""
            for verb in verbs:
                if verb.tag == "Say" and " ".join((verb.text or "").split()) not in call.said[-1:]:
                    self._speak(call, verb.text)
                elif verb.tag == "Pause":
                    yield Wait(until=over, seconds=float(verb.get("length", "1")))
                elif verb.tag == "Redirect":
                    url = urljoin(here, (verb.text or "").strip())
            yield pause(self.pace)

    def _stay(self, call: PhoneCall, room: Room, limit: float) -> Generator[Wait, bool, None]:
        def over() -> bool:
            left = call.star_leaves and "*" in call.keys_pressed
            return left or room.status == "completed" or not any(p.call == call.sid for p in room.places)

        scenario = self.network.scenarios.get(handset_of(call))
        if scenario and scenario.stays is not None:
            yield from self._wait(call, lambda: over() or room.status == "in-progress", limit)
            if room.status == "in-progress":
                stays = self.pump.scripted(scenario.stays, pace=self.pace).seconds
                yield from self._wait(call, over, stays)
                call.ended_by = call.ended_by or ("" if over() else "person")
            return
        yield from self._wait(call, over, limit)

    def _number(
        self, call: PhoneCall, noun: ElementTree.Element, base: str, limit: float, timeout: int
    ) -> Generator[Wait, bool, dict[str, str]]:
        whisper = noun.get("url")
        child = self.dial(
            call,
            number=(noun.text or "").strip(),
            timeout=timeout,
            whisper=urljoin(base, whisper) if whisper else "",
        )
        yield from self._wait(call, lambda: child.is_over, limit + timeout)
        if not child.is_over:
            with self.network.bell:
                child.ended_by = "platform"
                self.network.bell.notify_all()
        return {
            "DialCallSid": child.sid,
            "DialCallStatus": child.status if child.is_over else "completed",
            "DialCallDuration": str(child.seconds or 0),
            "DialBridged": str(child.bridged).lower(),
        }
