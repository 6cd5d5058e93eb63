"""Twilio behind the two gateways: the only module that imports its client."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from resilience.telephony import gateway, twilio_words
from resilience.telephony.gateway import CallRef, MessageRef, Reason

TIMEOUT_S = 10  # the client's own default is to wait for ever
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ONCE_HEADER = "I-Twilio-Idempotency-Token"
CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


@dataclass(frozen=True, kw_only=True)
class Account:
    sid: str
    auth_token: str
    number: str
    public_base_url: str
    old_auth_token: str = ""
    messaging_service: str = ""
    region: str = ""
    edge: str = ""
    api_url: str = ""


class QuietHttp(TwilioHttpClient):
    """The client's HTTP with a time limit, no retries (a POST is not idempotent) and nothing in the log."""

    def __init__(self) -> None:
        super().__init__(timeout=TIMEOUT_S)

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Say nothing: addresses of listings carry telephone numbers."""

    def log_response(self, status_code: int, response: requests.Response) -> None:
        """Say nothing, for the same reason."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        answer = super().request(method, url, *args, **kwargs)
        if answer.status_code == 429:  # raised here because the client's own exception drops the headers
            seconds = twilio_words.whole_number((answer.headers or {}).get("Retry-After"))
            raise gateway.TryLater(None if seconds is None else timedelta(seconds=seconds), "HTTP 429")
        if method == "GET" and (lost := twilio_words.unread(answer.status_code)):
            raise lost
        if answer.status_code in (200, 201) and not _is_a_record(answer.text):
            raise gateway.Unknown("an answer that cannot be read")
        return answer


def _is_a_record(text: str) -> bool:
    """True if it is one of Twilio's records or lists: each names its own address."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and "uri" in found


class LoopbackHttp(QuietHttp):
    """Sends what the client addressed to Twilio to the simulator on this machine, and to no other host."""

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self.address = urlsplit(api_url)
        if self.address.scheme != "http" or self.address.hostname not in LOOPBACK:
            raise gateway.Refused(Reason.CONFIGURATION, "TWILIO_API_URL is not an address of this machine")
        self.session.trust_env = False  # a proxy of the environment must never see it

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        meant = urlsplit(url)
        here = urlunsplit((self.address.scheme, self.address.netloc, meant.path, meant.query, ""))
        kwargs["headers"] = {**(kwargs.get("headers") or {}), "Host": meant.netloc}
        return super().request(method, here, *args, **kwargs)


@contextmanager
def _in_our_words(*, but: int = 0) -> Iterator[None]:
    """Turn the client's three families of errors into ours, but for one code. `from None`: its words hold numbers."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        if error.code != but:
            raise twilio_words.failure(status=error.status, code=error.code) from None
    except TwilioException:
        raise gateway.Refused(Reason.CONFIGURATION, "the account's settings are missing") from None
    except requests.RequestException as error:
        if _never_left(error):
            raise gateway.TryLater(evidence="no connection") from None
        raise gateway.Unknown(f"connection lost: {type(error).__name__}") from None


def _never_left(error: requests.RequestException) -> bool:
    """True if the connection was never made, so that nothing can have been sent."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return type(cause).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


class _Line:
    def __init__(self, account: Account) -> None:
        self.account = account

    @cached_property
    def client(self) -> Client:
        account = self.account
        if not (
            account.sid and account.auth_token
        ):  # the client would look into the environment, then ask anyway
            raise gateway.Refused(Reason.CONFIGURATION, "the account is not set")
        return Client(
            account.sid,
            account.auth_token,
            region=account.region or None,
            edge=account.edge or None,
            http_client=LoopbackHttp(account.api_url) if account.api_url else QuietHttp(),
        )

    def _url(self, path: str) -> str:
        return self.account.public_base_url.rstrip("/") + path

    def _verify(self, *, path: str, query: str, form: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Return the notice's idempotency token. Raises Forged, and nothing else, on anything doubtful."""
        signature = headers.get(SIGNATURE_HEADER) or ""
        tokens = [token for token in (self.account.auth_token, self.account.old_auth_token) if token]
        if not signature or not tokens or not self.account.public_base_url:
            raise gateway.Forged
        url = self._url(path) + (f"?{query}" if query else "")
        try:
            algorithm = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS_HEADER))
            genuine = any(
                RequestValidator(token).validate(url, form, signature, algorithm) for token in tokens
            )
        except (TypeError, ValueError, AttributeError):
            genuine = False
        if not genuine:
            raise gateway.Forged
        return headers.get(ONCE_HEADER) or ""


class Voice(_Line):
    """Calls by Twilio's Programmable Voice; see gateway.VoiceGateway."""

    def ring(
        self,
        *,
        to: str,
        answer_path: str,
        status_path: str,
        time_limit: timedelta,
        ring_for: timedelta = gateway.RING,
    ) -> CallRef:
        with _in_our_words():
            call = self.client.calls.create(
                to=to,
                from_=self.account.number,
                url=self._url(answer_path),
                method="POST",
                status_callback=self._url(status_path),
                status_callback_method="POST",
                status_callback_event=CALL_EVENTS,
                timeout=int(ring_for.total_seconds()),
                time_limit=int(time_limit.total_seconds()),
            )
            return CallRef(call.sid)

    def script(self, *steps: gateway.Step) -> bytes:
        response = VoiceResponse()
        for step in steps:
            self._add(response, step)
        return response.to_xml().encode()

    def hang_up(self, call: CallRef) -> None:
        with _in_our_words(but=twilio_words.ALREADY_OVER):
            self.client.calls(call).update(status="completed")

    def look_up(self, call: CallRef) -> gateway.CallSeen:
        with _in_our_words():
            return twilio_words.call_seen(self.client.calls(call).fetch())

    def forget(self, call: CallRef) -> None:
        with _in_our_words(but=twilio_words.GONE):
            self.client.calls(call).delete()

    def find(self, *, to: str, since: datetime, until: datetime) -> list[gateway.CallSeen]:
        with _in_our_words():
            stream = self.client.calls.stream(to=to, page_size=50)
            return [
                twilio_words.call_seen(call)
                for call in twilio_words.between(stream, since=since, until=until)
            ]

    def read_callback(
        self, *, path: str, query: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> gateway.CallEvent:
        once = self._verify(path=path, query=query, form=form, headers=headers)
        return twilio_words.call_event(form, once=once)

    def _add(self, response: VoiceResponse, step: gateway.Step) -> None:
        match step:
            case gateway.Say():
                response.say(step.text, language=step.language)
            case gateway.AskForKey():
                self._ask(response, step)
            case gateway.JoinRoom():
                response.append(self._room(step))
            case gateway.Hold():
                response.say(step.text, language=step.language)
                response.pause(length=int(step.quiet.total_seconds()))
            case gateway.GoTo():
                response.redirect(self._url(step.path), method="POST")
            case gateway.HangUp():
                response.hangup()

    def _ask(self, response: VoiceResponse, step: gateway.AskForKey) -> None:
        for turn in range(1, step.repeats + 1):
            gather = Gather(
                input="dtmf",
                num_digits=step.digits,
                timeout=int(step.wait.total_seconds()),
                action=self._url(step.action_path),
                method="POST",
                action_on_empty_result=turn == step.repeats,  # silence is an answer too, the last time
            )
            gather.say(step.text, language=step.language)
            response.append(gather)

    def _room(self, step: gateway.JoinRoom) -> Dial:
        dial = Dial(
            time_limit=int(step.time_limit.total_seconds()), record="do-not-record", hangup_on_star=True
        )
        dial.conference(
            step.room,
            start_conference_on_enter=step.starts,
            end_conference_on_exit=step.ends,
            beep="false",
            max_participants=2,
            record="do-not-record",
            participant_label=step.side,
            wait_url=self._url(step.wait_path),
            wait_method="POST",
            status_callback=self._url(step.status_path),
            status_callback_method="POST",
            status_callback_event="start end join leave",
        )
        return dial


class Text(_Line):
    """Text messages by Twilio's Programmable Messaging; see gateway.TextGateway."""

    def send(self, *, to: str, body: str, status_path: str, valid_for: timedelta) -> MessageRef:
        service = self.account.messaging_service
        sender = {"messaging_service_sid": service} if service else {"from_": self.account.number}
        with _in_our_words():
            message = self.client.messages.create(
                to=to,
                body=body,
                status_callback=self._url(status_path),
                validity_period=min(max(int(valid_for.total_seconds()), 1), 36_000),
                smart_encoded=True,
                **sender,
            )
            return MessageRef(message.sid)

    def look_up(self, message: MessageRef) -> gateway.TextSeen:
        with _in_our_words():
            return twilio_words.text_seen(self.client.messages(message).fetch())

    def forget(self, message: MessageRef) -> None:
        with _in_our_words(but=twilio_words.GONE):
            self.client.messages(message).delete()

    def find(self, *, to: str, since: datetime, until: datetime) -> list[gateway.TextSeen]:
        with _in_our_words():
            stream = self.client.messages.stream(to=to, page_size=50)
            return [
                twilio_words.text_seen(message)
                for message in twilio_words.between(stream, since=since, until=until)
            ]

    def read_callback(
        self, *, path: str, query: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> gateway.TextEvent:
        once = self._verify(path=path, query=query, form=form, headers=headers)
        return twilio_words.text_event(form, once=once)
