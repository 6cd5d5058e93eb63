"""Ends a part that has fallen silent, so that whoever started it starts it afresh.

A container engine and systemd start again what has ended; a cluster that lost a process can hang for good while it
looks healthy.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection

from resilience import clock, queue
from resilience.ops import heartbeat

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 15


@dataclass(frozen=True)
class Part:
    """A command of manage.py, and for how long it may be silent: longer than one thing that it does can take."""

    command: str
    silent_after_s: int
    cluster: str = ""


PARTS = {
    heartbeat.WORKER: Part("qcluster", heartbeat.SILENT_AFTER_S),
    heartbeat.LONG_WORKER: Part("qcluster", 3600 + heartbeat.SILENT_AFTER_S, cluster=queue.LONG),
    heartbeat.DISPATCHER: Part("run_dispatcher", 2 * heartbeat.SILENT_AFTER_S),
}


def run(name: str) -> int:
    """Run the part called `name` until it ends or has to be ended; return the exit code. SIGTERM is passed on."""
    child = _start(PARTS[name])
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: child.terminate())
    try:
        return _watch(name, child)
    finally:
        _kill_group(child)


def is_stuck(*, seen_s: float | None, watched_s: float, allowed_s: float) -> bool:
    """Return whether a part that we have watched for `watched_s` has been silent for longer than it may be.

    `seen_s` is how long ago its last sign came, None where there was none. One that has just been started gets its
    time, however old the sign of the one before it is.
    """
    silent_s = watched_s if seen_s is None else min(seen_s, watched_s)
    return silent_s > allowed_s


def _watch(name: str, child: subprocess.Popen) -> int:
    since, allowed_s = time.monotonic(), PARTS[name].silent_after_s
    while (code := _ended(child)) is None:
        try:
            seen_s = heartbeat.silence(name, at=clock.machine_now())
        except Error:  # without its database no part can show that it lives: its time begins anew
            since, seen_s = time.monotonic(), None
            connection.close()
        close_old_connections()
        if is_stuck(seen_s=seen_s, watched_s=time.monotonic() - since, allowed_s=allowed_s):
            log.error("part is silent and is ended", name=name, seconds=allowed_s)
            return 1
    return max(code, 0) or int(code < 0)


def _ended(child: subprocess.Popen) -> int | None:
    try:
        return child.wait(timeout=LOOK_EVERY_S)
    except subprocess.TimeoutExpired:
        return None


def _start(part: Part) -> subprocess.Popen:
    named = {"Q_CLUSTER_NAME": part.cluster} if part.cluster else {}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), part.command]
    return subprocess.Popen(command, env={**os.environ, **named}, start_new_session=True)


def _kill_group(child: subprocess.Popen) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # nobody of that group is left
    child.wait()
