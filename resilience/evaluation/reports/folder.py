"""The report folder: report.pdf, report.html, figures.json, tables/*.csv and tables/figures.csv."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from resilience import pdf
from resilience.evaluation import disclosure, figures
from resilience.evaluation.reports.table import Table

PDF, HTML, FIGURES, TABLES = "report.pdf", "report.html", "figures.json", "tables"
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # what a zip file says where there is no time of making

Files = dict[str, bytes]


def figure_files(release: disclosure.Release) -> Files:
    """figures.json, and the same figures as rows of dotted path and value."""
    rows = ((path, _shown(value)) for path, value in figures.leaves(release.figures))
    return {
        FIGURES: figures.dump(release.figures).encode(),
        f"{TABLES}/figures.csv": _csv([("figure", "value"), *rows]),
    }


def table_files(made: Iterable[Table]) -> Files:
    """Each printed table as it is printed, the name of a part in a column of its own."""
    return {f"{TABLES}/{table.number:02d}_{table.key}.csv": _csv(_rows(table)) for table in made}


def document_files(html: str, *, attached: Files) -> tuple[Files, str]:
    """The document, printed with files inside where this machine can print; else the words why there is no PDF."""
    files = {HTML: html.encode()}
    inside = {name.rpartition("/")[2]: data for name, data in sorted(attached.items())}
    try:
        return files | {PDF: pdf.render(html=html, attached=inside)}, ""
    except pdf.Unavailable as missing:
        return files, str(missing)


def zipped(files: Files) -> bytes:
    """The files as a zip that is the same for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def safe(cell: str) -> str:
    """A text cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _rows(table: Table) -> list[tuple[str, ...]]:
    rows, part = [("part", *table.columns)], ""
    for row in table.rows:
        if row.part:
            part = row.head
        else:
            rows.append((part, row.head, *row.cells))
    return rows


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: str) -> str:
    try:
        float(value)
    except ValueError:
        return safe(value)
    return value


def _shown(value: Any) -> str:
    """A number in full, a truth in JSON's words, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else str(value)
