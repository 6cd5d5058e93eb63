"""The site between two stops of the clock: it moves on, comes to rest, and loses processes on the way.

At rest: since the clock was moved the jobs that ask and note have run to their end, and no message waits, is being
sent, or is being looked up.
"""

import os
import random
import signal
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from resilience import clock
from tests.browser.running import Site
from tests.proofs.expecting import Stops

PATIENCE_S, MOST_NUDGES = 7, 15
STALLED_FOR_S = 480  # a queue whose lock died with a worker stands still until the supervisor sees it
A_SECOND = timedelta(seconds=1)
A_WHILE = timedelta(minutes=6)  # a row that a killed process left is looked up after five
JOBS = ("resilience.engagement.tasks.note_passed", "resilience.measures.tasks.fall_due")
PARTS = ("run_dispatcher", "qcluster", "gunicorn")


class NotAtRest(Exception):
    """The site did not come to rest; the message says what is left."""


@dataclass
class Standing:
    """A running site whose clock we move."""

    site: Site
    stops: Stops = field(default_factory=Stops)
    nudges: int = 0
    stalls: int = 0
    seconds: float = 0

    def move_to(self, moment: datetime) -> None:
        """Move the clock on and wait until the site has come to rest."""
        started = time.monotonic()
        moment = max(moment, clock.now() + A_SECOND)  # it may have been nudged past it
        began = self._moved(moment)
        self.stops.moved.append(moment)
        for _nudge in range(MOST_NUDGES):
            if self._rests(began):
                self.stops.rested.append(clock.now())
                self.seconds += time.monotonic() - started
                return
            self._outlast_a_stall(began)
            self.nudges += 1
            began = self._moved(clock.now() + A_WHILE)
        raise NotAtRest(f"{moment}: {self._left()}")

    @staticmethod
    def _moved(moment: datetime) -> datetime:
        """Move the clock on; return since when a job sees it so: one that began just before saw the old time."""
        clock.move_to(moment)
        return datetime.now(UTC)

    def _outlast_a_stall(self, began: datetime) -> None:
        """Wait for the supervisor where no job runs at all; where one ran, the others follow when the clock moves."""
        if self._jobs_since(began):
            return
        self.stalls += 1
        until = time.monotonic() + STALLED_FOR_S
        while time.monotonic() < until and not self._jobs_since(began):
            time.sleep(1)  # the supervisor takes minutes: nothing to be told of

    def _rests(self, began: datetime) -> bool:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self._jobs_since(began) == len(JOBS) and not self._left():
                return True
            time.sleep(0.04)
        return False

    def _jobs_since(self, began: datetime) -> int:
        since = began.replace(tzinfo=None).isoformat(" ")
        asked = (
            "SELECT COUNT(DISTINCT func) FROM django_q_task WHERE success AND started > ? AND func IN (?, ?)"
        )
        return self._ask(asked, since, *JOBS)[0][0]

    def _left(self) -> list[tuple]:
        now = clock.now().replace(tzinfo=None).isoformat(" ")
        return self._ask(
            "SELECT kind, state, reason, COUNT(*) FROM messaging_outgoing WHERE (state = 'DUE' AND due_at <= ?) "
            "OR state = 'SENDING' OR (state = 'UNKNOWN' AND reason <> 'cannot be told') GROUP BY 1, 2, 3",
            now,
        )

    def _ask(self, question: str, *values: object) -> list[tuple]:
        path = f"file:{self.site.var / 'resilience.sqlite3'}?mode=ro"
        database = sqlite3.connect(path, uri=True, timeout=20)
        try:
            return database.execute(question, values).fetchall()
        finally:
            database.close()


@dataclass
class Killer:
    """Kills one process of the site at a random moment, from outside; the supervisor starts it again."""

    site: Site
    dice: random.Random
    killed: list[str] = field(default_factory=list)
    waiting: threading.Thread | None = None

    def soon(self) -> None:
        """Kill one within the next second or so, whatever it is doing then."""
        self.waiting = threading.Thread(
            target=self._kill, args=(self.dice.uniform(0.05, 1.6), self.dice.random())
        )
        self.waiting.start()

    def _kill(self, wait: float, which: float) -> None:
        time.sleep(wait)
        found = _parts(self.site)
        part = PARTS[0] if which < 0.5 else PARTS[1] if which < 0.85 else PARTS[2]
        mine = sorted(pid for pid, name in found.items() if name == part)
        if not mine:
            return
        try:
            os.kill(mine[int(which * 1000) % len(mine)], signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed.append(part)

    def ended(self) -> None:
        """Wait until the kill under way has been made."""
        if self.waiting is not None:
            self.waiting.join()
            self.waiting = None


def _parts(site: Site) -> dict[int, str]:
    found = {}
    for pid in site.processes():
        try:
            told = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        part = next((part for part in PARTS if part in told), None)
        if part:
            found[pid] = part
    return found
