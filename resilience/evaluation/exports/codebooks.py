"""The codebook of an export, as CSV and as a workbook: a row for each column of wide.csv and of the SPSS files."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from resilience.evaluation import plans
from resilience.evaluation.exports.variables import ITEM, MEANING, SCORE, Missing, Variable, may_print
from resilience.measures import catalogue

COLUMNS = (
    "variable", "label", "type", "timepoint", "instrument", "version", "item", "scale", "values", "range", "reversed",
    "method", "missing_rule", "direction", "missing_codes", "words", "citation", "licence",
)  # fmt: skip
CODES = (
    "in data.sav " + "; ".join(f"{int(code)} = {MEANING[code]}" for code in Missing) + "; in wide.csv empty"
)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no workbook can hold
OF_LONG = {
    "participant": "code of a person in this release",
    "timepoint": "key of the time point",
    "study_day": "day of study on which the answer came, counted from joining; empty in data from elsewhere",
    "instrument": "key of the instrument",
    "version": "version of the instrument that was answered",
    "item": "number of the item, in the published order",
    "value": "the value as it was shown, never turned round",
}


def rows(variables: Iterable[Variable]) -> Iterator[tuple]:
    """Yield a row for each column."""
    for one in variables:
        told = {
            "variable": one.name,
            "label": one.label,
            "type": one.kind,
            "timepoint": one.timepoint,
            "values": "; ".join(f"{value} = {label}" for value, label in one.options),
            "missing_codes": "" if one.is_text else CODES,
        }
        yield _row(told | _of_instrument(one))


def long_rows() -> Iterator[tuple]:
    """Yield a row for each column of long.csv."""
    yield from OF_LONG.items()


def missing_rows() -> Iterator[tuple]:
    """Yield each code of data.sav for what is missing; in wide.csv the cell is empty."""
    yield from ((int(code), "empty", MEANING[code]) for code in Missing)


def workbook(path: Path, variables: Iterable[Variable]) -> None:
    """Write the codebook as a workbook in which every text is a text: none can be a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _sheet(book, "Variables", COLUMNS, rows(variables))
    _sheet(book, "Columns of long.csv", ("column", "meaning"), long_rows())
    _sheet(book, "Missing codes", ("code in data.sav", "in wide.csv", "meaning"), missing_rows())
    book.save(path)


def _of_instrument(one: Variable) -> dict[str, object]:
    if one.kind not in (ITEM, SCORE):
        return {}
    instrument = catalogue.get(one.instrument)
    shared = {
        "instrument": one.instrument,
        "version": instrument.version,
        "words": "as shown"
        if may_print(one.instrument)
        else "left out: held under a permission of this site alone",
        "citation": instrument.citation,
        "licence": instrument.licence,
    }
    return shared | (_of_item(instrument, one.part) if one.kind == ITEM else _of_scale(instrument, one.part))


def _of_item(instrument: catalogue.Instrument, item: str) -> dict[str, object]:
    turned = any(item in rule.reverse for rule in instrument.scales)
    return {"item": item, "range": f"{instrument.low} to {instrument.high}", "reversed": int(turned)}


def _of_scale(instrument: catalogue.Instrument, scale: str) -> dict[str, object]:
    rule = next(one for one in instrument.scales if one.scale == scale)
    return {
        "scale": "" if scale == plans.WHOLE else scale,
        "range": f"{rule.range[0]:g} to {rule.range[1]:g}",
        "method": rule.method,
        "missing_rule": rule.missing_rule,
        "direction": instrument.direction,
    }


def _row(told: dict[str, object]) -> tuple:
    return tuple(told.get(column, "") for column in COLUMNS)


def _sheet(book: Any, title: str, columns: Iterable[str], found: Iterable[Iterable[object]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column) for column in columns])
    for row in found:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: object) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = UNSEEN.sub(" ", value)
    cell.data_type = "s"
    return cell
