"""Check items_long.csv row by row and stage what passes: the one file that can have millions of rows."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import odd_columns, reading, values
from resilience.evaluation.dataset.columns import ITEM, ITEMS
from resilience.evaluation.dataset.staging import SORT, Follows, Progress, Stage
from resilience.measures import catalogue

BATCH = 10_000
A_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
Offered = Mapping[str, float]


class Wrong(Exception):
    """A row cannot be taken: its column and what to do."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


def check(table: reading.Table, stage: Stage, *, planned: bool, progress: Progress) -> None:
    """Stage every answer, then find those given twice."""
    odd_columns.of_columns(ITEMS, [name for name in table.columns if name not in ITEM], stage)
    places, width = [table.place(column) for column in ITEM], len(table.columns)
    codes = Codes(stage, planned=planned)
    batch: list[tuple] = []
    for row, cells in table.rows():
        try:
            if len(cells) > width:
                raise Wrong("", reading.too_wide())
            batch.append((*codes.read(*[cells[place] for place in places]), row))
        except Follows:
            pass
        except Wrong as wrong:
            stage.leave(ITEMS, row, wrong.column, str(wrong))
        if len(batch) == BATCH:
            _keep(stage, batch)
            progress(table.file.tell())
            batch = []
    _keep(stage, batch)
    stage.sql.execute(SORT)
    _leave_doubles(stage)


class Codes:
    """Reads the cells of an answer as numbers, looking each word up once."""

    def __init__(self, stage: Stage, *, planned: bool) -> None:
        self.stage, self.planned = stage, planned
        self.offered: dict[str, dict[str, tuple[int, dict[str, float]]]] = {}

    def read(self, code: str, timepoint: str, instrument: str, item: str, value: str) -> tuple:
        """Return person, time point, instrument, item, value. Raises Wrong."""
        person = self.stage.find(code)
        if person is None:
            person = self._person(code)
        when = self.stage.timepoints.get(timepoint)
        if when is None:
            when = self._timepoint(timepoint)
        items = self.offered.get(instrument)
        if items is None:
            items = self._instrument(instrument)
        found = items.get(item)
        if found is None:
            found = self._item(instrument, item, items)
        number, offered = found
        if value in offered:
            return person, when, self.stage.instruments[instrument.strip()], number, offered[value]
        answer = self._value(instrument, value, offered)
        return person, when, self.stage.instruments[instrument.strip()], number, answer

    def _person(self, code: str) -> int:
        plain = values.unmarked(code.strip())
        person = self.stage.find(plain)
        if person is None:
            if self.stage.follows(ITEMS, plain):
                raise Follows
            raise Wrong("participant", reading.nobody(code))
        return person

    def _timepoint(self, cell: str) -> int:
        key, known = cell.strip(), self.stage.timepoints
        if key in known:
            return known[key]
        if self.planned:
            raise Wrong(
                "timepoint",
                _("“{key}” is not among the time points of meta.json: add it there, or put it right").format(
                    key=key[:30]
                ),
            )
        if not is_a_key(key):
            raise Wrong("timepoint", _("use up to 20 letters and digits, as in “pre” or “fu3m”"))
        return known.setdefault(key, len(known))

    def _instrument(self, cell: str) -> dict:
        key = cell.strip()
        try:
            instrument = catalogue.get(key)
        except catalogue.UnknownInstrument:
            raise Wrong(
                "instrument", _("there are no rules here for “{key}”: put its key right").format(key=key[:30])
            ) from None
        self.stage.instruments.setdefault(key, len(self.stage.instruments))
        found = {
            item.key: (int(item.key), _offered(instrument, item)) for item in instrument.items
        }  # each value as it is usually written; any other spelling goes the long way
        self.offered[cell] = found
        return found

    def _item(self, instrument: str, cell: str, items: dict) -> tuple:
        if (found := items.get(cell.strip())) is None:
            raise Wrong(
                "item",
                _("{instrument} has no item “{item}”: its items are {first} to {last}").format(
                    instrument=instrument.strip(), item=cell[:30], first=min(items, key=int), last=max(items, key=int)
                ),
            )  # fmt: skip
        return found

    def _value(self, instrument: str, cell: str, offered: Offered) -> float | None:
        try:
            value = values.number(cell)
        except values.Odd as odd:
            raise Wrong("value", str(odd)) from odd
        if value is not None and value not in offered.values():
            numbers = ", ".join(f"{one:g}" for one in sorted(offered.values()))
            raise Wrong(
                "value",
                _("{cell} is not an answer of {instrument}, which are {numbers}: put it right").format(
                    cell=cell.strip(), instrument=instrument.strip(), numbers=numbers
                ),
            )
        return value


def is_a_key(key: str) -> bool:
    """Whether a word can name a time point."""
    return A_KEY.fullmatch(key) is not None


def _offered(instrument: catalogue.Instrument, item: catalogue.Item) -> dict[str, float]:
    """The values that may be given, by how they are written: its options, or each whole number of its range."""
    shown = [option.value for option in item.options] or range(instrument.low, instrument.high + 1)
    return {str(value): value for value in shown}


def _keep(stage: Stage, batch: list[tuple]) -> None:
    stage.sql.executemany(
        "INSERT INTO items (person, timepoint, instrument, item, value, row) VALUES (?, ?, ?, ?, ?, ?)", batch
    )


def _leave_doubles(stage: Stage) -> None:
    """Leave out each answer that was given before, and say so of its row."""
    cells = "person, timepoint, instrument, item"
    stage.sql.execute(
        f"CREATE TABLE doubled AS SELECT {cells}, min(row) AS row FROM items GROUP BY {cells} HAVING count(*) > 1"  # noqa: S608 - our own words alone
    )
    later = stage.sql.execute(
        f"CREATE TABLE later AS SELECT items.rowid AS place, items.row AS row, doubled.row AS first "  # noqa: S608 - our own words alone
        f"FROM doubled JOIN items USING ({cells}) WHERE items.row > doubled.row"
    )
    for place, row, first in later.execute("SELECT place, row, first FROM later"):
        words = _("this was answered in row {row} already: take one away").format(row=first)
        stage.leave(ITEMS, row, "item", words)
        stage.sql.execute("DELETE FROM items WHERE rowid = ?", [place])
