"""The HTTP side: one loopback server for Twilio's API and for the control addresses."""

import base64
import binascii
import hmac
import json
import socket
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from resilience.telephony.simulator import control
from resilience.telephony.simulator.api import Api
from resilience.telephony.simulator.checking import Request
from resilience.telephony.simulator.errors import MESSAGES, ApiError, Fault, Faults

LARGEST = 1_000_000
HANG_S = 15
SLOW_S = 2
BEFORE = {"429": 20429, "500": 20500}


@dataclass(frozen=True)
class Seen:
    """One request to Twilio's API and what was answered, for the contract tests."""

    method: str
    url: str
    host: str
    body: str
    headers: dict[str, str]
    status: int
    answer: str


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self,
        port: int,
        *,
        api: Api,
        controls: control.Control,
        faults: Faults,
        account_sid: str,
        auth_token: str,
    ) -> None:
        self.api = api
        self.controls = controls
        self.faults = faults
        self.expected = f"{account_sid}:{auth_token}".encode()
        self.seen: deque[Seen] = deque(maxlen=5_000)
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are part of what is simulated."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "TelephoneSimulator"
    disable_nagle_algorithm = True  # without it each request takes 44 ms
    timeout = 60

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the addresses hold telephone numbers."""

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            return self._write(413, {"message": "too large"})
        body = self.rfile.read(length)
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path.startswith("/2010-04-01/"):
            return self._twilio(Request(self.command, parts.path, query, _form(body)), body)
        try:
            kind = self.headers.get("Content-Type") or ""
            form = control.fields(body) if "json" in kind else _form(body)
        except (ValueError, TypeError):
            return self._write(400, {"message": "That is not a JSON object."})
        request = Request(self.command, parts.path, query, form)
        if parts.path in ("/", "/healthz"):
            return self._write(200, {"telephone simulator": "ready"})
        self._write(*self.server.controls.answer(request, origin=self.headers.get("Origin") or ""))

    def _twilio(self, request: Request, body: bytes) -> None:
        fault = self.server.faults.take(method=request.method, path=request.path)
        if fault and fault.kind == "cut":
            return self._cut()
        retry_after: int | None = None
        answer: Any
        try:
            self._authenticate()
            self._fail_before(fault)
            status, answer = self.server.api.answer(request)
        except ApiError as error:
            status, answer, retry_after = error.status, error.body(), error.retry_after
        if fault and fault.kind in ("cut after", "hang after"):
            if fault.kind == "hang after":
                self.server.stopping.wait(HANG_S)
            return self._cut()
        if fault and fault.kind == "500 after":
            status, answer = 500, ApiError(20500).body()
        text = (
            "<html>" if fault and fault.kind == "200 lost" else "" if answer is None else json.dumps(answer)
        )
        self._remember(request, body, status, text)
        self._send(status, text, retry_after=retry_after)

    def _authenticate(self) -> None:
        kind, _, given = (self.headers.get("Authorization") or "").partition(" ")
        try:
            decoded = base64.b64decode(given, validate=True)
        except binascii.Error:
            decoded = b""
        if kind.lower() != "basic" or not hmac.compare_digest(decoded, self.server.expected):
            raise ApiError(20003)

    def _fail_before(self, fault: Fault | None) -> None:
        if fault and fault.kind == "slow":
            self.server.stopping.wait(SLOW_S)
        if fault and fault.kind.isdigit() and int(fault.kind) in MESSAGES:
            raise ApiError(int(fault.kind))
        if fault and fault.kind in BEFORE:
            raise ApiError(BEFORE[fault.kind], retry_after=fault.retry_after)
        if fault and fault.kind == "503":
            error = ApiError(20500)
            error.status = 503
            raise error

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _remember(self, request: Request, body: bytes, status: int, text: str) -> None:
        self.server.seen.append(
            Seen(
                method=request.method,
                url=self.path,
                host=self.headers.get("Host") or "",
                body=body.decode(errors="replace"),
                headers=dict(self.headers.items()),
                status=status,
                answer=text,
            )
        )

    def _write(self, status: int, answer: Any) -> None:
        self._send(status, json.dumps(answer))

    def _send(self, status: int, text: str, *, retry_after: int | None = None) -> None:
        payload = text.encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        if status != 204:
            self.wfile.write(payload)


def _form(body: bytes) -> dict[str, list[str]]:
    return parse_qs(body.decode(errors="replace"), keep_blank_values=True)
