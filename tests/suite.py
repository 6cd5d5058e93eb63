"""`make test` and `make check`: the checks, then the tests on SQLite, then their database-dependent part on PostgreSQL.

    python -m tests.suite [--check-only]

The last line counts what passed, failed and was skipped over all of it; each check counts as one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
OF_A_SITE = ("DATABASE_URL", "PUBLIC_BASE_URL", "TWILIO_")  # what a site is told is nothing to the tests
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(OF_A_SITE)} | {
    "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0",
}  # fmt: skip
SERVER = {"DATABASE_URL": os.environ.get("DATABASE_URL", "")}  # tests.cluster takes it where it names one
TOOLS = Path(PYTHON).parent


@dataclass(frozen=True)
class Check:
    """One thing that must hold of the source; it changes nothing."""

    name: str
    command: Sequence[str]
    settings: str = ""


CHECKS = (
    Check("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
    Check("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
    Check("import direction", [str(TOOLS / "lint-imports"), "--no-cache"]),
    Check("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], "test"),
    Check("system checks", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"], "test"),
    Check("templates", [str(TOOLS / "djlint"), "--lint", "--quiet", "resilience", "content_pages"]),
    Check("types", [PYTHON, "-m", "mypy"]),
)


@dataclass
class Count:
    """What was counted so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, counts: dict[str, int]) -> None:
        """Add what one run of the tests counted."""
        self.passed += counts["passed"]
        self.failed += counts["failed"] + counts["error"]
        self.skipped += counts["skipped"] + counts["xfailed"]


def main(arguments: Sequence[str]) -> int:
    """Run it all, say the sum on the last line, and return 0 where nothing failed."""
    count = Count()
    began = time.monotonic()
    _check(count)
    if "--check-only" not in arguments:
        # Three workers on two cores: those that drive a browser wait for it much of the time.
        _test(
            count, "on SQLite", ["-m", "not long", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
        )
        on_postgresql = [PYTHON, "-m", "tests.cluster", "--"]
        _test(
            count,
            "on PostgreSQL",
            ["-n", "2", "-m", "(postgresql or postgres_too) and not long"],
            before=on_postgresql,
            more=SERVER,
        )
    print(f"took {time.monotonic() - began:.0f} s")
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped", flush=True)
    return 1 if count.failed else 0


def _check(count: Count) -> None:
    for check in CHECKS:
        environment = ENVIRONMENT
        if check.settings:
            environment = {**ENVIRONMENT, "DJANGO_SETTINGS_MODULE": f"resilience.settings.{check.settings}"}
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            count.failed += 1
            print(f"{check.name}: failed\n{done.stdout.rstrip()}\n", flush=True)
        else:
            count.passed += 1
            print(f"{check.name}: ok", flush=True)


def _test(
    count: Count,
    where: str,
    options: Sequence[str],
    *,
    before: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> None:
    print(f"\nTests {where}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        command = [*before, PYTHON, "-m", "pytest", "-q", *options]
        done = subprocess.run(
            command, cwd=ROOT, env={**ENVIRONMENT, **(more or {}), "TEST_COUNTS": str(counts)}
        )
        if not counts.exists():
            print(f"The tests {where} did not run to their end (exit code {done.returncode}).", flush=True)
            count.failed += 1
            return
        found = json.loads(counts.read_text())
        count.add(found)
        if done.returncode and not found["failed"] + found["error"]:
            print(f"The tests {where} ended with exit code {done.returncode}.", flush=True)
            count.failed += 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
