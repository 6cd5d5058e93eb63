"""Parts of the site in processes of their own, which share the test's database and its carrier."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from resilience.telephony import simulator

WITHIN_S = 60
SETTINGS = "tests.resilience.ops.process_settings"


@contextlib.contextmanager
def carrier() -> Iterator[simulator.Simulator]:
    """Yield a network that takes what it is given over HTTP and tells nobody of it."""
    with simulator.Simulator(deliver=lambda *_notice: simulator.Reply(204)) as network:
        yield network


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """Start a command in a group of processes of its own; at the end it is asked to stop, then made to."""
    part = start(command, environment)
    try:
        yield part
    finally:
        stop(part)


@contextlib.contextmanager
def supervised(command: list[str], environment: dict[str, str]) -> Iterator[list[subprocess.Popen]]:
    """Start a command, and start it afresh whenever it ends; yield its processes, the newest last."""
    over, parts = threading.Event(), [start(command, environment)]

    def look() -> None:
        while not over.wait(0.2):
            if parts[-1].poll() is not None:
                parts.append(start(command, environment))

    supervisor = threading.Thread(target=look)
    supervisor.start()
    try:
        yield parts
    finally:
        over.set()
        supervisor.join()
        stop(parts[-1])


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen:
    """Start a command of Python's in a group of processes of its own."""
    return subprocess.Popen([sys.executable, *command], env=environment, start_new_session=True)


def stop(part: subprocess.Popen) -> None:
    """Ask a part to stop, and end what is left of it after a while."""
    part.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        part.wait(timeout=20)
    kill(part)


def kill(part: subprocess.Popen) -> None:
    """End a part and all of its group from outside."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()


def children(of: int) -> list[int]:
    """Return the ids of the processes that a process started and that run still."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            found += [int(status.parent.name)] if int(parent) == of and state != "Z" else []
    return sorted(found)


def wait_for(come: Callable[[], object], what: str, *, within_s: float = WITHIN_S) -> object:
    """Wait until something is there and return it."""
    until = time.monotonic() + within_s
    while not (found := come()):
        assert time.monotonic() < until, f"it did not come: {what}"
        time.sleep(0.1)
    return found
