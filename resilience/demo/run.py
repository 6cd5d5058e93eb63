"""`make run`: one foreground command that keeps the web, the workers, the dispatcher and the telephones going.

    python -m resilience.demo.run

Standard library alone, so that it starts at once and never shares a fault with what it watches over.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from resilience.demo import children, standing

ROOT = Path(__file__).resolve().parents[2]
ROLES = (
    "participant", "coach", "coach-lead", "evaluator", "editor", "manager", "safeguarding", "operator",
)  # fmt: skip
READY_WITHIN_S = 90
LOOK_EVERY_S = 0.5
ASK_EVERY_S = 20
SILENT_AFTER_S = 180


class Stopped(Exception):
    """Ctrl-C, or whoever started us asked us to end."""


class CannotStart(Exception):
    """The message says why, and what to do."""


def main() -> int:
    """Run until told to stop; return the exit code, after one clear line where it could not start."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        plan = standing.Plan.from_environment(os.environ, root=ROOT)
        with standing.only_one(plan):
            plan.check_ports()
            _run(plan)
    except (CannotStart, standing.CannotStand) as refused:
        print(refused, file=sys.stderr)
        return 1
    except Stopped:
        return 0
    return 0


def _stop(number: int, frame: object) -> None:
    raise Stopped


def _run(plan: standing.Plan) -> None:
    _prepare(plan)
    family = children.Family(plan.log, environment=plan.environment)
    try:
        for part in plan.first_parts():
            family.start(part)
        _wait_until_it_answers(plan, family)
        _say_ready(plan)
        for part in plan.other_parts():
            family.start(part)
        _watch(plan, family)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        print("Stopping.", flush=True)
        family.stop()


def _prepare(plan: standing.Plan) -> None:
    if plan.is_prepared():
        return
    command = [sys.executable, "-m", "resilience.demo.prepare"]
    if subprocess.run(command, cwd=ROOT, env=plan.environment, check=False).returncode:
        raise CannotStart("The demonstration could not be loaded; the lines above say why.")
    plan.note_prepared()


def _wait_until_it_answers(plan: standing.Plan, family: children.Family) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if _ask(f"{plan.loopback}/healthz") is not None:
            return
        if family.ended("web"):
            break
        family.listen(0.1)
    words = "\n".join(family.last_words("web"))
    raise CannotStart(f"The web server did not come up. Its last words:\n{words}\nMore in {plan.log}")


def _say_ready(plan: standing.Plan) -> None:
    print(f"Ready: {plan.address}")
    for role in ROLES:
        print(f"{role}  {plan.address}/demo/sign-in/{role}/")
    print(f"Telephones, e-mail and clock: {plan.address}/demo/    Stop with Ctrl-C.", flush=True)


def _watch(plan: standing.Plan, family: children.Family) -> None:
    """Start again what ended by itself, and a worker that has been silent for too long."""
    asked = time.monotonic()
    while True:
        family.listen(LOOK_EVERY_S)
        family.revive()
        if time.monotonic() - asked > ASK_EVERY_S:
            asked = time.monotonic()
            if family.age("worker") > SILENT_AFTER_S and _worker_is_silent(plan):
                family.restart("worker", why="silent for three minutes")


def _worker_is_silent(plan: standing.Plan) -> bool:
    answer = _ask(f"{plan.loopback}/readyz")
    if answer is None:
        return False
    try:
        seen = json.loads(answer).get("worker_seen_s")
    except ValueError:
        return False
    return seen is None or seen > SILENT_AFTER_S


def _ask(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())
