"""Twilio's REST API as far as the product uses it: Messages, Calls, Conferences, Participants."""

import re
from collections.abc import Callable
from typing import Any

from resilience.telephony.simulator import checking, shapes
from resilience.telephony.simulator.checking import Request
from resilience.telephony.simulator.errors import ApiError
from resilience.telephony.simulator.legs import Legs
from resilience.telephony.simulator.state import Network, PhoneCall, Room, TextMessage, new_sid
from resilience.telephony.simulator.texts import Texts

Answer = tuple[int, dict[str, Any] | None]


class Api:
    def __init__(self, network: Network, legs: Legs, texts: Texts, *, account: str, number: str) -> None:
        self.network = network
        self.legs = legs
        self.texts = texts
        self.account = account
        self.number = number
        base = rf"^/2010-04-01/Accounts/{account}"
        sid = r"/([A-Z]{2}[0-9a-f]{32})"
        routes: list[tuple[str, dict[str, Callable[..., Answer]]]] = [
            (rf"{base}/Messages\.json$", {"POST": self._send, "GET": self._messages}),
            (
                rf"{base}/Messages{sid}\.json$",
                {"GET": self._message, "POST": self._change_message, "DELETE": self._delete_message},
            ),
            (rf"{base}/Calls\.json$", {"POST": self._ring, "GET": self._calls}),
            (
                rf"{base}/Calls{sid}\.json$",
                {"GET": self._call, "POST": self._change_call, "DELETE": self._delete_call},
            ),
            (rf"{base}/Conferences\.json$", {"GET": self._rooms}),
            (rf"{base}/Conferences{sid}\.json$", {"GET": self._room, "POST": self._change_room}),
            (rf"{base}/Conferences{sid}/Participants\.json$", {"GET": self._participants}),
            (
                rf"{base}/Conferences{sid}/Participants{sid}\.json$",
                {"GET": self._participant, "DELETE": self._remove_participant},
            ),
        ]
        self.routes = [(re.compile(pattern), methods) for pattern, methods in routes]

    def answer(self, request: Request) -> Answer:
        """Status and JSON for a request. Raises ApiError for what Twilio would refuse."""
        for pattern, methods in self.routes:
            if (found := pattern.match(request.path)) and request.method in methods:
                return methods[request.method](request, *found.groups())
        raise ApiError(20404)

    def _send(self, request: Request) -> Answer:
        checking.message(request, self.network, number=self.number)
        service = request.one("MessagingServiceSid")
        message = TextMessage(
            sid=new_sid("SM"),
            from_=request.one("From") or self.number,
            to=request.one("To"),
            body=request.one("Body"),
            direction="outbound-api",
            status="accepted" if service else "queued",
            created_at=self.network.now(),
            service=service,
            status_callback=request.one("StatusCallback"),
            parameters={
                name: values[0] for name, values in request.form.items() if name not in ("To", "Body")
            },
        )
        self.network.save(message)
        shown = shapes.message(message, self.account)
        self.texts.send(message)
        return 201, shown

    def _messages(self, request: Request) -> Answer:
        rows = [
            shapes.message(row, self.account)
            for row in shapes.newest_first(self.network, "messages")
            if request.query.get("To", row.to) == row.to and request.query.get("From", row.from_) == row.from_
        ]
        return 200, shapes.page(request.path, "messages", rows, request.query)

    def _message(self, request: Request, sid: str) -> Answer:
        return 200, shapes.message(self._found(self.network.messages, sid), self.account)

    def _change_message(self, request: Request, sid: str) -> Answer:
        message = self._found(self.network.messages, sid)
        if "Body" in request.form:
            message.body = request.one("Body")
        if request.one("Status") == "canceled" and message.status in ("queued", "accepted", "scheduled"):
            message.status = "canceled"
        self.network.save(message)
        return 200, shapes.message(message, self.account)

    def _delete_message(self, request: Request, sid: str) -> Answer:
        self._found(self.network.messages, sid)
        self.network.delete_message(sid)
        self.network.keep("Deleted", {"sid": sid})
        return 204, None

    def _ring(self, request: Request) -> Answer:
        checking.call(request, number=self.number)
        call = PhoneCall(
            sid=new_sid("CA"),
            from_=request.one("From"),
            to=request.one("To"),
            direction="outbound-api",
            status="queued",
            created_at=self.network.now(),
            url=request.one("Url"),
            status_callback=request.one("StatusCallback"),
            events=request.form.get("StatusCallbackEvent", ["completed"]),
            timeout=int(request.one("Timeout", "60")),
            time_limit=int(request.one("TimeLimit", "14400")),
            parameters={name: " ".join(values) for name, values in request.form.items()},
        )
        self.network.save(call)
        shown = shapes.call(call, self.account)
        self.legs.ring_out(call)
        return 201, shown

    def _calls(self, request: Request) -> Answer:
        wanted = request.query
        rows = [
            shapes.call(row, self.account)
            for row in shapes.newest_first(self.network, "calls")
            if wanted.get("To", row.to) == row.to
            and wanted.get("From", row.from_) == row.from_
            and wanted.get("Status", row.status) == row.status
        ]
        return 200, shapes.page(request.path, "calls", rows, wanted)

    def _call(self, request: Request, sid: str) -> Answer:
        return 200, shapes.call(self._found(self.network.calls, sid), self.account)

    def _change_call(self, request: Request, sid: str) -> Answer:
        call = self._found(self.network.calls, sid)
        if call.is_over:
            raise ApiError(21220)
        if request.one("Status") in ("completed", "canceled"):
            self.legs.hang_up(call, by="platform")
        return 200, shapes.call(call, self.account)

    def _delete_call(self, request: Request, sid: str) -> Answer:
        self._found(self.network.calls, sid)
        with self.network.lock:
            del self.network.calls[sid]
            self.network.keep("Deleted", {"sid": sid})
        return 204, None

    def _rooms(self, request: Request) -> Answer:
        wanted = request.query
        rows = [
            shapes.room(row, self.account)
            for row in shapes.newest_first(self.network, "rooms")
            if wanted.get("FriendlyName", row.name) == row.name
            and wanted.get("Status", row.status) == row.status
        ]
        return 200, shapes.page(request.path, "conferences", rows, wanted)

    def _room(self, request: Request, sid: str) -> Answer:
        return 200, shapes.room(self._found(self.network.rooms, sid), self.account)

    def _change_room(self, request: Request, sid: str) -> Answer:
        room: Room = self._found(self.network.rooms, sid)
        if request.one("Status") == "completed" and room.status != "completed":
            self.legs.end_room(room)
        return 200, shapes.room(room, self.account)

    def _participants(self, request: Request, sid: str) -> Answer:
        room = self._found(self.network.rooms, sid)
        rows = [shapes.participant(place, room, self.account) for place in room.places]
        return 200, shapes.page(request.path, "participants", rows, request.query)

    def _participant(self, request: Request, sid: str, call: str) -> Answer:
        room = self._found(self.network.rooms, sid)
        for place in room.places:
            if place.call == call:
                return 200, shapes.participant(place, room, self.account)
        raise ApiError(20404)

    def _remove_participant(self, request: Request, sid: str, call: str) -> Answer:
        room = self._found(self.network.rooms, sid)
        if all(place.call != call for place in room.places):
            raise ApiError(20404)
        self.legs.remove(self._found(self.network.calls, call), room)
        return 204, None

    def _found(self, shelf: dict[str, Any], sid: str) -> Any:
        with self.network.lock:
            if sid not in shelf:
                raise ApiError(20404)
            return shelf[sid]
