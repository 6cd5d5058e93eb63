"""P9: `make run` from a clean clone, and once more."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.benchmarks import figures, serving

PATIENCE_S = 300


def measure() -> tuple[list[figures.Figure], list[str]]:
    """Return the seconds from the command to the first page, the first time and the second."""
    with tempfile.TemporaryDirectory(prefix="bench-clone-") as folder:
        clone = Path(folder) / "another-name"
        subprocess.run(["git", "clone", "--quiet", str(figures.ROOT), str(clone)], check=True)
        seconds = [_start(clone) for _ in range(2)]
    found = [
        figures.Figure("P9", took, "s", None, None, None, None, 1, {"start": name})
        for name, took in zip(("first", "second"), seconds, strict=True)
    ]
    return found, ["P9: from `make run` in a clean clone, package cache warm, to the first page answered with 200."]


def _start(clone: Path) -> float:
    port = serving.free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
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
