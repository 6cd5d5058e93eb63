"""A real web server whose database is away still says whom to ring."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from resilience.organisations import plain
from tests.browser import running

pytestmark = [pytest.mark.real_time, pytest.mark.django_db]
NOBODY = "postgresql://nobody@127.0.0.1:9/nothing"
PATIENCE_S = 90


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run the site as gunicorn does, with a database that nobody answers for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "resilience.settings.test", "DATABASE_URL": NOBODY}
    command = [
        sys.executable, "-m", "gunicorn", "resilience.wsgi:application", "--bind", f"127.0.0.1:{port}", "--preload",
        "--no-control-socket", "--log-level", "critical",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=running.ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own loopback address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def fetch_once_up(address: str) -> tuple[int, str]:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fetch(address)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def test_help_now_and_the_first_days_stand_while_the_database_is_away():
    plain.write()
    first_days = plain.Page("/first-days/", plain.place("/help-now/").read_text())
    plain._put(plain.place(first_days.address), first_days.html)

    with server() as site:
        found = {path: fetch_once_up(site + path) for path in ("/help-now/", "/first-days/", "/join/")}

    assert [status for status, _page in found.values()] == [200, 200, 500]
    assert "116 123" in found["/help-now/"][1]
    assert "116 123" in found["/first-days/"][1]
