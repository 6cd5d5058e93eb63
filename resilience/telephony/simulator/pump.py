"""Runs what the network does by itself: rings, walks through scripts, tells of changes.

Each piece of work is a generator that yields a Wait where it must wait for a person, for the other side or
for time. With workers, threads run them as they become ready (the demonstration). Without, nothing moves until
`settle` is called, and then all of it in the caller's own thread and in virtual time (tests: the callbacks
reach the application inside the test's transaction).
"""

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from resilience.telephony.simulator.state import Network


@dataclass(frozen=True)
class Wait:
    """Wait until `until()` is true (then the generator receives True) or `seconds` have passed (False)."""

    until: Callable[[], bool]
    seconds: float | None = None


def pause(seconds: float) -> Wait:
    return Wait(until=lambda: False, seconds=seconds)


Work = Generator[Wait, bool, None]


@dataclass(eq=False)
class _Task:
    work: Work
    wait: Wait | None = None
    deadline: float | None = None
    result: bool = field(default=True)


class Pump:
    def __init__(self, network: Network, *, workers: int) -> None:
        self.network = network
        self.waiting: list[_Task] = []
        self.running = 0
        self.stopped = False
        self.virtual = workers == 0
        self.passed = 0.0
        self.threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(workers)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        with self.network.bell:
            self.stopped = True
            self.network.bell.notify_all()
        for thread in self.threads:
            thread.join(timeout=2)

    def add(self, work: Work) -> None:
        with self.network.bell:
            self.waiting.append(_Task(work))
            self.network.bell.notify_all()

    def time(self) -> float:
        return self.passed if self.virtual else time.monotonic()

    def scripted(self, seconds: float, *, pace: float) -> Wait:
        """A scripted person's time: as long as told in virtual time; nobody watches it pass in real time."""
        return pause(seconds if self.virtual else pace)

    def settle(self, timeout: float = 10) -> None:
        """Run until nothing more can happen by itself. Time does not pass for those who wait for it."""
        if not self.virtual:
            return self._wait_until_idle(timeout)
        while task := self._take():
            self._run(task)

    def pass_time(self, seconds: float) -> None:
        """Let this much virtual time pass, step by step, and run what comes due in it."""
        end = self.passed + seconds
        self.settle()
        while (due := self._next_deadline()) is not None and due <= end:
            self.passed = due
            self.settle()
        self.passed = end

    def _next_deadline(self) -> float | None:
        with self.network.lock:
            return min((task.deadline for task in self.waiting if task.deadline is not None), default=None)

    def _take(self) -> _Task | None:
        """The first task that can go on, removed from the list; None if all of them wait."""
        with self.network.lock:
            now = self.time()
            for task in self.waiting:
                if task.wait is None or task.wait.until():
                    task.result = True
                elif task.deadline is not None and task.deadline <= now:
                    task.result = False
                else:
                    continue
                self.waiting.remove(task)
                self.running += 1
                return task
            return None

    def _run(self, task: _Task) -> None:
        wait = None
        try:
            wait = next(task.work) if task.wait is None else task.work.send(task.result)
        except StopIteration:
            pass
        finally:
            with self.network.bell:
                self.running -= 1
                if wait is not None:
                    task.wait = wait
                    task.deadline = None if wait.seconds is None else self.time() + wait.seconds
                    self.waiting.append(task)
                self.network.bell.notify_all()

    def _serve(self) -> None:
        while not self.stopped:
            with self.network.bell:
                task = self._take()
                if task is None:
                    due = self._next_deadline()
                    self.network.bell.wait(0.5 if due is None else max(0.01, min(0.5, due - self.time())))
                    continue
            try:
                self._run(task)
            except Exception as error:  # noqa: BLE001 - one broken script must not silence every other telephone
                self.network.problem(f"{type(error).__name__}: {error}")

    def _wait_until_idle(self, timeout: float) -> None:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            with self.network.lock:
                ready = any(task.wait is None or task.wait.until() for task in self.waiting)
                if not ready and not self.running and not self._soon():
                    return
            time.sleep(0.02)

    def _soon(self) -> bool:
        """True if something is due within half a second: pacing, not a person's time to answer."""
        due = self._next_deadline()
        return due is not None and due - self.time() < 0.5
