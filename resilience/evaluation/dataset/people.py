"""Check participants.csv row by row and stage what passes."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import odd_columns, reading, values
from resilience.evaluation.dataset.answers import is_a_key
from resilience.evaluation.dataset.columns import CODE, DONE, FACTS, PARTICIPANTS
from resilience.evaluation.dataset.staging import Stage


def check(table: reading.Table, stage: Stage, *, planned: bool) -> None:
    """Stage everybody; `planned` says that meta.json names the time points, so that no other is taken."""
    readers = _readers(table, stage, planned=planned)
    code_at = table.place(CODE)
    for row, cells in table.rows():
        code = _code(cells[code_at], row, stage)
        facts = _facts(cells, row, readers, stage)
        if len(cells) > len(table.columns):
            stage.refuse(PARTICIPANTS, row, "", reading.too_wide())
            code = None
        if code is None or facts is None:
            stage.left_out += 1
            stage.drop(values.unmarked(cells[code_at].strip()))
        elif not _add(stage, code, facts, row):
            stage.leave(
                PARTICIPANTS, row, CODE, _("“{code}” is there twice: take one away").format(code=code)
            )


def _readers(table: reading.Table, stage: Stage, *, planned: bool) -> dict[str, tuple[int, values.Reader]]:
    found: dict[str, tuple[int, values.Reader]] = {}
    for place, column in enumerate(table.columns):
        if column in FACTS:
            found[column] = (place, FACTS[column])
        elif column.endswith(DONE) and _timepoint(column, stage, planned=planned):
            found[column] = (place, values.flag)
        elif column != CODE:
            odd_columns.of_columns(PARTICIPANTS, [column], stage)
    stage.columns[PARTICIPANTS] = [name for name in table.columns if name == CODE or name in found]
    return found


def _timepoint(column: str, stage: Stage, *, planned: bool) -> bool:
    """Whether a column says of a known time point that it was done; where none are planned, it makes one known."""
    key = column.removesuffix(DONE)
    if not planned and is_a_key(key):
        stage.timepoints.setdefault(key, len(stage.timepoints))
    return key in stage.timepoints


def _code(cell: str, row: int, stage: Stage) -> str | None:
    try:
        return values.code(cell)
    except values.Odd as odd:
        stage.refuse(PARTICIPANTS, row, CODE, str(odd))
        return None


def _facts(
    cells: list[str], row: int, readers: Mapping[str, tuple[int, values.Reader]], stage: Stage
) -> dict | None:
    """The facts of a row, or None where one of them cannot be taken."""
    found: dict[str, values.Value] = {}
    passed = True
    for column, (place, read) in readers.items():
        try:
            found[column] = read(cells[place])
        except values.Odd as odd:
            stage.refuse(PARTICIPANTS, row, column, str(odd))
            passed = False
    return found if passed else None


def _add(stage: Stage, code: str, facts: dict, row: int) -> bool:
    added = stage.sql.execute(
        "INSERT OR IGNORE INTO people (code, facts, row) VALUES (?, ?, ?)", [code, json.dumps(facts), row]
    )
    return added.rowcount == 1
