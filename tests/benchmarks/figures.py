"""Interleaved rounds, their ratios, and where they are written."""

import json
import math
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "make bench"


@dataclass(frozen=True)
class Figure:
    """One goal measured at one size; `ratio` is yardstick time over ours, the median over the rounds.

    `low` and `high` are the lowest and highest ratio, or, where there is no yardstick, figure.
    """

    goal: str
    figure: float
    unit: str
    yardstick: float | None
    ratio: float | None
    low: float | None
    high: float | None
    rounds: int
    size: dict = field(default_factory=dict)
    command: str = COMMAND
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


def interleaved(
    goal: str, *, ours: Callable[[], float], bare: Callable[[], float], rounds: int, each: int, size: dict
) -> Figure:
    """Return the figure of `rounds` rounds of `each` requests of ours and of the yardstick, turn and turn about."""
    mine, theirs, ratios = [], [], []
    for _ in range(rounds):
        pairs = [(ours(), bare()) for _ in range(each)]
        mine.append(statistics.median(pair[0] for pair in pairs))
        theirs.append(statistics.median(pair[1] for pair in pairs))
        ratios.append(theirs[-1] / mine[-1])
    return Figure(
        goal, statistics.median(mine) * 1000, "ms", statistics.median(theirs) * 1000, statistics.median(ratios),
        min(ratios), max(ratios), rounds, size,
    )  # fmt: skip


def apart(module: str) -> tuple[list[Figure], list[str]]:
    """Return what a part measured in a process of its own, where other settings and another database hold."""
    told = subprocess.run(
        [sys.executable, "-m", module, "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found, said = json.loads(told.stdout.splitlines()[-1])
    return [Figure(**each) for each in found], said


def exponent(points: list[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through (log size, log cost)."""
    across = [math.log(size) for size, _cost in points]
    up = [math.log(cost) for _size, cost in points]
    middle = statistics.fmean(across)
    return sum((x - middle) * y for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def write(figures: list[Figure], sentences: list[str]) -> None:
    """Write `var/bench.json` and `docs/benchmarks.md`."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    (folder / "bench.json").write_text(json.dumps([asdict(each) for each in figures], indent=1) + "\n")
    rows = "\n".join(_row(each) for each in figures)
    said = "\n".join(f"- {sentence}" for sentence in sentences)
    (ROOT / "docs" / "benchmarks.md").write_text(PAGE.format(rows=rows, said=said, at=figures[0].at))


def renew(figures: list[Figure], sentences: list[str]) -> None:
    """Write some parts that were measured again in place of what stood there of the same goals; the rest stays."""
    old = [Figure(**each) for each in json.loads((ROOT / "var" / "bench.json").read_text())]
    goals = {_goal(each.goal) for each in figures}
    place = next(number for number, each in enumerate(old) if _goal(each.goal) in goals)
    kept = [each for each in old if _goal(each.goal) not in goals]
    page = (ROOT / "docs" / "benchmarks.md").read_text().splitlines()
    said = [line.removeprefix("- ") for line in page if line.startswith("- ")]
    write(
        [*kept[:place], *figures, *kept[place:]],
        [*(each for each in said if _goal(each) not in goals), *sentences],
    )


def _goal(text: str) -> str:
    """The number of a goal, such as "P5", at the beginning of its row or its sentence."""
    return re.split(r"[ ,:]", text)[0]


def _row(each: Figure) -> str:
    size = ", ".join(
        f"{key} {f'{value:,}' if isinstance(value, int) else value}" for key, value in each.size.items()
    )
    bare = "" if each.yardstick is None else f"{each.yardstick:.2f}"
    ratio = "" if each.ratio is None else f"{each.ratio:.2f} ({each.low:.2f} to {each.high:.2f})"
    return f"| {each.goal} | {size} | {each.figure:.2f} {each.unit} | {bare} | {ratio} | {each.rounds} |"


PAGE = """# Benchmarks

Written by `make bench` (P5 to P7 also by `make bench-evaluation`), begun on {at}, production settings, SQLite, one
gunicorn worker on a shared 2-core machine, signed in, full middleware; P5 and P7 on PostgreSQL. Absolute times there
swing; the ratio (yardstick time over ours, higher is better) is what counts.

| goal | size | ours | yardstick (ms) | ratio, median (lowest to highest) | rounds |
|---|---|---|---|---|---|
{rows}

{said}
"""
