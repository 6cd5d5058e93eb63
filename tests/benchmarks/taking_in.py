"""A dataset pack of so many people with about ninety answers each, taken in by the command in a process of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import figures
from tests.factories import datasets

THIRTY_ITEMS = ("who5", "phq8", "gad7", "brs", "coping_confidence")


class NotTakenIn(Exception):
    """The command failed or took in another number of people; the message says which."""


def measure(*, sizes: tuple[int, ...]) -> tuple[list[figures.Figure], list[str]]:
    """Return the figure of each size, and what the largest process took."""
    taken = [_take_in(size) for size in sizes]
    points = [(each.size["answers"], each.figure) for each in (figure for figure, _peak in taken)]
    memory = [(figure.size["people"], peak) for figure, peak in taken]
    return [figure for figure, _peak in taken], [
        f"Packs: time grows with answers at exponent {figures.exponent(points):.2f}, the highest memory with people "
        f"at {figures.exponent(memory):.2f} ({', '.join(f'{people:,}: {peak:.0f} MiB' for people, peak in memory)}).",
    ]


def _take_in(size: int) -> tuple[figures.Figure, float]:
    with tempfile.TemporaryDirectory(prefix="bench-pack-") as folder:
        pack = datasets.write(Path(folder), people=size, instruments=THIRTY_ITEMS)
        with (pack / "items_long.csv").open() as file:
            answers = sum(1 for _line in file) - 1
        seconds, peak = _run(pack, size)
    figure = figures.Figure(
        "Taking a pack in", seconds * 1000, "ms", None, None, None, None, 1,
        {"people": size, "answers": answers, "answers a second": round(answers / seconds), "MiB": round(peak)},
    )  # fmt: skip
    return figure, peak


def _run(pack: Path, size: int) -> tuple[float, float]:
    command = [sys.executable, "manage.py", "import_dataset", str(pack), "--programme", f"bench-{size}"]
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            command, cwd=figures.ROOT, env=dict(os.environ), stdout=said, stderr=subprocess.DEVNULL
        )
        peak = 0.0
        while child.poll() is None:
            peak = _highest(child.pid) or peak
            time.sleep(0.05)
        took = time.perf_counter() - began
        said.seek(0)
        lines = said.read().splitlines()
    if child.returncode or json.loads(lines[-1])["participants"] != size:
        raise NotTakenIn(f"{size} people: exit code {child.returncode}, {lines[-1:]}")
    return took, peak


def _highest(pid: int) -> float:
    """Return the most memory that a process held so far, in MiB. What wait4 tells holds that of who started it."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
