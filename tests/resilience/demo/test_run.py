"""`make run` in real processes: one at a time, nothing orphaned, what dies comes back, the clock moves everything."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser import running

pytestmark = pytest.mark.real_time
PATIENCE_S = 60
HANDSETS = {"Participant&#x27;s handset", "Coach&#x27;s handset"}


@pytest.fixture(scope="module")
def site() -> Iterator[running.Site]:
    """One running demonstration for this module."""
    with running.started() as started:
        yield started


def wait_for(true: Callable[[], object], what: str) -> object:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE_S} s for: {what}")


def fetch(
    address: str, opener: urllib.request.OpenerDirector | None = None, **posted: str
) -> tuple[int, str]:
    data = urllib.parse.urlencode(posted).encode() if posted else None
    try:
        with (opener or urllib.request.build_opener()).open(address, data, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def visitor() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def post(site: running.Site, path: str, **fields: str) -> tuple[int, str]:
    browser = visitor()
    _status, page = fetch(f"{site.address}/demo/", browser)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    return fetch(f"{site.address}{path}", browser, csrfmiddlewaretoken=token, **fields)


def handsets(site: running.Site) -> list[str]:
    """Return the names of the handsets on the desk; none while the simulator or the site is away."""
    return re.findall(r'aria-label="([^"]+handset)"', fetch(f"{site.address}/demo/")[1])


def part(site: running.Site, words: str) -> list[int]:
    """Return the processes of a site whose command holds these words, oldest first."""
    found = [
        one
        for one in site.processes()
        if words in Path(f"/proc/{one}/cmdline").read_text().replace("\0", " ")
    ]
    return sorted(found)


def try_again(site: running.Site, **more: str) -> subprocess.CompletedProcess:
    environment = running.environment(site.var, int(site.address.rsplit(":", 1)[1])) | more
    command = [sys.executable, "-m", "resilience.demo.run"]
    return subprocess.run(
        command, cwd=running.ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_it_prints_where_it_is_and_a_link_for_each_role(site):
    assert site.printed[0] == f"Ready: {site.address}"
    assert list(site.links) == [
        "participant", "coach", "coach-lead", "evaluator", "editor", "manager", "safeguarding", "operator",
    ]  # fmt: skip


def test_each_link_signs_in_with_one_click(site):
    for role, link in site.links.items():
        status, page = fetch(link, visitor())

        assert status == 200, role
        assert "<h1" in page, role


def test_a_second_run_beside_the_first_is_told_in_one_line(site):
    second = try_again(site)

    assert second.returncode == 1
    assert second.stderr.strip().splitlines() == [
        f"It is already running at {site.address} (process {site.process.pid}). Stop that one with Ctrl-C first."
    ]


def test_a_port_that_is_taken_is_told_in_one_line(site, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = try_again(site, VAR_DIR=str(tmp_path), PORT=str(port))

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {port} is taken by another program.")


@pytest.mark.parametrize("port", ["eight", "0", "65535"])
def test_a_port_that_is_none_is_told_in_one_line(site, tmp_path, port):
    refused = try_again(site, VAR_DIR=str(tmp_path), PORT=port)

    assert refused.returncode == 1
    assert refused.stderr.strip() == f"PORT={port} cannot be used: choose a number from 1 to 65534."


def test_the_site_listens_on_this_machine_alone(site):
    port = site.address.rsplit(":", 1)[1]
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    ]

    assert [where for where in listening if where.endswith(f":{int(port):04X}")] == [
        f"0100007F:{int(port):04X}"
    ]


@pytest.mark.parametrize("words", ["run_dispatcher", "telephony.simulator", "gunicorn"])
def test_a_part_that_is_killed_comes_back(site, words):
    before = wait_for(lambda: part(site, words), words)

    os.kill(before[0], signal.SIGKILL)

    # Its children may answer for a moment longer: the part is back only when none of the old ones is left.
    wait_for(lambda: part(site, words) and not {*part(site, words)} & {*before}, f"{words} again")
    wait_for(lambda: set(handsets(site)) >= HANDSETS, "the site and its telephones")


def test_the_worker_shows_that_it_lives(site):
    def ready() -> bool:
        return json.loads(fetch(f"{site.address}/readyz")[1] or "{}").get("worker") == "ok"

    wait_for(ready, "a sign of life from the worker")


def test_the_clock_goes_on_for_every_process_and_never_back(site):
    before = float((site.var / "clock").read_text())
    tomorrow = datetime.now(UTC) + timedelta(seconds=before, days=1)

    status, _page = post(site, "/demo/clock/", to=tomorrow.isoformat())
    refused, page = post(site, "/demo/clock/", to="2020-01-01T00:00:00Z")

    assert status == 200
    assert float((site.var / "clock").read_text()) - before == pytest.approx(86_400, abs=5)
    assert refused == 422
    assert "The clock only goes on" in page


def test_what_is_no_time_is_said_in_words(site):
    status, page = post(site, "/demo/clock/", to="tomorrow")

    assert status == 422
    assert 'role="alert"' in page


def test_the_desk_shows_both_handsets(site):
    assert set(handsets(site)) == HANDSETS


def test_a_telephone_that_was_chosen_stays_on_the_desk_when_the_clock_moves(site):
    _status, page = post(site, "/demo/clock/?participant=%2B447700900012", step="day")

    assert "07700 900012, participant-12" in page
    assert "signed out after ten minutes" in page


def test_a_telephone_that_does_not_ring_says_so(site):
    status, page = post(site, "/demo/handset/coach/answer/", number="+442079460101")

    assert status == 200
    assert "There is no call on this telephone" in page


def test_logs_are_json_lines_without_addresses_of_people(site):
    lines = [line for file in (site.var / "log").glob("*.jsonl") for line in file.read_text().splitlines()]

    assert lines
    assert all(json.loads(line) for line in lines)
    assert not [line for line in lines if "@example.org" in line or "+447700" in line]


def test_secrets_are_for_the_owner_alone(site):
    assert (site.var / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_nothing_outlives_a_supervisor_that_is_killed():
    with running.started() as site:
        wait_for(lambda: len(part(site, "qcluster")) >= 8, "both workers")

        site.process.kill()
        site.process.wait()

        wait_for(lambda: not site.processes(), "every process to end by itself")
