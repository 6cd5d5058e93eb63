"""The addresses that are not Twilio's: handsets for a person, faults and scenarios for tests."""

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from resilience.telephony.simulator.callbacks import LOOPBACK, Caller
from resilience.telephony.simulator.checking import Request
from resilience.telephony.simulator.errors import Fault, Faults
from resilience.telephony.simulator.handsets import Handsets, NotNow
from resilience.telephony.simulator.state import NAMED, Network

Answer = tuple[int, Any]
HANDSET = re.compile(
    r"^/handsets/(?P<number>\+[0-9]{8,15})/(?:(?P<act>answer|hang-up|keys|text|call)(?:/(?P<key>.))?/?)?$"
)


class Control:
    def __init__(self, network: Network, handsets: Handsets, faults: Faults, caller: Caller) -> None:
        self.network = network
        self.handsets = handsets
        self.faults = faults
        self.caller = caller

    def answer(self, request: Request, *, origin: str) -> Answer:
        """Status and JSON. Pages of other sites may not reach in through somebody's browser."""
        if origin and urlsplit(origin).hostname not in LOOPBACK:
            return 403, {"message": "Only pages of this machine may use the handsets."}
        path = unquote(request.path)
        if path == "/handsets/" and request.method == "GET":
            return 200, {"handsets": [self.handsets.show(number) for number in self.handsets.numbers()]}
        if found := HANDSET.match(path):
            return self._handset(request, found["number"], found["act"], found["key"])
        acts = {
            ("GET", "/control/notices"): self._notices,
            ("GET", "/control/problems"): lambda request: (200, {"problems": list(self.network.problems)}),
            ("POST", "/control/faults"): self._fault,
            ("DELETE", "/control/faults"): self._clear,
            ("POST", "/control/scenario"): self._scenario,
        }
        act = acts.get((request.method, path.rstrip("/")))
        return act(request) if act else (404, {"message": "There is nothing at this address."})

    def _handset(self, request: Request, number: str, act: str | None, key: str | None) -> Answer:
        if request.method == "GET" and act is None:
            return 200, self.handsets.show(number)
        if request.method != "POST" or act is None:
            return 405, {"message": "Use POST with answer, hang-up, keys/<key>, text or call."}
        try:
            self._do(request, number, act, key)
        except NotNow as refused:
            return 409, {"message": str(refused), **self.handsets.show(number)}
        return 200, self.handsets.show(number)

    def _do(self, request: Request, number: str, act: str, key: str | None) -> None:
        if act == "answer":
            self.handsets.answer(number)
        elif act == "hang-up":
            self.handsets.hang_up(number)
        elif act == "keys":
            self.handsets.press(number, key or "")
        elif act == "text":
            body = request.one("body") or request.one("Body")
            if not body.strip():
                raise NotNow("Write something first.")
            self.handsets.text(number, body)
        else:
            self.handsets.call(number, withheld=request.one("withheld") in ("true", "True", "1"))

    def _notices(self, request: Request) -> Answer:
        with self.network.lock:
            rows = [
                {"path": urlsplit(notice.url).path, "fields": sorted(notice.form), "status": reply.status}
                for notice, reply in self.caller.sent
            ]
        return 200, {"notices": rows[-500:]}

    def _fault(self, request: Request) -> Answer:
        times, retry = request.one("times", "1"), request.one("retry_after")
        try:
            fault = Fault(
                kind=request.one("kind"),
                on=request.one("on", "POST"),
                times=None if times in ("always", "None", "null") else int(times),
                retry_after=int(retry) if retry else None,
            )
            self.faults.add(fault)
        except ValueError as error:
            return 400, {"message": str(error)}
        return 200, {"faults": len(self.faults.coming)}

    def _clear(self, request: Request) -> Answer:
        self.faults.clear()
        return 200, {"faults": 0}

    def _scenario(self, request: Request) -> Answer:
        number, name = request.one("number"), request.one("scenario")
        with self.network.lock:
            if not name or name == "person":
                self.network.scenarios.pop(number, None)
            elif name in NAMED:
                self.network.scenarios[number] = NAMED[name]
            else:
                return 400, {"message": f"There are: person, {', '.join(NAMED)}."}
        return 200, {"number": number, "scenario": name or "person"}


def fields(body: bytes) -> dict[str, list[str]]:
    """A JSON body's fields in the form's shape. Raises ValueError or TypeError when it is no object."""
    found = json.loads(body or b"{}")
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return {str(name): [str(value)] for name, value in found.items()}
