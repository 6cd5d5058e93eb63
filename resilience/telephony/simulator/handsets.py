"""The telephones at the other end: what a person sees on one, and what a person does with it."""

from typing import Any

from resilience.telephony.simulator.legs import Legs
from resilience.telephony.simulator.state import Network, PhoneCall, TextMessage, handset_of, new_sid
from resilience.telephony.simulator.texts import Texts

KEYS = [*"1234567890*#"]


class NotNow(Exception):
    """The handset cannot do that at the moment; the message says why."""


class Handsets:
    def __init__(
        self, network: Network, legs: Legs, texts: Texts, *, platform: str, voice_url: str, text_url: str
    ) -> None:
        self.network = network
        self.legs = legs
        self.texts = texts
        self.platform = platform
        self.voice_url = voice_url
        self.text_url = text_url

    def numbers(self) -> list[str]:
        """Every number that was texted or rung, or that texted or rang, in the order of their first time."""
        with self.network.lock:
            records: list[TextMessage | PhoneCall] = [
                *self.network.deleted_messages.values(),
                *self.network.messages.values(),
                *self.network.calls.values(),
            ]
            return list(dict.fromkeys(map(handset_of, sorted(records, key=lambda record: record.created_at))))

    def show(self, number: str) -> dict[str, Any]:
        """What this handset shows now. The other side's number is never part of it."""
        with self.network.lock:
            texts = self.network.texts_of(number)
            calls = [call for call in self.network.calls.values() if handset_of(call) == number]
            present = self.network.call_at(number)
            over = [call for call in calls if call.is_over]
            return {
                "number": number,
                "opted_out": (number, self.platform) in self.network.opted_out,
                "messages": [
                    self._text(text) for text in texts if text.status not in ("failed", "undelivered")
                ],
                "call": self._call(present) if present else None,
                "last_call": self._call(over[-1]) if over else None,
            }

    def answer(self, number: str) -> None:
        """Raises NotNow when it does not ring."""
        with self.network.bell:
            call = self._present(number)
            if call.status != "ringing" or call.direction == "inbound":
                raise NotNow("This telephone is not ringing.")
            call.answered = True
            self.network.bell.notify_all()

    def hang_up(self, number: str) -> None:
        """End the call, or decline it while it rings. Raises NotNow when there is none."""
        self.legs.hang_up(self._present(number), by="person")

    def press(self, number: str, key: str) -> None:
        """Raises NotNow when nobody asks for a key."""
        if key not in KEYS:
            raise NotNow("There is no such key.")
        with self.network.bell:
            call = self._present(number)
            if not (call.keys_wanted or call.star_leaves):
                raise NotNow("Nobody is asking for a key.")
            call.keys_pressed += key
            self.network.bell.notify_all()

    def text(self, number: str, body: str) -> TextMessage:
        return self.texts.receive(number=number, platform=self.platform, body=body, url=self.text_url)

    def call(self, number: str, *, withheld: bool = False) -> PhoneCall:
        """Ring the platform from this handset. Raises NotNow while it is in a call."""
        if self.network.call_at(number):
            raise NotNow("This telephone is in a call.")
        call = PhoneCall(
            sid=new_sid("CA"),
            from_="anonymous" if withheld else number,
            to=self.platform,
            direction="inbound",
            status="ringing",
            handset=number,
            created_at=self.network.now(),
        )
        self.network.save(call)
        self.legs.ring_in(call, self.voice_url)
        return call

    def _present(self, number: str) -> PhoneCall:
        call = self.network.call_at(number)
        if call is None:
            raise NotNow("There is no call on this telephone.")
        return call

    def _text(self, text: TextMessage) -> dict[str, Any]:
        return {
            "body": text.body,
            "at": text.created_at.isoformat(),
            "sent_by_handset": text.direction == "inbound",
            "from": text.from_,
        }

    def _call(self, call: PhoneCall) -> dict[str, Any]:
        room = self.network.room_of(call)
        others = [place.label or "someone" for place in room.places if place.call != call.sid] if room else []
        rings = "CONNECTING" if call.direction == "inbound" else "RINGING"
        states = {"in-progress": "IN_CALL", "queued": "CONNECTING", "ringing": rings}
        return {
            "state": states.get(call.status, "OVER"),
            "how_it_ended": call.status if call.is_over else "",
            "direction": "outgoing" if call.direction == "inbound" else "incoming",
            "shown_number": call.to if call.direction == "inbound" else call.from_,
            "said": list(call.said),
            "keys": KEYS if call.keys_wanted else ["*"] if call.star_leaves else [],
            "room": {"with": others, "started": room.status == "in-progress"} if room else None,
            "since": (call.answered_at or call.created_at).isoformat(),
            "seconds": call.seconds,
        }
