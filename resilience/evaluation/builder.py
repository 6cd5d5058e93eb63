"""From a frozen snapshot to the files of a report: one computation feeds all of them."""

import os
import shutil
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from resilience import __version__
from resilience.evaluation import disclosure, figures
from resilience.evaluation.analysis.frozen import Snapshot
from resilience.evaluation.reports import charts, document, folder, tables
from resilience.evaluation.reports.words import Words

Progress = Callable[[str, int], None]

FREEZE, COMPUTE, DRAW, WRITE, PRINT, STORE = "freeze", "compute", "draw", "write", "print", "store"


@dataclass(frozen=True)
class Built:
    """The files, why one of them is missing where one is, and the figures that left."""

    files: folder.Files
    why: str = ""
    release: disclosure.Release | None = None


def build(
    snapshot: Snapshot,
    *,
    site: str,
    progress: Progress = lambda step, percent: None,
    before: Sequence[figures.Figures] = (),
) -> Built:
    """All files of a report. `progress` hears each step before it begins, and may stop the work by raising."""
    progress(COMPUTE, 20)
    release = disclosure.release(figures.compose(snapshot, version=__version__), before=before)
    words = Words.of(snapshot)
    progress(DRAW, 45)
    drawn = document.in_language(release, lambda: (tables.make(release, words), charts.make(release, words)))
    progress(WRITE, 65)
    composed = document.compose(release, words, made=drawn[0], drawn=drawn[1], site=site)
    data = _for_spreadsheets(folder.figure_files(release) | folder.table_files(composed.tables))
    progress(PRINT, 75)
    printed, why = folder.document_files(composed.html, attached=data)
    progress(STORE, 95)
    return Built(printed | data, why, release)


def _for_spreadsheets(files: folder.Files) -> folder.Files:
    """CSV files begin with a mark, or Excel takes a minus sign and a dash for other letters."""
    return {name: BOM_UTF8 * name.endswith(".csv") + data for name, data in files.items()}


def store(files: folder.Files, place: Path) -> list[Path]:
    """Put the files into a folder that appears whole or not at all; return where each lies.

    A folder that is there already keeps whatever else it holds, and all it holds where one file cannot be written.
    """
    there = place.exists()
    name = f"{place.name}.{uuid4().hex}.new"
    fresh = place / name if there else place.with_name(name)
    try:
        for path, data in files.items():
            _write(fresh / path, data)
        if there:
            _move_each(files, fresh, place)
        else:
            os.replace(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return [place / path for path in sorted(files)]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _move_each(files: folder.Files, fresh: Path, place: Path) -> None:
    for path in files:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh / path, place / path)
