"""P9: `make run` from a clean clone, and once more."""

import os
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.benchmarks import figures, serving

PATIENCE_S = 300


ROUNDS = 5
OURS = (
    "BENCH_",
    "DATABASE_URL",
    "DJANGO_",
    "FIELD_KEYS",
    "PUBLIC_BASE_URL",
    "SECRET_KEY",
    "TWILIO_",
    "VAR_DIR",
)


def measure() -> tuple[list[figures.Figure], list[str]]:
    """Return the seconds from the command to the first page, the first time and the second."""
    rounds = [_twice() for _ in range(ROUNDS)]
    found = [
        _figure(name, took) for name, took in zip(("first", "second"), zip(*rounds, strict=True), strict=True)
    ]
    said = [f"P9, {one.size['start']} start: {one.low:.1f} to {one.high:.1f} s." for one in found]
    where = "P9: from `make run` in a clean clone, package cache warm, to the first page answered with 200."
    return found, [where, *said]


def _figure(name: str, took: tuple[float, ...]) -> figures.Figure:
    return figures.Figure(
        "P9", statistics.median(took), "s", None, None, min(took), max(took), ROUNDS, {"start": name}
    )


def _twice() -> list[float]:
    with tempfile.TemporaryDirectory(prefix="bench-clone-") as folder:
        clone = Path(folder) / "another-name"
        subprocess.run(["git", "clone", "--quiet", str(figures.ROOT), str(clone)], check=True)
        return [_start(clone) for _ in range(2)]


def _start(clone: Path) -> float:
    port = serving.free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    began = time.perf_counter()
    running = subprocess.Popen(
        ["make", "run"], cwd=clone, env={**kept, "PORT": str(port)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return _first_page(port) - began
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=60)


def _first_page(port: int) -> float:
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as page:
                if page.status == 200:
                    return time.perf_counter()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("no page came")
