"""Check calls.csv and comments_coding.csv row by row and stage what passes."""

import json
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import odd_columns, reading, values
from resilience.evaluation.dataset.columns import (
    BACKGROUND,
    BACKGROUNDS,
    CALLS,
    CODE,
    CODED,
    CODING,
    OUTCOMES,
    WAY,
)
from resilience.evaluation.dataset.staging import Follows, Stage


def check_calls(table: reading.Table, stage: Stage) -> None:
    """Stage every call."""
    readers = {
        CODE: _person(CALLS, stage),
        "call_no": _needed(values.count),
        "coach": values.words,
        "minutes": values.minutes,
        "outcome": _one_of(OUTCOMES),
        BACKGROUND: _one_of(BACKGROUNDS),
    }
    if WAY in table.columns:
        stage.notes.append(
            _("{file}: column “{column}” is for your own analysis and is not taken in").format(
                file=CALLS, column=WAY
            )
        )
    odd_columns.of_columns(CALLS, [name for name in table.columns if name not in (*readers, WAY)], stage)
    stage.columns[CALLS] = [column for column in table.columns if column in readers]
    held = {name: readers[name] for name in stage.columns[CALLS]}
    for row, cells in table.rows():
        found = _read(CALLS, row, cells, table, held, stage)
        if found is not None and not _add_call(stage, found, row):
            words = _("this call is there twice: take one away, or number it anew")
            stage.leave(CALLS, row, "call_no", words)


def check_coding(table: reading.Table, stage: Stage) -> None:
    """Stage every coded comment; each column that is not one of three is a theme."""
    themes = [column for column in table.columns if column not in CODED]
    odd_columns.of_identity(CODING, themes, stage)
    readers = {"comment": _needed(_comment), CODE: _person(CODING, stage), "coder": values.code}
    readers |= {theme: _needed(values.flag) for theme in themes}
    stage.columns[CODING] = list(table.columns)
    for row, cells in table.rows():
        found = _read(CODING, row, cells, table, readers, stage)
        if found is not None and not _add_coding(stage, found, themes, row):
            words = _("this coder has coded this comment already: take one row away")
            stage.leave(CODING, row, "comment", words)


def _read(
    file: str, row: int, cells: list[str], table: reading.Table, readers: dict[str, Callable], stage: Stage
) -> dict | None:
    """The values of a row, or None for one that is left out with a problem for each odd cell."""
    found, passed = {}, len(cells) == len(table.columns)
    if not passed:
        stage.refuse(file, row, "", reading.too_wide())
    for column, read in readers.items():
        try:
            found[column] = read(cells[table.place(column)])
        except Follows:
            return None
        except values.Odd as odd:
            stage.refuse(file, row, column, str(odd))
            passed = False
    stage.left_out += not passed
    return found if passed else None


def _person(file: str, stage: Stage) -> Callable[[str], int]:
    def read(cell: str) -> int:
        code = values.unmarked(cell.strip())
        person = stage.find(code)
        if person is None:
            if stage.follows(file, code):
                raise Follows
            raise values.Odd(reading.nobody(cell))
        return person

    return read


def _needed(read: Callable) -> Callable:
    def must(cell: str) -> object:
        if (value := read(cell)) in (None, ""):
            raise values.Odd(_("is empty: fill it in"))
        return value

    return must


def _one_of(known: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of words that stand for codes."""

    def read(cell: str) -> str:
        try:
            return known[cell.strip().lower()]
        except KeyError:
            said = {"cell": cell[:30], "known": ", ".join(filter(None, known))}
            raise values.Odd(_("“{cell}” is not known: write one of {known}").format(**said)) from None

    return read


def _comment(cell: str) -> str:
    text = values.unmarked(cell.replace("\r\n", "\n"))
    if "\x00" in text:
        raise values.Odd(_("holds an unseen sign: take it out"))
    return text


def _add_call(stage: Stage, found: dict, row: int) -> bool:
    added = stage.sql.execute(
        "INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            found[CODE],
            found["call_no"],
            found.get("coach", ""),
            found.get("minutes"),
            found["outcome"],
            found.get(BACKGROUND, ""),
            row,
        ],
    )
    return added.rowcount == 1


def _add_coding(stage: Stage, found: dict, themes: list[str], row: int) -> bool:
    coded = json.dumps({theme: found[theme] for theme in themes})
    added = stage.sql.execute(
        "INSERT OR IGNORE INTO coding VALUES (?, ?, ?, ?, ?)",
        [found["comment"], found["coder"], found[CODE], coded, row],
    )
    return added.rowcount == 1
