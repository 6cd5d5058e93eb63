"""long.csv, a row an answer, and rows of one person each, for wide.csv and for SPSS."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TextIO

from resilience.evaluation.dataset import exporting, releasing
from resilience.evaluation.dataset.columns import CODE
from resilience.evaluation.exports import answers
from resilience.evaluation.exports.answers import Given
from resilience.evaluation.exports.variables import DAY, ITEM, SCORE, Missing, Variable, places

LONG = (CODE, "timepoint", "study_day", "instrument", "version", "item", "value")

Row = list[object]


def begin_long(file: TextIO) -> None:
    """Write the heads of a long file."""
    file.write(_line(LONG) + "\n")


def write_long(file: TextIO, given: Mapping[str, list[Given]]) -> None:
    """Write a row for each answer of a batch."""
    for code, mine in given.items():
        who = _line((code,))
        for one in mine:
            head = f"{who},{_line((one.timepoint, one.day, one.instrument, one.version))}"
            told = one.answers
            file.write(
                "".join(
                    [
                        f"{head},{item},{told[item]}\n"
                        for item in _in_order(tuple(told))
                        if told[item] is not None
                    ]
                )
            )


def begin_wide(file: TextIO, variables: Iterable[Variable]) -> None:
    """Write the heads of a wide file."""
    file.write(_line(tuple(one.name for one in variables)) + "\n")


def write_wide(file: TextIO, rows: Iterable[Row]) -> None:
    """Write a row for each person; what is missing is empty."""
    csv.writer(file, lineterminator="\n").writerows(
        [value if type(value) is int else _cell(value) for value in row] for row in rows
    )


class Wide:
    """Lays the answers, scores and facts of a person out in one row."""

    def __init__(self, variables: list[Variable], facts: list[str]) -> None:
        self.variables, self.facts = variables, facts
        self._items, self._scores = places(variables, ITEM), places(variables, SCORE)
        self._days = {key[0]: place for key, place in places(variables, DAY).items()}
        self._asked: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for (timepoint, instrument, part), place in self._items.items():
            self._asked.setdefault((timepoint, instrument), []).append((part, place))

    def rows(self, batch: releasing.Batch, given: Mapping[str, list[Given]]) -> Iterator[Row]:
        """Yield a row for each person of a batch."""
        scored = answers.scores(batch)
        for person in batch.people:
            code = person[CODE]
            row: Row = [Missing.NOT_THERE] * len(self.variables)
            for place, name in enumerate(self.facts):
                row[place] = self._fact(place, person.get(name))
            self._put(row, given[code], scored)
            yield row

    def _fact(self, place: int, value: object) -> object:
        if value is not None:
            return value
        return "" if self.variables[place].is_text else Missing.NOT_ANSWERED

    def _put(self, row: Row, given: list[Given], scored: answers.Scored) -> None:
        for one in given:
            told = one.answers
            for part, place in self._asked.get((one.timepoint, one.instrument), ()):
                value = told.get(part)
                row[place] = Missing.NOT_ANSWERED if value is None else value
            self._note_day(row, one)
            for scale, value in scored.get(one.response, ()):
                place = self._scores.get((one.timepoint, one.instrument, scale))
                if place is not None:
                    row[place] = Missing.NOT_SCORABLE if value is None else value

    def _note_day(self, row: Row, one: Given) -> None:
        place = self._days.get(one.timepoint)
        if place is not None and one.day is not None:
            known = row[place]
            row[place] = one.day if type(known) is Missing else min(known, one.day)


def _cell(value: object) -> object:
    return "" if type(value) is Missing else exporting.cell(value)


@lru_cache(maxsize=1000)
def _in_order(items: tuple[str, ...]) -> list[str]:
    return sorted(items, key=int)


@lru_cache(maxsize=10_000)
def _line(cells: tuple[object, ...]) -> str:
    """Some cells as they stand in a CSV file, quoted where they have to be."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([exporting.cell(value) for value in cells])
    return text.getvalue()
