"""A frozen cohort as files: the same data always give the same bytes."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from resilience.evaluation.analysis.frozen import (
    Answer,
    Call,
    Dataset,
    Measure,
    Person,
    Plan,
    Score,
    Snapshot,
    Wave,
    plain,
)

META = "meta.json"
PARTICIPANTS = "participants.csv"
ITEMS = "items_long.csv"
SCORES = "scores.csv"
CALLS = "calls.csv"
WAVES = "waves.csv"

PERSON_COLUMNS = (
    "participant", "started", "modules", "offered_call", "accepted_call", "withdrew", "arm", "calls_attended",
    "offered_how", "declined_because", "stopped_because", "at_unit",
)  # fmt: skip
DONE, SPARED = "_done", "_spared"
ITEM_COLUMNS = ("participant", "timepoint", "instrument", "item", "value")
SCORE_COLUMNS = ("participant", "timepoint", "measure", "score", "n_answered", "prorated")
NUMBER = "number"  # of a call among those of its person, in the order in which they came
CALL_COLUMNS = (
    "participant", NUMBER, "coach", "outcome", "minutes", "way", "preparation", "notes", "waited", "background",
)  # fmt: skip
WAVE_COLUMNS = ("participant", "timepoint", "day", "opens_day", "closes_day")

Files = dict[str, bytes]


class Altered(Exception):
    """The files no longer have the checksum under which they were stored."""


def write(snapshot: Snapshot) -> Files:
    """The snapshot's files, sorted and without any time of making. The checksum is not among them."""
    dataset = snapshot.dataset
    names = sorted({name for person in dataset.people for name in person.characteristics})
    numbers = sorted({name for person in dataset.people for name in person.numbers})
    done = sorted({key for person in dataset.people for key in person.done})
    spared = sorted({key for person in dataset.people for key in person.spared})
    people = (
        (
            *_person_row(p),
            *(p.characteristics.get(name, "") for name in names),
            *(_or_empty(p.numbers.get(name)) for name in numbers),
            *(_or_empty(p.done.get(key)) for key in done),
            *(int(key in p.spared) for key in spared),
        )
        for p in dataset.people
    )
    columns = (
        *PERSON_COLUMNS,
        *names,
        *numbers,
        *(key + DONE for key in done),
        *(key + SPARED for key in spared),
    )
    return {
        META: _json(_meta(snapshot) | {"numbers": numbers}),
        PARTICIPANTS: _csv(columns, people),
        ITEMS: _csv(
            ITEM_COLUMNS,
            ((a.person, a.timepoint, a.instrument, a.item, plain(a.value)) for a in dataset.answers),
        ),
        SCORES: _csv(SCORE_COLUMNS, (_score_row(row) for row in dataset.scores)),
        CALLS: _csv(CALL_COLUMNS, _call_rows(dataset.calls)),
        WAVES: _csv(
            WAVE_COLUMNS, ((w.person, w.timepoint, w.day, w.opens_day, w.closes_day) for w in dataset.waves)
        ),
    }


def checksum(files: Files) -> str:
    """SHA-256 over the names, lengths and bytes of all files."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def read(files: Files, *, expected: str) -> Snapshot:
    """The snapshot that the files hold. Raises Altered where they are not what was stored."""
    if checksum(files) != expected:
        raise Altered(expected)
    meta = json.loads(files[META])
    dataset = Dataset(
        plan=_plan(meta["plan"]),
        measures=tuple(_measure(one) for one in meta["measures"]),
        people=tuple(_person(row, numbers=meta["numbers"]) for row in _rows(files[PARTICIPANTS])),
        calls=tuple(_call(row) for row in sorted(_rows(files[CALLS]), key=_came)),
        scores=tuple(_score(row) for row in _rows(files[SCORES])),
        answers=tuple(
            Answer(
                row["participant"], row["timepoint"], row["instrument"], int(row["item"]), float(row["value"])
            )
            for row in _rows(files[ITEMS])
        ),
        registered=meta["registered"],
        design=meta.get("design", {}),
        waves=tuple(_wave(row) for row in _rows(files.get(WAVES, b""))),
        joined=tuple(meta["joined"]) if meta.get("joined") else None,
        context=meta.get("context", {}),
    )
    return Snapshot(dataset=dataset, checksum=expected, **meta["origin"])


def _meta(snapshot: Snapshot) -> dict[str, Any]:
    dataset = snapshot.dataset
    told = {"design": dataset.design, "context": dataset.context, "joined": dataset.joined}
    origin = ("evaluation", "programme", "synthetic", "language", "as_of", "left_out_test", "left_out_erased")
    return {
        "origin": {name: getattr(snapshot, name) for name in origin} | {"labels": dict(snapshot.labels)},
        "registered": dataset.registered,
        "plan": asdict(dataset.plan),
        "measures": [asdict(measure) for measure in dataset.measures],
        **{name: value for name, value in told.items() if value},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False, default=dict) + "\n").encode()


def _csv(columns: tuple[str, ...], rows: Iterable[tuple]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted(rows, key=lambda row: tuple(map(str, row))))
    return text.getvalue().encode()


def _rows(data: bytes) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode()))


def _or_empty(value: float | None) -> int | float | str:
    return "" if value is None else plain(value)


def _person_row(p: Person) -> tuple:
    flags = map(int, (p.started, p.modules, p.offered_call, p.accepted_call, p.withdrew))
    told = (p.offered_how, p.declined_because, p.stopped_because, p.unit)
    return (p.key, *flags, p.arm, _or_empty(p.calls_attended), *told)


def _call_rows(calls: Iterable[Call]) -> Iterable[tuple]:
    """The calls as rows, each person's numbered from 1: sorted rows no longer say which came first."""
    so_far: Counter[str] = Counter()
    for c in calls:
        so_far[c.person] += 1
        minutes = map(_or_empty, (c.preparation, c.notes, c.waited))
        yield (c.person, so_far[c.person], c.coach, c.outcome, c.minutes, c.way, *minutes, c.background)


def _came(row: Mapping[str, str]) -> tuple[str, int]:
    """In which place a call came; in the snapshot of an earlier version nobody knows."""
    return row["participant"], int(row.get(NUMBER) or 0)


def _score_row(row: Score) -> tuple:
    value = "" if row.value is None else repr(float(row.value))
    return row.person, row.timepoint, row.measure, value, row.n_answered, int(row.prorated)


def _score(row: Mapping[str, str]) -> Score:
    value = float(row["score"]) if row["score"] else None
    return Score(
        row["participant"],
        row["timepoint"],
        row["measure"],
        value,
        int(row["n_answered"]),
        row["prorated"] == "1",
    )


def _call(row: Mapping[str, str]) -> Call:
    """What a snapshot of an earlier version does not tell stays untold."""
    words = {name: row[name] for name in ("way", "background") if row.get(name)}
    minutes = {name: int(row[name]) for name in ("preparation", "notes", "waited") if row.get(name)}
    return Call(
        row["participant"], row["coach"], row["outcome"], plain(float(row["minutes"])), **words, **minutes
    )


def _wave(row: Mapping[str, str]) -> Wave:
    return Wave(row["participant"], row["timepoint"], *(int(row[name]) for name in WAVE_COLUMNS[2:]))


def _person(row: Mapping[str, str], *, numbers: list[str]) -> Person:
    flags = {name: row[name] == "1" for name in ("started", "offered_call", "accepted_call", "withdrew")}
    done = [name for name in row if name.endswith(DONE)]
    spared = [name for name in row if name.endswith(SPARED)]
    told = {*PERSON_COLUMNS, *numbers, *done, *spared}
    traits = {name: value for name, value in row.items() if name not in told}
    return Person(
        key=row["participant"],
        modules=int(row["modules"]),
        characteristics=traits,
        numbers={name: plain(float(row[name])) for name in numbers if row[name]},
        arm=row["arm"],
        calls_attended=int(row["calls_attended"]) if row["calls_attended"] else None,
        done={name.removesuffix(DONE): row[name] == "1" for name in done if row[name]},
        spared=tuple(name.removesuffix(SPARED) for name in spared if row[name] == "1"),
        unit=row.get("at_unit", ""),
        **{name: row.get(name, "") for name in ("offered_how", "declined_because", "stopped_because")},
        **flags,
    )


def _plan(values: Mapping[str, Any]) -> Plan:
    return Plan(**{key: tuple(one) if isinstance(one, list) else one for key, one in values.items()})


def _measure(values: Mapping[str, Any]) -> Measure:
    return Measure(**{key: tuple(one) if isinstance(one, list) else one for key, one in values.items()})
