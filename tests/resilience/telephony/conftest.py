"""A small application that answers callbacks as ours does, through the real adapter but without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from resilience.telephony import gateway, simulator, twilio

BASE = "http://testserver"
COACH = "+447700900101"
PARTICIPANT = "+447700900102"


@dataclass
class Application:
    """Remembers the events that reached it; answers lines by the gate, key, hold steps of a bridged call."""

    account: twilio.Account | None = None
    events: list[gateway.CallEvent | gateway.TextEvent] = field(default_factory=list)

    def deliver(self, url: str, form: dict[str, str], headers: dict[str, str]) -> simulator.Reply:
        path = urlsplit(url).path
        line = twilio.Text(self.account) if "/sms/" in path else twilio.Voice(self.account)
        event = line.read_callback(path=path, query="", form=form, headers=headers)
        self.events.append(event)
        if isinstance(event, gateway.LineAsks):
            return simulator.Reply(200, self._next(path, event))
        return simulator.Reply(204)

    def _next(self, path: str, event: gateway.LineAsks) -> bytes:
        script = twilio.Voice(self.account).script
        if path == "/telephony/voice/":
            return script(gateway.Say(text="There is no call for you now."), gateway.HangUp())
        here, step = path.rsplit("/", 2)[0], path.rsplit("/", 2)[1]
        if step == "gate":
            return script(gateway.AskForKey(text="You booked this call.", action_path=f"{here}/key/"))
        if step == "hold":
            return script(gateway.Hold(text="The other side is being rung."))
        if event.key != "1":
            return script(gateway.Say(text="Goodbye."), gateway.HangUp())
        side = here.rsplit("/", 1)[1]
        return script(room_of(side), gateway.Say(text="The call is over."), gateway.HangUp())

    def kinds(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


def room_of(side: str) -> gateway.JoinRoom:
    return gateway.JoinRoom(
        room="bk-random",
        side=side,
        starts=side == "participant",
        ends=side == "coach",
        wait_path=f"/telephony/voice/{side}/hold/",
        status_path=f"/telephony/voice/{side}/room/",
        time_limit=timedelta(minutes=40),
    )


def account_of(network: simulator.Simulator, **changes: str) -> twilio.Account:
    fields = {
        "sid": network.account_sid,
        "auth_token": network.auth_token,
        "number": network.number,
        "public_base_url": BASE,
        "region": "ie1",
        "edge": "dublin",
        "api_url": network.url,
    }
    return twilio.Account(**{**fields, **changes})


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def network(application: Application) -> Iterator[simulator.Simulator]:
    with simulator.Simulator(callback_base=BASE, deliver=application.deliver) as running:
        application.account = account_of(running)
        yield running


@pytest.fixture
def voice(network: simulator.Simulator) -> Iterator[twilio.Voice]:
    line = twilio.Voice(account_of(network))
    yield line
    line.client.http_client.session.close()


@pytest.fixture
def text(network: simulator.Simulator) -> Iterator[twilio.Text]:
    line = twilio.Text(account_of(network))
    yield line
    line.client.http_client.session.close()


def ring(voice: gateway.VoiceGateway, to: str, side: str) -> gateway.CallRef:
    return voice.ring(
        to=to,
        answer_path=f"/telephony/voice/{side}/gate/",
        status_path=f"/telephony/voice/{side}/status/",
        time_limit=timedelta(hours=1),
    )


def send(text: gateway.TextGateway, to: str = PARTICIPANT, body: str = "Appointment tomorrow 14:00.") -> str:
    return text.send(
        to=to, body=body, status_path="/telephony/sms/token/status/", valid_for=timedelta(hours=2)
    )
