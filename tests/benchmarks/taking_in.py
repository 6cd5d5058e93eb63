"""A dataset pack of so many people with about ninety answers each, taken in and given out again by the commands.

Each size has a database of its own, each command a process of its own. Our SQLite settings map up to 128 MiB of the
database's file into memory: it counts into the peak of giving out, though it is the system's to take back.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import figures
from tests.factories import datasets

ASKED = ("who5", "phq8", "coping_confidence", "leaving", "acceptability", "time_used", "unwanted_effects")
NAME = "bench"


class NotTakenIn(Exception):
    """A command failed or took in another number of people; the message says which."""


def measure(*, sizes: tuple[int, ...]) -> tuple[list[figures.Figure], list[str]]:
    """Return a figure for each size and way, and how time and the highest memory grow."""
    found: list[figures.Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-packs-") as folder:
        empty = Path(folder) / "empty"
        empty.mkdir()
        _run(empty, "migrate", "-v", "0")
        for size in sizes:
            found += _in_and_out(Path(shutil.copytree(empty, Path(folder) / str(size))), size)
            shutil.rmtree(Path(folder) / str(size))
    return found, [_growth(found[0::2]), _growth(found[1::2])]


def _growth(found: list[figures.Figure]) -> str:
    points = [(each.size["answers"], each.figure) for each in found]
    memory = [(each.size["people"], each.size["MiB"]) for each in found]
    return (
        f"{found[0].goal}: time grows with answers at exponent {figures.exponent(points):.2f}, the highest memory with "
        f"people at {figures.exponent(memory):.2f} ({', '.join(f'{people:,}: {peak} MiB' for people, peak in memory)})."
    )


def _in_and_out(folder: Path, size: int) -> list[figures.Figure]:
    pack = datasets.write(folder / "pack", people=size, instruments=ASKED)
    took_in = _run(folder, "import_dataset", str(pack), "--programme", NAME)
    told = json.loads(took_in[2])
    if told["participants"] != size:
        raise NotTakenIn(f"{size} people: {told}")
    gave_out = _run(folder, "export_dataset", "--evaluation", NAME, "--out", str(folder / "out"))
    return [
        _figure(what, seconds, peak, size, told["answers"])
        for what, (seconds, peak, _said) in (("Taking a pack in", took_in), ("Giving it out", gave_out))
    ]


def _figure(what: str, seconds: float, peak: float, people: int, answers: int) -> figures.Figure:
    return figures.Figure(
        what, seconds * 1000, "ms", None, None, None, None, 1,
        {"people": people, "answers": answers, "answers a second": round(answers / seconds), "MiB": round(peak)},
    )  # fmt: skip


def _run(folder: Path, *command: str) -> tuple[float, float, str]:
    """Return the seconds and the highest memory of a command, and the last line that it said. Raises NotTakenIn."""
    began, peak = time.perf_counter(), 0.0
    environment = os.environ | {"BENCH_DIR": str(folder)}
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=figures.ROOT, env=environment, stdout=said, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while child.poll() is None:
            peak = _highest(child.pid) or peak
            time.sleep(0.05)  # how often the memory is looked at
        took = time.perf_counter() - began
        said.seek(0)
        lines = said.read().splitlines() or [""]
    if child.returncode:
        raise NotTakenIn(f"{' '.join(command)}: exit code {child.returncode}, {lines[-1]}")
    return took, peak, lines[-1]


def _highest(pid: int) -> float:
    """Return the most memory that a process held so far, in MiB. What wait4 tells holds that of who started it."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
