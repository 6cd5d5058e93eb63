"""Score a CSV file of answers that need no person, programme or licence: one row an answer, values as shown.

Where the file is sorted by record it is read as a stream; any other order is put right in a temporary file first, so
that memory stays the same however long it is.
"""

import csv
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from resilience.measures import catalogue
from resilience.measures.instrument import Instrument
from resilience.measures.scoring import rules

ASKED_FOR = ("record", "instrument", "item", "value")
GIVEN = ("record", "instrument", "scale", "score", "n_answered", "prorated", "invalid")
WHOLE = re.compile(r"([+-]?\d{1,9})([.,]0+)?")
TOGETHER = """
    SELECT row, record, instrument, item, value
    FROM answer JOIN (SELECT record, MIN(row) AS first FROM answer GROUP BY record) USING (record)
    ORDER BY first, row
"""
Say = Callable[[str], None]


class NotReadable(Exception):
    """The file cannot be read as answers; the message says why and what to do."""


class Answer(NamedTuple):
    """One row of the file, with its number in it."""

    row: int
    record: str
    instrument: str
    item: str
    value: str


@dataclass(frozen=True)
class Known:
    """An instrument that the file names, with its rules; None where there is no such instrument."""

    instrument: Instrument
    scales: tuple[rules.Rule, ...]


def scored(path: Path, *, say: Say) -> Iterator[tuple]:
    """Yield a row of GIVEN for each scale of each record; what is wrong is said, and the rest goes on.

    Raises NotReadable before anything is yielded.
    """
    known: dict[str, Known | None] = {}
    for record, rows in groupby(in_order(path), key=attrgetter("record")):
        for key, answers in _by_instrument(rows).items():
            if key not in known:
                known[key] = _known(key)
            yield from _scores(record, key, answers, known[key], say)


def in_order(path: Path) -> Iterator[Answer]:
    """Return the rows with those of a record together: as they stand where the file is sorted by record."""
    if all(sooner.record <= later.record for sooner, later in pairwise(_read(path))):
        return _read(path)
    return _gathered(path)


def _gathered(path: Path) -> Iterator[Answer]:
    with closing(sqlite3.connect("")) as store:  # a file that the system takes away again
        store.execute("CREATE TABLE answer (row INTEGER PRIMARY KEY, record, instrument, item, value)")
        store.executemany("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", _read(path))
        store.execute("CREATE INDEX by_record ON answer (record, row)")
        for row in store.execute(TOGETHER):
            yield Answer(*row)


def _read(path: Path) -> Iterator[Answer]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, delimiter=_separator(path))
            missing = [name for name in ASKED_FOR if name not in (lines.fieldnames or [])]
            if missing:
                raise NotReadable(
                    f"the column {missing[0]} is missing: the first row names record, instrument, item, value"
                )
            for number, line in enumerate(lines, start=2):
                yield Answer(number, *((line[name] or "").strip() for name in ASKED_FOR))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise NotReadable(f"{path} cannot be read as CSV in UTF-8 ({why}): save it as such") from None


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline()
    return ";" if heading.count(";") > heading.count(",") else ","


def _by_instrument(rows: Iterator[Answer]) -> Mapping[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in rows:
        found.setdefault(answer.instrument, []).append(answer)
    return found


def _known(key: str) -> Known | None:
    try:
        return Known(catalogue.of_version(key), catalogue.rules(key))
    except catalogue.UnknownInstrument:
        return None


def _scores(record: str, key: str, answers: list[Answer], known: Known | None, say: Say) -> Iterator[tuple]:
    if known is None or not record:
        for answer in answers:
            what = f"there is no instrument “{key}”" if record else "the record has no name"
            say(f"row {answer.row}: {what}; left out")
        return
    given, wrong = _given(answers, known.instrument, say)
    for fault in wrong:
        say(f"{fault}; record {record}, {key} is not scored")
    for rule in known.scales:
        yield record, key, rule.scale, *_score(given, rule, is_wrong=bool(wrong))


def _score(given: Mapping[str, int], rule: rules.Rule, *, is_wrong: bool) -> tuple:
    if is_wrong:
        return "", sum(item in given for item in rule.items), 0, 1
    made = rules.score(given, rule)
    if isinstance(made, rules.Unscorable):
        return "", made.n_answered, 0, 0
    return made.value, made.n_answered, int(made.prorated), 0


def _given(answers: list[Answer], instrument: Instrument, say: Say) -> tuple[dict[str, int], list[str]]:
    """Return the answers by item, and what is wrong with them."""
    offered = {item.key: item.values for item in instrument.items}
    given: dict[str, int] = {}
    wrong: list[str] = []
    for answer in answers:
        if answer.item not in offered:
            say(
                f"row {answer.row}: {instrument.key} has no item {answer.item or 'without a number'}; left out"
            )
        elif answer.value:
            number = WHOLE.fullmatch(answer.value)
            value = int(number.group(1)) if number else None
            if value not in offered[answer.item]:
                wrong.append(
                    f"row {answer.row}: item {answer.item}: {answer.value} is not one of its answers"
                )
            elif given.setdefault(answer.item, value) != value:
                wrong.append(f"row {answer.row}: item {answer.item} is answered twice, differently")
    return given, wrong
