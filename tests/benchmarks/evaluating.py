"""P5: every figure of an evaluation with three time points, five scales and calls, on PostgreSQL.

Ours reads people, scores and answers into columns, works everything out and writes figures.json. The yardstick reads
the same scores with one query. Beside it, at the smallest size (they take minutes), stand scipy and statsmodels by
themselves on the same columns, from the library's own start. Each size is a process of its own, so that its highest
memory is its own. What is left out: gathering from the site's own tables and writing the snapshot, which walk over
objects.

python -m tests.benchmarks.evaluating [--quick | SIZE ...]
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests import cluster
from tests.benchmarks import figures

WHOLE = {"sizes": (1_000, 10_000, 100_000, 1_000_000)}
QUICK = {"sizes": (200, 1_000)}
YARDSTICKS = ("reading", "libraries")
ROUNDS = 5

FILL = (
    "SELECT setseed(0.5)",
    "CREATE TABLE person AS SELECT id, random() * 3 AS level, (random() * 2.4)::int AS calls, "
    "(random() * 5)::int AS modules, floor(random() * 4)::int AS profession FROM generate_series(1, {size}) AS id",
    "CREATE TABLE answer AS SELECT id AS person, timepoint, measure, "
    "ARRAY[{items}]::smallint[] AS items "
    "FROM (SELECT id, timepoint, measure, 4 + level + random() * 2 + timepoint * 0.4 AS level "
    "FROM person, generate_series(0, 2) AS timepoint, generate_series(0, 4) AS measure "
    "WHERE timepoint = 0 OR mod(id * 7 + timepoint * 3, 10) < 8) AS given",
    "CREATE TABLE score AS SELECT person, timepoint, measure, "
    "(SELECT avg(one) FROM unnest(items) AS one)::float8 AS value FROM answer",
    "ANALYZE",
)
ITEM = "least(10, greatest(0, level + (random() - 0.5) * 4))"


class Failed(Exception):
    """A size could not be measured; the message holds what its process said."""


def measure(*, sizes: tuple[int, ...]) -> tuple[list[figures.Figure], list[str]]:
    """Return two figures a size, against the query and against the libraries, and how time and memory grow."""
    with cluster.server() as dsn:
        told = [_in_a_process(dsn, size, libraries=size == sizes[0]) for size in sizes]
    found = [_against(one, yardstick) for one in told for yardstick in YARDSTICKS if one[yardstick]]
    times = [(one["people"], median(one["ours"])) for one in told]
    memory = ", ".join(f"{one['people']:,}: {one['MiB']} MiB" for one in told)
    last = told[-1]
    beside = f"{1 / _against(last, 'reading').ratio:.1f} times the query"
    return found, [
        f"P5: with {last['people']:,} people {beside} (goal: 6 at a million).",
        f"P5: time grows with people at exponent {figures.exponent(times):.2f} (goal: 1.0); highest memory by people: "
        f"{memory} (goal: 400 at a million), of which {told[0]['idle MiB']} before anything is read.",
    ]


def _against(one: dict, yardstick: str) -> figures.Figure:
    mine, theirs = one["ours"], one[yardstick]
    ratios = [bare / ours for bare, ours in zip(theirs, mine, strict=True)]
    return figures.Figure(
        "P5" if yardstick == "reading" else "P5, libraries alone", median(mine) * 1000, "ms", median(theirs) * 1000,
        median(ratios), min(ratios), max(ratios), len(mine),
        {"people": one["people"], "scores": one["scores"], "MiB": one["MiB"]},
    )  # fmt: skip


def _in_a_process(dsn: str, size: int, *, libraries: bool) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.evaluating", "--one", "--libraries" if libraries else "", str(size)],
        cwd=figures.ROOT, env=os.environ | {"BENCH_PG": dsn}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Failed(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def _one(size: int, *, libraries: bool) -> dict:
    """Fill, then read and work out turn and turn about with the yardsticks. The memory is that of the first time."""
    import psycopg

    from tests.benchmarks import evaluating_columns as reading

    with psycopg.connect(os.environ["BENCH_PG"], autocommit=True) as connection:
        _fill(connection, size)
        reading.warm()
        idle, ours = _memory(), [_timed(lambda: _everything(connection, size))]
        peak, bare, alone = _memory(), [], []
        scores = connection.execute("SELECT count(*) FROM score").fetchone()[0]
        while len(bare) < ROUNDS:
            if libraries:
                alone.append(_timed(lambda: reading.libraries(reading.columns(connection, size))))
            bare.append(_timed(lambda: reading.bare(connection, scores)))
            if len(ours) < ROUNDS:
                ours.append(_timed(lambda: _everything(connection, size)))
    return {
        "people": size, "scores": scores, "ours": ours, "reading": bare, "libraries": alone, "MiB": peak,
        "idle MiB": idle,
    }  # fmt: skip


def _everything(connection, size: int) -> None:
    from resilience.evaluation import figures as product
    from tests.benchmarks import evaluating_columns as reading

    product.dump(product.of_columns(reading.columns(connection, size)))


def _fill(connection, size: int) -> None:
    for name in ("person", "answer", "score"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in FILL:
        connection.execute(statement.format(size=size, items=", ".join([ITEM] * 6)))


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _memory() -> int:
    """The highest this process took, in MiB. `getrusage` would count what it was before it became this program."""
    told = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))) // 1024


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(_one(int(sys.argv[-1]), libraries="--libraries" in sys.argv)))
    else:
        named = tuple(int(each) for each in sys.argv[1:] if each.isdigit())
        asked = QUICK if "--quick" in sys.argv else WHOLE
        chosen = {"sizes": named} if named else asked
        lines, said = measure(**chosen)
        print("\n".join(map(str, [*lines, *said])))
