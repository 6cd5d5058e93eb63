"""The life of one leg: it rings, is answered or not, walks its script and ends."""

from collections.abc import Callable

from resilience.telephony.simulator.callbacks import Caller
from resilience.telephony.simulator.pump import Pump, Wait, Work, pause
from resilience.telephony.simulator.rooms import Rooms
from resilience.telephony.simulator.scripts import Walker
from resilience.telephony.simulator.state import Network, PhoneCall, Room, handset_of, new_sid

NOT_ANSWERED = {"busy": "busy", "no answer": "no-answer", "fail": "failed"}


class Legs:
    def __init__(self, network: Network, caller: Caller, pump: Pump, *, pace: float) -> None:
        self.network = network
        self.caller = caller
        self.pump = pump
        self.pace = pace
        self.rooms = Rooms(network, caller)
        self.walker = Walker(network, caller, self.rooms, pump, pace=pace, dial=self.dial)

    def ring_out(self, call: PhoneCall) -> None:
        """Start a call that the application asked for; it is already on the list as queued."""
        self.pump.add(self._outbound(call))

    def ring_in(self, call: PhoneCall, url: str) -> None:
        """Start a call that somebody makes to the platform's number."""
        self.pump.add(self._inbound(call, url))

    def hang_up(self, call: PhoneCall, *, by: str) -> None:
        """The person, or the platform through the API, ends the leg; its own walk notices."""
        with self.network.bell:
            call.ended_by = call.ended_by or by
            self.network.bell.notify_all()

    def remove(self, call: PhoneCall, room: Room) -> None:
        """Take a leg out of its room from outside."""
        self.pump.add(self._later(lambda: self.rooms.leave(call, room)))

    def end_room(self, room: Room) -> None:
        """End a room from outside."""
        self.pump.add(self._later(lambda: self.rooms.end(room)))

    def dial(self, parent: PhoneCall, *, number: str, timeout: int, whisper: str) -> PhoneCall:
        """Ring a second leg from the platform's number, and return at once: whoever asks for it waits."""
        call = PhoneCall(
            sid=new_sid("CA"),
            from_=parent.to if parent.direction == "inbound" else parent.from_,
            to=number,
            direction="outbound-dial",
            status="queued",
            created_at=self.network.now(),
            url=whisper,
            timeout=timeout,
            parent=parent.sid,
        )
        self.network.save(call)
        self.ring_out(call)
        return call

    def _later(self, act: Callable[[], None]) -> Work:
        yield pause(0)
        act()

    def _outbound(self, call: PhoneCall) -> Work:
        self.caller.tell_call(call, "initiated")
        yield pause(self.pace)
        scenario = self.network.scenarios.get(handset_of(call))
        if not call.ended_by:
            self._reach(call, "ringing", event="ringing")
            if scenario and scenario.answers in NOT_ANSWERED:
                yield pause(self.pace)
                return self._end(call, NOT_ANSWERED[scenario.answers])
            call.answered = call.answered or scenario is not None
            yield Wait(until=lambda: call.answered or bool(call.ended_by), seconds=call.timeout)
        if call.ended_by:
            return self._end(call, "busy" if call.ended_by == "person" else "canceled")
        if not call.answered:
            return self._end(call, "no-answer")
        yield from self._answered(call, call.url)

    def _inbound(self, call: PhoneCall, url: str) -> Work:
        yield pause(self.pace)
        yield from self._answered(call, url)

    def _answered(self, call: PhoneCall, url: str) -> Work:
        call.answered_at = self.network.now()
        self._reach(call, "in-progress", event="answered")
        if url:
            yield from self.walker.walk(call, url, deadline=self.pump.time() + call.time_limit)
        if call.parent and not call.ended_by:  # a dialled leg is joined to its parent until one of them goes
            call.bridged = True
            yield Wait(until=lambda: bool(call.ended_by))
        self._end(call, "completed")

    def _reach(self, call: PhoneCall, status: str, *, event: str) -> None:
        with self.network.lock:
            call.status = status
            self.network.save(call)
        self.caller.tell_call(call, event)

    def _end(self, call: PhoneCall, status: str) -> None:
        with self.network.lock:
            call.ended_at = self.network.now()
            call.seconds = int((call.ended_at - call.answered_at).total_seconds()) if call.answered_at else 0
            call.status, call.keys_wanted = status, False
            self.network.save(call)
        self.caller.tell_call(call, "completed")
