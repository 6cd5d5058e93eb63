"""P7: a million answers exported as long and wide CSV and for SPSS, on PostgreSQL, beside COPY of the same rows.

The yardstick is COPY of the same rows out of the same tables: the server unpacks the stored responses into a row an
answer, or lays answers and scores out in a row a person. Memory is that of a process which exports one
kind of file and nothing else, above what it held before it began.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import cluster
from tests.benchmarks import figures

WHOLE = {"sizes": (10_000, 100_000, 1_000_000), "rounds": 5}
QUICK = {"sizes": (1_000, 10_000), "rounds": 2}
KINDS = ("long", "wide", "sav")


class Failed(Exception):
    """A part did not end well; the message is its last line."""


def measure(*, sizes: tuple[int, ...], rounds: int) -> tuple[list[figures.Figure], list[str]]:
    """Return a figure for each size and kind of file, and how the highest memory grows."""
    folder = Path(tempfile.mkdtemp(prefix="bench-export-"))
    found: list[figures.Figure] = []
    try:
        with cluster.server() as dsn:
            place = {"BENCH_DIR": str(folder), "EXPORT_DATABASE": dsn}
            _run(place, "migrate")
            for size in sizes:
                found += _of(place, size, rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found, [_growth(found, kind) for kind in KINDS]


def _of(place: dict[str, str], size: int, rounds: int) -> list[figures.Figure]:
    made = _run(place, "fill", str(size))
    timed = _run(place, "time", str(size), str(rounds))
    memory = {kind: _run(place, "memory", str(size), kind) for kind in KINDS}
    return [_figure(kind, made | memory[kind], timed[kind], rounds) for kind in KINDS]


def _figure(kind: str, size: dict, timed: dict, rounds: int) -> figures.Figure:
    return figures.Figure(
        f"P7 {kind}", timed["ours"] * 1000, "ms", timed["copy"] and timed["copy"] * 1000, timed["ratio"],
        timed["low"], timed["high"], rounds, size,
    )  # fmt: skip


def _growth(found: list[figures.Figure], kind: str) -> str:
    mine = [each for each in found if each.goal == f"P7 {kind}"]
    told = ", ".join(f"{each.size['answers']:,}: {each.size['MiB above idle']} MiB" for each in mine)
    beside = f"; {1 / mine[-1].ratio:.1f} times COPY at the largest size (goal: 3)" if mine[-1].ratio else ""
    return f"P7 {kind}: the highest memory above idle by answers ({told}; goal: 150){beside}."


def _run(place: dict[str, str], *command: str) -> dict:
    """Run a part in a process of its own and return what it says in its last line. Raises Failed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.exporting_parts", *command],
        env=os.environ | place | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.exporting_settings"},
        cwd=figures.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    lines = done.stdout.splitlines() or ["{}"]
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return json.loads(lines[-1])


if __name__ == "__main__":
    chosen = {"sizes": tuple(map(int, sys.argv[2:])), "rounds": int(sys.argv[1])} if sys.argv[2:] else WHOLE
    rows, words = measure(**chosen)
    print("\n".join(map(str, [*rows, *words])))
