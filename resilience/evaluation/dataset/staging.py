"""Where a pack's rows wait while all of it is checked: a throw-away SQLite file, so that memory stays the same."""

import json
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from django.conf import settings

TABLES = """
CREATE TABLE people (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, facts TEXT NOT NULL, row INTEGER, stored TEXT);
CREATE TABLE items (person INTEGER, timepoint INTEGER, instrument INTEGER, item INTEGER, row INTEGER, value REAL);
CREATE TABLE calls (person INTEGER, number INTEGER, coach TEXT, minutes REAL, outcome TEXT, background TEXT,
                    row INTEGER,
                    PRIMARY KEY (person, number)) WITHOUT ROWID;
CREATE TABLE coding (comment TEXT, coder TEXT, person INTEGER, themes TEXT, row INTEGER,
                     PRIMARY KEY (comment, coder)) WITHOUT ROWID;
CREATE TABLE dropped (code TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE problems (file TEXT, row INTEGER, "column" TEXT, words TEXT, fatal INTEGER);
"""
# one index that holds all: reading people one after another is then reading it from front to end
SORT = "CREATE INDEX sorted ON items (person, timepoint, instrument, item, row, value)"
PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -8000")
REMEMBERED = 4096
OF_ONE_CELL = re.compile(r"“[^”]*”|\S*\d\S*")

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, and what to do; a fatal one cannot be left out with its row."""

    file: str
    row: int | None
    column: str
    words: str
    fatal: bool = False

    @property
    def kind(self) -> str:
        """The words without what stood in the cell: the same for all rows with the same cause."""
        return OF_ONE_CELL.sub("…", self.words)

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{row}{column}: {self.words}"


class Follows(Exception):
    """A row is left out because its person is."""


@dataclass
class Group:
    """How many problems have one cause, and the first few of them."""

    count: int
    shown: list[str]


class Stage:
    """The rows of one pack that passed, and the problems of those that did not. Use it in a `with`."""

    def __init__(self) -> None:
        place = Path(settings.VAR_DIR) / "imports"
        place.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="stage-", dir=place)
        self.sql = sqlite3.connect(Path(self._folder.name) / "rows", isolation_level=None)
        for pragma in PRAGMAS:
            self.sql.execute(f"PRAGMA {pragma}")
        self.sql.executescript(TABLES)
        self.timepoints: dict[str, int] = {}
        self.instruments: dict[str, int] = {}
        self.columns: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self._grid: dict[str, list[str]] | None = None
        self.left_out = self.already_there = 0
        self.known: Counter[str] = Counter()  # rows of each file that an earlier import took in
        self.following: Counter[str] = Counter()  # rows of each file whose person is left out
        self.people_unread = False
        self.find = lru_cache(maxsize=REMEMBERED)(self._find)

    def __enter__(self) -> "Stage":
        self.sql.execute("BEGIN")
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.sql.close()
        self._folder.cleanup()

    def _find(self, code: str) -> int | None:
        """Return the number of a participant; where their file could not be read, everybody may be in it."""
        if self.people_unread:
            self.sql.execute("INSERT OR IGNORE INTO people (code, facts) VALUES (?, '{}')", [code])
        row = self.sql.execute("SELECT id FROM people WHERE code = ?", [code]).fetchone()
        return row[0] if row else None

    def drop(self, code: str) -> None:
        """Remember whose row of participants.csv is left out."""
        self.sql.execute("INSERT OR IGNORE INTO dropped VALUES (?)", [code])

    def follows(self, file: str, code: str) -> bool:
        """Whether a row is left out only because its person is; it is counted, and no problem of its own."""
        found = self.sql.execute("SELECT 1 FROM dropped WHERE code = ?", [code]).fetchone() is not None
        self.left_out += found
        self.following[file] += found
        return found

    def refuse(self, file: str, row: int | None, column: str, words: str, *, fatal: bool = False) -> None:
        """Note what is wrong in a row."""
        self.sql.execute("INSERT INTO problems VALUES (?, ?, ?, ?, ?)", [file, row, column, words, fatal])

    def leave(self, file: str, row: int, column: str, words: str) -> None:
        """Note what is wrong in a row, and count the row as left out."""
        self.refuse(file, row, column, words)
        self.left_out += 1

    def problems(self, *, most: int | None = None) -> Iterator[Problem]:
        """Yield the problems in the order in which they were met."""
        rows = self.sql.execute(
            "SELECT * FROM problems ORDER BY rowid LIMIT ?", [-1 if most is None else most]
        )
        for file, row, column, words, fatal in rows:
            yield Problem(file, row, column, words, bool(fatal))

    def heads(self, *, most: int) -> list["Group"]:
        """Group the problems by file, column and kind of words, in the order in which the kinds were met."""
        found: dict[tuple[str, str, str], Group] = {}
        for problem in self.problems():
            group = found.setdefault((problem.file, problem.column, problem.kind), Group(0, []))
            group.count += 1
            if group.count <= most:
                group.shown.append(str(problem))
        return list(found.values())

    def count(self, table: str, *, where: str = "1") -> int:
        """Return how many rows of a table there are."""
        return self.sql.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]  # noqa: S608 - our own words alone

    @property
    def is_broken(self) -> bool:
        """Whether something is wrong that leaving rows out does not mend."""
        return bool(self.count("problems", where="fatal"))

    def grid(self) -> dict[str, list[str]]:
        """Return each instrument with the time points at which somebody answered it, in their order."""
        if self._grid is None:
            self._grid = self._look_at_cells()
        return self._grid

    def _look_at_cells(self) -> dict[str, list[str]]:
        cells = set(self.sql.execute("SELECT DISTINCT instrument, timepoint FROM items"))
        found = {
            name: [key for key, when in self.timepoints.items() if (number, when) in cells]
            for name, number in self.instruments.items()
        }
        asked = {name: keys for name, keys in found.items() if keys}
        return dict(sorted(asked.items(), key=lambda cell: self.timepoints[cell[1][0]]))

    def people(self, *, size: int) -> Iterator[list[tuple]]:
        """Yield everybody in batches: number, code, facts, row, and the stored person where there is one."""
        last = 0
        while rows := self.sql.execute(
            "SELECT id, code, facts, row, stored FROM people WHERE id > ? ORDER BY id LIMIT ?", [last, size]
        ).fetchall():
            yield [(key, code, json.loads(facts), row, stored) for key, code, facts, row, stored in rows]
            last = rows[-1][0]

    def answers(self, people: Iterable[int]) -> Iterator[tuple]:
        """Yield the answers of some people in order: person, time point, instrument, item, row, value."""
        numbers = sorted(people)
        return self.sql.execute(
            "SELECT person, timepoint, instrument, item, row, value FROM items INDEXED BY sorted "
            "WHERE person BETWEEN ? AND ? ORDER BY person, timepoint, instrument, item, row",
            [numbers[0], numbers[-1]],
        )
