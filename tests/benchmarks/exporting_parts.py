"""The parts of P7, each run in a process of its own by exporting.py; the last line of each is JSON."""

import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

LONG_COPY = """COPY (
 SELECT r.respondent_id, t.key, '' AS study_day, r.instrument, r.version, a.key AS item, a.value
 FROM measures_response r JOIN measures_occasion o ON o.id = r.occasion_id
 JOIN measures_timepoint t ON t.id = o.timepoint_id
 CROSS JOIN LATERAL jsonb_each(r.answers) a
 WHERE t.programme_id = '{programme}' ORDER BY r.respondent_id, t.position, r.instrument
) TO STDOUT (FORMAT csv, HEADER)"""
WIDE_COPY = """COPY (
 WITH given AS (SELECT r.respondent_id AS who, {answers} FROM measures_response r
  JOIN measures_occasion o ON o.id = r.occasion_id JOIN measures_timepoint t ON t.id = o.timepoint_id
  WHERE t.programme_id = '{programme}' GROUP BY r.respondent_id),
 scored AS (SELECT r.respondent_id AS who, {scores} FROM measures_score s
  JOIN measures_response r ON r.id = s.response_id
  JOIN measures_occasion o ON o.id = r.occasion_id JOIN measures_timepoint t ON t.id = o.timepoint_id
  WHERE t.programme_id = '{programme}' GROUP BY r.respondent_id)
 SELECT p.respondent_id, p.site, p.profession, p.age, p.modules_completed, {columns}
 FROM evaluation_importedperson p JOIN given ON given.who = p.respondent_id JOIN scored ON scored.who = p.respondent_id
 ORDER BY p.respondent_id
) TO STDOUT (FORMAT csv, HEADER)"""


def migrate() -> dict:
    """Make the tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return {}


def fill(size: str) -> dict:
    """Make people with so many answers."""
    from tests.benchmarks import exporting_people

    people, answers = exporting_people.fill(int(size))
    return {"people": people, "answers": answers}


def timed(size: str, rounds: str) -> dict:
    """Each kind of file, turn and turn about with COPY."""
    from tests.benchmarks import exporting_people

    evaluation = exporting_people.evaluation_of(int(size))
    with tempfile.TemporaryDirectory(prefix="bench-rows-") as folder:
        place = Path(folder)
        copies = {
            "long": LONG_COPY.format(programme=evaluation.programme_id),
            "wide": _pivoted(evaluation.programme_id),
        }
        return {
            kind: _turns(kind, evaluation, place, copies.get(kind), int(rounds))
            for kind in ("long", "wide", "sav")
        }


def memory(size: str, kind: str) -> dict:
    """The most memory that one kind of file takes, above that of the process before it begins."""
    from tests.benchmarks import exporting_people

    evaluation = exporting_people.evaluation_of(int(size))
    before = _told("VmRSS")
    with tempfile.TemporaryDirectory(prefix="bench-rows-") as folder:
        _write(kind, evaluation, Path(folder))
        size_of = sum(path.stat().st_size for path in Path(folder).iterdir())
    return {"MiB above idle": round(_told("VmHWM") - before), "MiB written": round(size_of / 2**20, 1)}


def _turns(kind: str, evaluation: object, place: Path, copy: str | None, rounds: int) -> dict:
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(_seconds(lambda: _write(kind, evaluation, place)))
        if copy:
            theirs.append(_seconds(lambda: _copy(copy, place / "copied.csv")))
    ratios = [bare / own for bare, own in zip(theirs, mine, strict=False)]
    around = ratios if copy else [seconds * 1000 for seconds in mine]
    return {
        "ours": statistics.median(mine),
        "copy": statistics.median(theirs) if copy else None,
        "ratio": statistics.median(ratios) if copy else None,
        "low": min(around),
        "high": max(around),
    }


def _write(kind: str, evaluation: object, place: Path) -> None:
    from resilience import clock
    from resilience.evaluation.exports import writing
    from resilience.evaluation.exports.people import Release

    kinds = {"long": writing.Long, "wide": writing.Wide, "sav": writing.Sav}
    writing.write_rows(Release(evaluation, now=clock.now()), place, (kinds[kind],))


def _pivoted(programme: object) -> str:
    """The statement by which the server lays out the same wide rows."""
    from tests.benchmarks.exporting_people import ASKED, SCALES, WHEN

    asked = [(when, name) for when in WHEN for name in ASKED]
    kept = "(array_agg(r.answers) FILTER (WHERE t.key = '{}' AND r.instrument = '{}'))[1] AS {}_{}"
    scales = [(when, name, scale) for when, name in asked for scale in SCALES.get(name, ())]
    score = "max(s.value) FILTER (WHERE t.key = '{}' AND r.instrument = '{}' AND s.scale = '{}') AS {}_{}_{}"
    columns = [f"{when}_{name} ->> '{item}'" for when, name in asked for item in range(1, ASKED[name] + 1)]
    return WIDE_COPY.format(
        programme=programme,
        answers=", ".join(kept.format(*one, *one) for one in asked),
        scores=", ".join(score.format(*one, *one) for one in scales),
        columns=", ".join([*columns, *("_".join(one) for one in scales)]),
    )


def _copy(statement: str, path: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(statement) as copy, path.open("wb") as file:
        for data in copy:
            file.write(data)


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _told(name: str) -> float:
    """A line of what the system says of this process's memory, in MiB."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024


if __name__ == "__main__":
    django.setup()
    parts = {"migrate": migrate, "fill": fill, "time": timed, "memory": memory}
    print(json.dumps(parts[sys.argv[1]](*sys.argv[2:])))
