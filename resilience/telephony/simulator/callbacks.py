"""Asks the application what to do and tells it what happened, signed as Twilio signs."""

import base64
import hashlib
import hmac
import http.client
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import urlencode, urljoin, urlsplit

from resilience.telephony.simulator.state import Network, PhoneCall, Room, TextMessage

LOOPBACK = ("localhost", "127.0.0.1", "::1")
READ_S = 15
RETRIES = 1  # Twilio tries once more when it cannot connect; a 5xx is an answer


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""


@dataclass(frozen=True)
class Notice:
    """One signed request to the application."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]


Deliver = Callable[[str, dict[str, str], dict[str, str]], Reply]


def sign(*, url: str, form: dict[str, str], auth_token: str) -> str:
    """Twilio's signature: HMAC-SHA1 over the address and the sorted fields."""
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()).decode()


class Caller:
    """Sends notices: over HTTP to this machine or the application's host, or (tests) through `deliver`."""

    def __init__(
        self,
        network: Network,
        *,
        account_sid: str,
        auth_token: str,
        base: str,
        deliver: Deliver | None = None,
    ) -> None:
        self.network = network
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.base = base.rstrip("/")
        self.deliver = deliver or self._over_http
        self.sent: list[tuple[Notice, Reply]] = []

    def absolute(self, url: str, *, below: str) -> str:
        return urljoin(below, url)

    def notice(self, url: str, form: dict[str, str], *, auth_token: str = "") -> Notice:
        """A signed notice, ready to send; another token makes one that should be refused, or an old one."""
        form = {"AccountSid": self.account_sid, "ApiVersion": "2010-04-01", **form}
        headers = {
            "X-Twilio-Signature": sign(url=url, form=form, auth_token=auth_token or self.auth_token),
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
            "User-Agent": "TwilioProxy/1.1",
        }
        return Notice(url, form, headers)

    def send(self, notice: Notice) -> Reply:
        """Deliver it, once more if nobody answers. The last reply; status 0 when there was none."""
        reply = Reply(0)
        for _ in range(1 + RETRIES):
            try:
                reply = self.deliver(notice.url, notice.form, notice.headers)
            except OSError as error:
                reply = Reply(0)
                self.network.problem(f"11200 {urlsplit(notice.url).path}: {type(error).__name__}")
            if reply.status:
                break
        with self.network.lock:
            self.sent.append((notice, reply))
        if reply.status >= 400:
            self.network.problem(f"11200 {urlsplit(notice.url).path}: HTTP {reply.status}")
        return reply

    def post(self, url: str, form: dict[str, str]) -> Reply:
        return self.send(self.notice(url, form)) if url else Reply(0)

    def _over_http(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        parts = urlsplit(url)
        if parts.hostname not in LOOPBACK and parts.netloc != urlsplit(self.base).netloc:
            self.network.problem(f"21609 refused: {parts.hostname} is not this machine")
            return Reply(0)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.hostname or "", parts.port, timeout=READ_S)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            headers = {**headers, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
            line.request("POST", path, urlencode(form), headers)
            answer = line.getresponse()
            return Reply(answer.status, answer.read(65_536))
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            line.close()

    def call_fields(self, call: PhoneCall) -> dict[str, str]:
        direction = {"outbound-dial": "outbound-dial", "inbound": "inbound"}.get(
            call.direction, "outbound-api"
        )
        fields = {
            "CallSid": call.sid,
            "From": call.from_,
            "To": call.to,
            "Caller": call.from_,
            "Called": call.to,
            "Direction": direction,
            "CallStatus": call.status,
        }
        return {**fields, "ParentCallSid": call.parent} if call.parent else fields

    def tell_call(self, call: PhoneCall, event: str) -> None:
        """Tell the application that a leg reached `event`, if it asked for that."""
        if not call.status_callback or event not in call.events:
            return
        form = self.call_fields(call)
        form["CallbackSource"] = "call-progress-events"
        form["Timestamp"] = format_datetime(self.network.now())
        form["SequenceNumber"] = str(call.sequence)
        call.sequence += 1
        if call.is_over:
            form["CallDuration"] = form["Duration"] = str(call.seconds or 0)
        self.post(call.status_callback, form)

    def tell_room(self, room: Room, event: str, extra: dict[str, str]) -> None:
        """Tell the application about the room; the short words are those of the script that opened it."""
        short = event.rsplit("-", 1)[1]
        if not room.status_callback or short not in room.events:
            return
        with self.network.lock:
            room.sequence += 1
        form = {
            "ConferenceSid": room.sid,
            "FriendlyName": room.name,
            "StatusCallbackEvent": event,
            "SequenceNumber": str(room.sequence),
            "Timestamp": format_datetime(self.network.now()),
            **extra,
        }
        self.post(room.status_callback, form)

    def tell_text(self, message: TextMessage) -> None:
        form = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": message.status,
            "SmsStatus": message.status,
            "From": message.from_,
            "To": message.to,
        }
        if message.error_code:
            form["ErrorCode"] = str(message.error_code)
        if message.service:
            form["MessagingServiceSid"] = message.service
        self.post(message.status_callback, form)
