"""Rooms (Twilio's conferences): who is in, when it starts, when it ends."""

from resilience.telephony.simulator.callbacks import Caller
from resilience.telephony.simulator.state import Network, PhoneCall, Place, Room, new_sid

EVENTS = {"start", "end", "join", "leave"}


class Rooms:
    def __init__(self, network: Network, caller: Caller) -> None:
        self.network = network
        self.caller = caller

    def enter(
        self, call: PhoneCall, *, name: str, options: dict[str, str], status_callback: str
    ) -> Room | None:
        """Put the call into the room called `name`, opened if need be. None when the room is full."""
        with self.network.lock:
            room = self.network.open_room(name) or self._open(name, options, status_callback)
            if len(room.places) >= room.limit:
                self.network.problem(f"13256 room {room.sid} is full")
                return None
            place = Place(
                call=call.sid,
                label=options.get("participantLabel", ""),
                starts=options.get("startConferenceOnEnter", "true") == "true",
                ends=options.get("endConferenceOnExit", "false") == "true",
                joined_at=self.network.now(),
            )
            room.places.append(place)
            begins = room.status == "init" and len(room.places) > 1 and any(p.starts for p in room.places)
            if begins:
                room.status = "in-progress"
            self.network.save(room)
        self.caller.tell_room(room, "participant-join", self._about(place))
        if begins:
            self.caller.tell_room(room, "conference-start", {})
        return room

    def leave(self, call: PhoneCall, room: Room) -> None:
        """Take the call out of the room; the room ends with it if this side ends rooms, or was the last."""
        with self.network.lock:
            place = next((place for place in room.places if place.call == call.sid), None)
            if place is None:
                return
            ends = place.ends or len(room.places) == 1
            gone = [place, *(other for other in room.places if other is not place)] if ends else [place]
            reason = "participant-with-end-conference-on-exit-left" if place.ends else "last-participant-left"
            self._take_out(room, gone, reason=reason if ends else "", by=place.call)
        self._tell_gone(room, gone)

    def end(self, room: Room) -> None:
        """End the room from outside, as the API can."""
        with self.network.lock:
            if room.status == "completed":
                return
            gone = list(room.places)
            self._take_out(room, gone, reason="conference-ended-via-api", by=None)
        self._tell_gone(room, gone)

    def _take_out(self, room: Room, gone: list[Place], *, reason: str, by: str | None) -> None:
        room.places = [place for place in room.places if place not in gone]
        if reason:
            room.status, room.reason_ended, room.ended_by = "completed", reason, by
            room.updated_at = self.network.now()
        self.network.save(room)

    def _tell_gone(self, room: Room, gone: list[Place]) -> None:
        for place in gone:
            self.caller.tell_room(room, "participant-leave", self._about(place))
        if room.status == "completed":
            extra = {"ReasonConferenceEnded": room.reason_ended or ""}
            extra |= {"CallSidEndingConference": room.ended_by} if room.ended_by else {}
            self.caller.tell_room(room, "conference-end", extra)

    def _open(self, name: str, options: dict[str, str], status_callback: str) -> Room:
        events = tuple(set(options.get("statusCallbackEvent", "").split()) & EVENTS)
        return Room(
            sid=new_sid("CF"),
            name=name,
            created_at=self.network.now(),
            status_callback=status_callback,
            events=events,
            limit=int(options.get("maxParticipants", "250")),
        )

    def _about(self, place: Place) -> dict[str, str]:
        return {
            "CallSid": place.call,
            "ParticipantLabel": place.label,
            "StartConferenceOnEnter": str(place.starts).lower(),
            "EndConferenceOnExit": str(place.ends).lower(),
            "Muted": "false",
            "Hold": "false",
            "Coaching": "false",
        }
