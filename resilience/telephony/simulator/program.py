"""The simulator put together: for `python -m`, and for tests in their own process."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from resilience import clock
from resilience.telephony.simulator.api import Api
from resilience.telephony.simulator.callbacks import Caller, Deliver, Notice, Reply
from resilience.telephony.simulator.control import Control
from resilience.telephony.simulator.errors import Fault, Faults
from resilience.telephony.simulator.handsets import Handsets
from resilience.telephony.simulator.journal import Journal
from resilience.telephony.simulator.legs import Legs
from resilience.telephony.simulator.pump import Pump
from resilience.telephony.simulator.server import Seen, Server
from resilience.telephony.simulator.state import NAMED, Network, PhoneCall, Room, Scenario, TextMessage
from resilience.telephony.simulator.texts import Texts

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "simulated-auth-token"  # noqa: S105 - guards nothing: it is for tests
NUMBER = "+442079460123"
WORKERS = 4


class Simulator:
    """A telephone network on this machine.

    With `deliver` (tests) callbacks go through that function, in the thread that calls `settle` or uses a
    handset, and time stands still until `pass_time`. Without it they go over HTTP, from threads of its own, in
    real time.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        number: str = NUMBER,
        callback_base: str = "http://testserver",
        deliver: Deliver | None = None,
        journal: Path | None = None,
        now: Callable[[], datetime] = clock.now,
        pace: float = 0,
    ) -> None:
        self.number = number
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.journal = Journal(journal) if journal else None
        self.network = Network(now=now, keep=self.journal.write if self.journal else None)
        if self.journal:
            self.journal.read_into(self.network)
        base = callback_base.rstrip("/")
        self.pump = Pump(self.network, workers=0 if deliver else WORKERS)
        self.caller = Caller(
            self.network, account_sid=account_sid, auth_token=auth_token, base=base, deliver=deliver
        )
        self.legs = Legs(self.network, self.caller, self.pump, pace=pace)
        self.texts = Texts(self.network, self.caller, self.pump, pace=pace)
        self.faults = Faults()
        self.handsets = Handsets(
            self.network,
            self.legs,
            self.texts,
            platform=number,
            voice_url=f"{base}/telephony/voice/",
            text_url=f"{base}/telephony/sms/",
        )
        self.server = Server(
            port,
            api=Api(self.network, self.legs, self.texts, account=account_sid, number=number),
            controls=Control(self.network, self.handsets, self.faults, self.caller),
            faults=self.faults,
            account_sid=account_sid,
            auth_token=auth_token,
        )
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        self.pump.start()
        self.thread.start()

    def stop(self) -> None:
        self.server.stopping.set()
        self.server.shutdown()
        self.server.server_close()
        self.pump.stop()

    @property
    def messages(self) -> list[TextMessage]:
        """What the application sent, oldest first."""
        with self.network.lock:
            return [text for text in self.network.messages.values() if text.direction == "outbound-api"]

    @property
    def calls(self) -> list[PhoneCall]:
        """Every leg, oldest first."""
        with self.network.lock:
            return list(self.network.calls.values())

    @property
    def rooms(self) -> list[Room]:
        with self.network.lock:
            return list(self.network.rooms.values())

    @property
    def requests(self) -> list[Seen]:
        """The requests to the API that were answered, with their answers."""
        return list(self.server.seen)

    @property
    def notices(self) -> list[tuple[Notice, Reply]]:
        """The signed callbacks that were sent, with the application's replies."""
        with self.network.lock:
            return list(self.caller.sent)

    def script(self, number: str, scenario: str | Scenario) -> None:
        """Let this handset act by itself: a name of `state.NAMED` or a Scenario; "person" undoes it."""
        with self.network.lock:
            if scenario == "person":
                self.network.scenarios.pop(number, None)
            else:
                self.network.scenarios[number] = NAMED[scenario] if isinstance(scenario, str) else scenario

    def fail_next(
        self, kind: str, *, on: str = "POST", times: int | None = 1, retry_after: int | None = None
    ) -> None:
        """Let the next request fail (see errors.Fault for the kinds); times=None until `recover`."""
        self.faults.add(Fault(kind=kind, on=on, times=times, retry_after=retry_after))

    def recover(self) -> None:
        self.faults.clear()

    def repeat(self, notice: Notice) -> Reply:
        """Send a callback again exactly as it was: the network does that, and so do attackers."""
        return self.caller.send(notice)

    def settle(self) -> None:
        """Let everything happen that can happen without a person and without time."""
        self.pump.settle()

    def pass_time(self, seconds: float) -> None:
        """Let virtual time pass on the line (only with `deliver`): rings end, questions go unanswered."""
        self.pump.pass_time(seconds)

    def handset(self, number: str) -> "Handset":
        return Handset(self, number)


class Handset:
    """One telephone in a test's hand. Each act settles the network when the test drives it."""

    def __init__(self, simulator: Simulator, number: str) -> None:
        self.simulator = simulator
        self.number = number

    def answer(self) -> None:
        self.simulator.handsets.answer(self.number)
        self._go_on()

    def hang_up(self) -> None:
        self.simulator.handsets.hang_up(self.number)
        self._go_on()

    def press(self, key: str) -> None:
        self.simulator.handsets.press(self.number, key)
        self._go_on()

    def text(self, body: str) -> None:
        self.simulator.handsets.text(self.number, body)
        self._go_on()

    def call(self, *, withheld: bool = False) -> None:
        self.simulator.handsets.call(self.number, withheld=withheld)
        self._go_on()

    @property
    def screen(self) -> dict[str, Any]:
        return self.simulator.handsets.show(self.number)

    @property
    def messages(self) -> list[str]:
        """The texts that arrived here, oldest first."""
        return [text["body"] for text in self.screen["messages"] if not text["sent_by_handset"]]

    @property
    def state(self) -> str:
        """RINGING, IN_CALL, CONNECTING, or IDLE."""
        call = self.screen["call"]
        return call["state"] if call else "IDLE"

    @property
    def said(self) -> list[str]:
        """What was said on the present call, or else on the last one."""
        call = self.screen["call"] or self.screen["last_call"]
        return call["said"] if call else []

    def _go_on(self) -> None:
        if self.simulator.pump.virtual:
            self.simulator.settle()
