"""SPSS files with labels and missing codes, by pyreadstat. They hold so many people each that memory stays bounded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resilience.evaluation.exports.tables import Row
from resilience.evaluation.exports.variables import ITEM, MEANING, Missing, Variable

CELLS_A_FILE = 1_000_000  # pyreadstat takes a whole table at once
LONGEST_LABEL, LONGEST_VALUE_LABEL = 255, 119  # bytes
MEASURE = {ITEM: "ordinal"}


class Writer:
    """Collects rows and writes a file as soon as there are enough of them: data.sav, data-2.sav, …"""

    def __init__(self, place: Path, variables: list[Variable], *, title: str) -> None:
        self.place, self.variables, self.title = place, variables, title
        self.most = max(100, CELLS_A_FILE // len(variables))
        self.rows: list[Row] = []
        self.files: list[Path] = []

    def add(self, row: Row) -> None:
        """Take a row in."""
        self.rows.append(row)
        if len(self.rows) == self.most:
            self._write()

    def close(self) -> None:
        """Write what is left; a file without people where there was nobody."""
        if self.rows or not self.files:
            self._write()

    def _write(self) -> None:
        import pyreadstat

        number = len(self.files) + 1
        path = self.place / ("data.sav" if number == 1 else f"data-{number}.sav")
        pyreadstat.write_sav(
            _frame(self.variables, self.rows),
            str(path),
            file_label=cut(self.title, 60),
            **_told(self.variables),
        )
        self.files.append(path)
        self.rows = []


def cut(text: str, most: int) -> str:
    """A text of so many bytes at most, no letter cut in two."""
    return text.encode()[:most].decode(errors="ignore")


def _frame(variables: list[Variable], rows: list[Row]) -> Any:
    import numpy as np
    import pandas as pd

    columns = {}
    for place, one in enumerate(variables):
        if one.is_text:
            columns[one.name] = pd.Series([str(row[place]) for row in rows], dtype=object)
        else:
            columns[one.name] = np.fromiter((row[place] for row in rows), float, len(rows))
    return pd.DataFrame(columns)


def _told(variables: list[Variable]) -> dict[str, Any]:
    """What pyreadstat wants to know of the columns."""
    numbers = [one for one in variables if not one.is_text]
    return {
        "column_labels": {one.name: cut(one.label, LONGEST_LABEL) for one in variables},
        "variable_value_labels": {one.name: _labels(one) for one in numbers},
        "missing_ranges": {one.name: sorted(map(int, Missing)) for one in numbers},
        "variable_measure": {one.name: _measure(one) for one in variables},
        "variable_format": {one.name: f"F8.{one.decimals}" for one in numbers},
    }


def _labels(one: Variable) -> Mapping[float, str]:
    options = {float(value): cut(label, LONGEST_VALUE_LABEL) for value, label in one.options if label}
    return options | {float(code): MEANING[code] for code in Missing}


def _measure(one: Variable) -> str:
    if one.is_text or (one.options and one.kind != ITEM):
        return "nominal"
    return MEASURE.get(one.kind, "scale")
