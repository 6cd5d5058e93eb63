"""One gunicorn worker with production settings on loopback, and a client that keeps its connection."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.benchmarks.people import HOST, SignedIn

READY_WITHIN_S = 60


@dataclass
class Answer:
    """What came back, and what it cost."""

    status: int
    seconds: float
    size: int
    queries: int
    location: str


@dataclass
class Browser:
    """Sends requests over one kept connection, as the proxy in front would."""

    port: int
    link: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def send(self, method: str, path: str, who: SignedIn, body: str = "") -> Answer:
        """Send one request and return its answer. Raises OSError where nobody answers."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Cookie": who.cookies,
            "Referer": f"https://{HOST}/",
            "X-CSRFToken": "a" * 32,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        self.link.request(method, path, body=body or None, headers=headers)
        came = self.link.getresponse()
        content = came.read()
        took = time.perf_counter() - began
        told = re.search(r"(\d+) queries", came.headers.get("Server-Timing", ""))
        return Answer(
            came.status, took, len(content), int(told[1]) if told else -1, came.headers.get("Location", "")
        )


@contextlib.contextmanager
def server(*, settings: str = "tests.benchmarks.settings") -> Iterator[Browser]:
    """Run the site for the length of a block."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "resilience.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "1", "--threads", "4", "--worker-class", "gthread", "--no-control-socket", "--keep-alive", "60",
        "--log-level", "warning",
    ]  # fmt: skip
    running = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings})
    try:
        wait(port)
        yield Browser(port)
    finally:
        running.terminate()
        running.wait(timeout=15)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(port: int) -> None:
    """Return once the site answers on this port. Raises TimeoutError."""
    for _ in range(READY_WITHIN_S * 10):
        with contextlib.suppress(OSError):
            Browser(port).send("GET", "/healthz", SignedIn(""))
            return
        time.sleep(0.1)
    raise TimeoutError("the site did not start")
