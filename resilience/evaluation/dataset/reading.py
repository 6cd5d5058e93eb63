"""Read a CSV file row by row as people save them: byte-order mark, semicolons, CRLF, line breaks within quotes."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import columns, values

SEPARATORS = ",;\t"
WIDE = (b"\xff\xfe", b"\xfe\xff")
HEADER_ROW = 1
LONGEST_HEADER = 100_000
MOST_NAMED = 10

Numbered = tuple[int, list[str]]


class Unreadable(Exception):
    """The file as a whole, from this row on, cannot be read; the message says what to do."""

    def __init__(self, words: str, *, row: int = HEADER_ROW, column: str = "") -> None:
        super().__init__(words)
        self.row, self.column = row, column


@contextmanager
def opened(file: BinaryIO, *, needed: Sequence[str]) -> Iterator["Table"]:
    """Read a file as a table, and close it afterwards. Raises Unreadable."""
    with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
        yield Table(lines, needed=needed)


class Table:
    """An open CSV file: its columns, and its rows numbered as a spreadsheet numbers them. See `opened`."""

    def __init__(self, lines: io.TextIOWrapper, *, needed: Sequence[str]) -> None:
        self.file, self._lines = lines.buffer, lines
        if self.file.peek(2)[:2] in WIDE:
            raise Unreadable(_("is not in UTF-8: save it as “CSV UTF-8”"))
        first = self._first()
        separator = max(SEPARATORS, key=lambda sign: len(_split(first, sign)))
        self._reader = csv.reader(chain([first], self._lines), delimiter=separator, strict=True)
        self.columns = [_name(cell.strip()) for cell in self._cells(HEADER_ROW)]
        self._check(needed)

    def rows(self) -> Iterator[Numbered]:
        """Yield each row that is not blank. Raises Unreadable."""
        row, width = HEADER_ROW, len(self.columns)
        while (cells := self._cells(row := row + 1)) is not None:
            if len(cells) < width:
                if not any(cells):
                    continue
                cells += [""] * (width - len(cells))
            yield row, cells

    def place(self, column: str) -> int:
        """Return where a column stands. Raises ValueError."""
        return self.columns.index(column)

    def _first(self) -> str:
        try:
            return self._lines.readline(LONGEST_HEADER)
        except UnicodeDecodeError:
            raise Unreadable(_("is not in UTF-8: save it as “CSV UTF-8”")) from None

    def _cells(self, row: int) -> list[str] | None:
        try:
            return next(self._reader, None if row > HEADER_ROW else [])
        except UnicodeDecodeError:
            raise Unreadable(_("is not in UTF-8: save it as “CSV UTF-8”"), row=row) from None
        except csv.Error:
            raise Unreadable(
                _("has a quotation mark that is not closed, or a cell far too long: put it right"), row=row
            ) from None

    def _check(self, needed: Sequence[str]) -> None:
        for column in needed:
            if column not in self.columns:
                raise Unreadable(self._missing(), column=column)
        for column, times in Counter(self.columns).items():
            if times > 1:
                raise Unreadable(_("the column is there twice: take one away"), column=column)

    def _missing(self) -> str:
        """What to do about a column that is missing: it may stand there under another name."""
        others = [f"“{name}”" for name in self.columns if name not in columns.NAMES]
        if not others:
            return _("the column is missing: add it")
        return _(
            "the column is missing: add it, or rename the one that is it. Not known here: {others}"
        ).format(others=", ".join(others[:MOST_NAMED]))


def too_wide() -> str:
    """What is said of a row with more cells than there are columns."""
    return _("has more cells than the header row: take them away, or put quotation marks around a comma")


def nobody(code: str) -> str:
    """What is said of a row whose person is in no row of participants.csv."""
    return _("“{code}” is not in participants.csv: add it there").format(code=code[:30])


def _name(cell: str) -> str:
    """A known column's name whatever its capitals; any other as it is."""
    return cell.lower() if cell.lower() in columns.NAMES else values.unmarked(cell)


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])
