"""P8: ten thousand reminders due at once, a carrier with 50 ms to each answer, the dispatcher killed half way.

python -m tests.benchmarks.storm [texts] [--json]

On a PostgreSQL server of its own. The carrier takes eight texts at a time, 160 a second: that is what it permits. It
runs in a process of its own and counts what it was given; the page is read before and during the storm.
"""

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests import cluster
from tests.benchmarks import figures

TEXTS = 10_000
AT_ONCE, DELAY_S = 8, 0.05
PERMITTED = AT_ONCE / DELAY_S
PATIENCE_S = 900
QUIET_READS = 60


class NotOnce(Exception):
    """A text was lost or sent twice; the message says how many."""


class PageNotShown(Exception):
    """The page whose time is taken answered something else, which would be no time of the page."""


def measure(*, texts: int = TEXTS) -> tuple[list[figures.Figure], list[str]]:
    """Return the rate beside what the carrier permits, and what was counted."""
    folder = Path(tempfile.mkdtemp(prefix="bench-storm-"))
    try:
        with cluster.server() as dsn, _carrier() as carrier:
            os.environ |= {"BENCH_DIR": str(folder), "STORM_DATABASE": dsn, "STORM_CARRIER": carrier}
            os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.storm_settings"
            _manage("migrate", "-v", "0")
            _manage("collectstatic", "-v", "0", "--noinput")
            return _storm(texts, carrier)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _storm(texts: int, carrier: str) -> tuple[list[figures.Figure], list[str]]:
    import django

    django.setup()
    from tests.benchmarks import serving, storm_people

    reader = storm_people.make(texts)
    with serving.server(settings="tests.benchmarks.storm_settings") as browser:

        def read() -> float:
            answer = browser.send("GET", "/calls/", reader)
            if answer.status != 200:
                raise PageNotShown(answer.status)
            return answer.seconds

        quiet = [read() for _ in range(QUIET_READS)]
        storm_people.fall_due()
        seconds, busy = _send_all(texts, carrier, read)
    told = _told(carrier)
    if told["different"] != texts or told["texts"] != texts:
        raise NotOnce(f"{texts} due: {told['texts']} arrived, {told['different']} different ones")
    return _figures(texts, seconds, quiet, busy)


def _send_all(texts: int, carrier: str, read: object) -> tuple[float, list[float]]:
    """Send until all is out, kill the dispatcher half way; return the seconds and how long the page took meanwhile."""
    from tests.benchmarks import storm_people

    busy, killed, dispatcher = [], False, _dispatcher()
    began = _first(carrier)
    try:
        until = time.monotonic() + PATIENCE_S
        while _told(carrier)["texts"] < texts and time.monotonic() < until:
            busy.append(read())
            time.sleep(0.1)
            if not killed and _told(carrier)["texts"] >= texts // 2:
                killed = True
                dispatcher.send_signal(signal.SIGKILL)
                dispatcher.wait()
                dispatcher = _dispatcher()
                storm_people.look_up_soon()
            elif killed:
                storm_people.reconcile()
        return time.monotonic() - began, busy
    finally:
        dispatcher.terminate()
        dispatcher.wait(timeout=30)


def _first(carrier: str) -> float:
    while not _told(carrier)["texts"]:
        time.sleep(0.02)
    return time.monotonic()


def _figures(
    texts: int, seconds: float, quiet: list[float], busy: list[float]
) -> tuple[list[figures.Figure], list[str]]:
    rate, before, during = texts / seconds, _p95(quiet), _p95(busy)
    size = {"texts": texts, "at once": AT_ONCE, "delay ms": round(DELAY_S * 1000)}
    ratio = rate / PERMITTED
    found = figures.Figure("P8", rate, "texts a second", PERMITTED, ratio, ratio, ratio, 1, size)
    return [found], [
        f"P8: {texts:,} texts, each once, in {seconds:.0f} s with the dispatcher killed half way; the page's p95 "
        f"{before * 1000:.0f} ms in quiet, {during * 1000:.0f} ms in the storm ({during / before:.2f} times)."
    ]


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _dispatcher() -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "manage.py", "run_dispatcher"], cwd=figures.ROOT)


def _manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=figures.ROOT, check=True)


@contextlib.contextmanager
def _carrier() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.storm_carrier", str(AT_ONCE), str(DELAY_S)]
    running = subprocess.Popen(command, cwd=figures.ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield running.stdout.readline().strip()
    finally:
        running.terminate()
        running.wait(timeout=10)


def _told(carrier: str) -> dict:
    with urllib.request.urlopen(f"{carrier}/told", timeout=30) as answer:  # noqa: S310 - our own loopback address
        return json.load(answer)


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    found, said = measure(texts=sizes[0] if sizes else TEXTS)
    in_words = "\n".join(map(str, [*found, *said]))
    print(json.dumps([[asdict(each) for each in found], said]) if "--json" in sys.argv else in_words)
