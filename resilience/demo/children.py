"""Child processes of `make run`: each in a group of its own, none outliving us, each started again when it ends.

One thread on purpose: Linux would tell a child of our death once for each thread that we have, and the worker's
cluster locks itself up when it is told to stop while it is stopping.
"""

import collections
import ctypes
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

GRACE_S = 12
FIRST_WAIT_S, LONGEST_WAIT_S, SETTLED_S = 1.0, 30.0, 60.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Part:
    """A part of the site: its name and its command."""

    name: str
    command: Sequence[str]


@dataclass
class _Child:
    part: Part
    process: subprocess.Popen
    pipe: IO[bytes]
    since: float
    words: collections.deque = field(default_factory=lambda: collections.deque(maxlen=20))
    half_line: bytes = b""
    wait: float = FIRST_WAIT_S
    again_at: float | None = None


class Family:
    """The running parts. What they write goes to one file of JSON lines."""

    def __init__(self, log: Path, *, environment: Mapping[str, str]) -> None:
        self.log, self.environment = log, dict(environment)
        self.pipes = selectors.DefaultSelector()
        self.children: dict[str, _Child] = {}

    def start(self, part: Part, *, wait: float = FIRST_WAIT_S) -> None:
        """Start a part; it ends with us, also when we are killed."""
        process = subprocess.Popen(
            part.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid()),  # noqa: PLW1509 - we have no second thread
        )
        child = _Child(part, process, cast(IO[bytes], process.stdout), since=time.monotonic(), wait=wait)
        self.children[part.name] = child
        os.set_blocking(child.pipe.fileno(), False)
        self.pipes.register(child.pipe, selectors.EVENT_READ, child)

    def ended(self, name: str) -> bool:
        """Return whether a part has ended."""
        return self.children[name].process.poll() is not None

    def age(self, name: str) -> float:
        """Return for how many seconds a part has been running."""
        return time.monotonic() - self.children[name].since

    def last_words(self, name: str) -> list[str]:
        """Return the last lines that a part wrote."""
        self.listen(0.2)  # what it wrote while ending is still on its way
        return list(self.children[name].words)

    def listen(self, seconds: float) -> None:
        """Write down what the parts say, for so many seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self.pipes.get_map():
                time.sleep(left)
                return
            for key, _ in self.pipes.select(timeout=left):
                self._read(key.data)

    def revive(self) -> None:
        """Start again each part that ended, later each time that it ends soon after."""
        for child in list(self.children.values()):
            if child.process.poll() is None:
                continue
            if child.again_at is None:
                self._note(child.part.name, f"ended with {child.process.returncode}; started again")
                _end_group(child.process, signal.SIGKILL)
                settled = time.monotonic() - child.since > SETTLED_S
                child.wait = FIRST_WAIT_S if settled else min(child.wait * 2, LONGEST_WAIT_S)
                child.again_at = time.monotonic() + (0 if settled else child.wait / 2)
            if time.monotonic() >= child.again_at:
                self.start(child.part, wait=child.wait)

    def restart(self, name: str, *, why: str) -> None:
        """Stop a part with all that it started, and start it again."""
        self._note(name, f"restarted: {why}")
        self._stop([self.children[name]])
        self.start(self.children[name].part)

    def stop(self) -> None:
        """Stop every part; what does not end in time is killed with its whole group."""
        self._stop(list(self.children.values()))

    def _stop(self, leaving: Sequence[_Child]) -> None:
        """SIGTERM to each parent alone (a whole worker group would leave two behind), then SIGKILL to the rest."""
        for child in leaving:
            if child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + GRACE_S
        while any(child.process.poll() is None for child in leaving) and time.monotonic() < until:
            self.listen(0.1)
        for child in leaving:
            _end_group(child.process, signal.SIGKILL)
            child.process.wait()

    def _read(self, child: _Child) -> None:
        try:
            piece = os.read(child.pipe.fileno(), 65_536)
        except BlockingIOError:
            return
        if not piece:
            self.pipes.unregister(child.pipe)
            child.pipe.close()
        *lines, child.half_line = (child.half_line + piece).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            if text:
                child.words.append(text)
                self._note(child.part.name, text)

    def _note(self, part: str, words: str) -> None:
        line = json.dumps({"timestamp": datetime.now(UTC).isoformat(), "part": part, "event": words})
        with self.log.open("a") as file:
            file.write(line + "\n")


def _end_group(process: subprocess.Popen, number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        pass  # nobody of that group is left


def _die_with_parent(parent: int) -> Callable[[], None]:
    """Return what a child runs first: Linux ends it when we end, however we end."""

    def ask() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask
