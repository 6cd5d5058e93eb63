"""The real thing for a browser: `python -m resilience.demo.run` in a folder and on two ports of its own.

    with running.started(port=running.free_ports()) as site:
        page.goto(site.address)

Each folder is copied from one that was prepared once a day for this code, so that a start takes seconds.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from resilience.demo import standing

ROOT = Path(__file__).resolve().parents[2]
SHELF = ROOT / "var" / "test-templates" / "site"
COPIED = ("resilience.sqlite3", "secrets.env", "prepared", "clock")
PLAIN = "help-now"  # without these files a start loads the demonstration
AHEAD_HOURS = float(
    os.environ.get("AHEAD_HOURS", "0")
)  # the site begins so many hours from now: `make any-day`
READY_WITHIN_S, GONE_WITHIN_S = 120, 30
OURS = ("DATABASE_URL", "TWILIO_", "PUBLIC_BASE_URL", "SECRET_KEY", "FIELD_KEYS", "TEST_", "COV_", "PYTEST_")


class DidNotStart(Exception):
    """The message holds what was printed."""


@dataclass(frozen=True)
class Site:
    """A running site: its address, its folder, what it printed, its supervisor."""

    address: str
    var: Path
    printed: tuple[str, ...]
    process: subprocess.Popen

    @property
    def links(self) -> dict[str, str]:
        """Return the sign-in link that was printed for each role."""
        lines = (line.split("  ", 1) for line in self.printed if "/demo/sign-in/" in line)
        return {role: link.strip() for role, link in lines}

    def mails(self) -> list[EmailMessage]:
        """Return every e-mail that was sent, oldest first."""
        files = sorted((self.var / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def command(self, *words: str) -> None:
        """Run one of the operator's commands on this site."""
        port = int(self.address.rsplit(":", 1)[1])
        settings = {"DJANGO_SETTINGS_MODULE": "resilience.settings.demo"}
        subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=environment(self.var, port) | settings, check=True, capture_output=True,
        )  # fmt: skip

    def processes(self) -> list[int]:
        """Return the process ids that belong to this site, the supervisor included."""
        return processes_of(self.var)


def processes_of(var: Path) -> list[int]:
    """Return the ids of the running processes that were told to keep their state in `var`."""
    mark, found = f"VAR_DIR={var}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            alive = (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            if alive and mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def free_ports() -> int:
    """Return a port that is free and whose successor is free too."""
    for _attempt in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
    raise DidNotStart("no two free ports beside each other")


@contextlib.contextmanager
def started(*, port: int | None = None, database: Path | None = None) -> Iterator[Site]:
    """Yield a running site with the demonstration as it stands on the first day; afterwards nothing of it is left.

    With `database`, a migrated file, nothing is loaded: the site holds what that file holds.
    """
    var = Path(tempfile.mkdtemp(prefix="resilience-site-"))
    try:
        port = port or free_ports()
        _copy_prepared(var) if database is None else _copy_database(database, var, port)
        site = _start(var, port)
        try:
            yield site
        finally:
            left = stop(site)
        if left:
            raise AssertionError(f"Still running after the site was stopped: {left}")
    finally:
        shutil.rmtree(var, ignore_errors=True)


def stop(site: Site) -> list[int]:
    """Press Ctrl-C, wait for the end, and return the processes that outlived it."""
    site.process.send_signal(signal.SIGINT)
    try:
        site.process.wait(timeout=GONE_WITHIN_S)
    except subprocess.TimeoutExpired:
        site.process.kill()
        site.process.wait()
    site.process.stdout.close()
    until = time.monotonic() + 2
    while (left := site.processes()) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def environment(var: Path, port: int) -> dict[str, str]:
    """Return the environment of a newcomer's shell, with only our folder and port named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "VAR_DIR": str(var), "PORT": str(port)}


def _start(var: Path, port: int) -> Site:
    process = subprocess.Popen(
        [sys.executable, "-m", "resilience.demo.run"],
        cwd=ROOT, env=environment(var, port), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    printed: list[str] = []
    reader = threading.Thread(target=_listen, args=(process, printed), daemon=True)
    reader.start()
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if any(line.startswith("Telephones, e-mail and clock:") for line in printed):
            address = next(line.removeprefix("Ready: ") for line in printed if line.startswith("Ready: "))
            return Site(address, var, tuple(printed), process)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    reader.join(timeout=5)
    process.stdout.close()
    raise DidNotStart("\n".join(printed))


def _listen(process: subprocess.Popen, printed: list[str]) -> None:
    with contextlib.suppress(ValueError):
        for line in process.stdout:
            printed.append(line.rstrip("\n"))


def _copy_prepared(var: Path) -> None:
    SHELF.mkdir(parents=True, exist_ok=True)
    with (SHELF / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        template = _prepared()
        for name in COPIED:
            shutil.copy(template / name, var / name)
        shutil.copytree(template / PLAIN, var / PLAIN)


def _copy_database(database: Path, var: Path, port: int) -> None:
    shutil.copy(database, var / "resilience.sqlite3")
    plan = standing.Plan.from_environment(environment(var, port), root=ROOT)
    manage = [sys.executable, "manage.py", "write_plain_pages"]
    subprocess.run(manage, cwd=ROOT, env=plan.environment, check=True, capture_output=True)
    plan.note_prepared()
    if not plan.is_prepared():
        raise DidNotStart("A start would load the demonstration into this site.")


def _prepared() -> Path:
    """Return a folder in which this very code has loaded the demonstration today, or so many hours from now."""
    folder = SHELF / f"{datetime.now(UTC):%Y-%m-%d}+{AHEAD_HOURS:g}"
    plan = standing.Plan.from_environment(environment(folder, 8000), root=ROOT)
    if plan.is_prepared():
        return folder
    for older in SHELF.glob("20*"):
        shutil.rmtree(older)
    plan = standing.Plan.from_environment(environment(folder, 8000), root=ROOT)
    (folder / "clock").write_text(str(AHEAD_HOURS * 3600))
    done = subprocess.run(
        [sys.executable, "-m", "resilience.demo.prepare"],
        cwd=ROOT, env=plan.environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise DidNotStart(done.stdout + done.stderr)
    plan.note_prepared()
    return folder
