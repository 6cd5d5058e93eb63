"""An append-only file of what changed, so that the lists survive a restart of the simulator."""

import json
import threading
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from resilience.telephony.simulator.state import Network, PhoneCall, Place, Room, TextMessage

KINDS = {"TextMessage": TextMessage, "PhoneCall": PhoneCall, "Room": Room}


class Journal:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(self, kind: str, record: dict[str, Any]) -> None:
        line = json.dumps({"kind": kind, "record": record}, default=datetime.isoformat)
        with self.lock, self.path.open("a") as file:
            file.write(line + "\n")

    def read_into(self, network: Network) -> None:
        """Bring back every record as it last was; calls that were on when the program ended are over."""
        for kind, record in self._lines():
            if kind == "OptOut":
                key = (record["number"], record["platform"])
                (network.opted_out.add if record["out"] else network.opted_out.discard)(key)
            elif kind == "Deleted":
                network.delete_message(record["sid"])
                network.calls.pop(record["sid"], None)
            elif kind in KINDS:
                found = _revive(KINDS[kind], record)
                network.shelf(found)[found.sid] = found
        for call in network.calls.values():
            if not call.is_over:
                call.status = "completed" if call.answered_at else "canceled"
        for room in network.rooms.values():
            room.status, room.places = "completed", []

    def _lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        if not self.path.exists():
            return
        for line in self.path.read_text().splitlines():
            try:
                entry = json.loads(line)
                yield entry["kind"], entry["record"]
            except (ValueError, KeyError, TypeError):
                continue  # a line half written when the program was ended


def _revive(kind: type, record: dict[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    values = {name: _value(name, value) for name, value in record.items() if name in known}
    return kind(**values)


def _value(name: str, value: Any) -> Any:
    if name.endswith("_at") and value:
        return datetime.fromisoformat(value)
    if name == "places":
        return [_revive(Place, place) for place in value]
    return value
