"""From a frozen snapshot to the files of a report: one computation feeds all of them."""

import os
import shutil
from collections.abc import Callable
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
    """The files, and why one of them is missing where one is."""

    files: folder.Files
    why: str = ""


def build(snapshot: Snapshot, *, site: str, progress: Progress = lambda step, percent: None) -> Built:
    """All files of a report. `progress` hears each step before it begins, and may stop the work by raising."""
    progress(COMPUTE, 20)
    release = disclosure.release(figures.compose(snapshot, version=__version__))
    words = Words.of(snapshot)
    progress(DRAW, 45)
    drawn = document.in_language(release, lambda: (tables.make(release, words), charts.make(release, words)))
    progress(WRITE, 65)
    html = document.compose(release, words, made=drawn[0], drawn=drawn[1], site=site)
    progress(PRINT, 75)
    printed, why = folder.document_files(html)
    files = printed | folder.figure_files(release) | folder.table_files(drawn[0].values())
    progress(STORE, 95)
    return Built(files, why)


def store(files: folder.Files, place: Path) -> list[Path]:
    """Put the files into a folder that appears whole or not at all; return where each lies.

    A folder that is there already keeps whatever else it holds.
    """
    if place.exists():
        return [_replace(place / name, data) for name, data in sorted(files.items())]
    fresh = place.with_name(f"{place.name}.{uuid4().hex}.new")
    try:
        for name, data in files.items():
            _replace(fresh / name, data)
        os.replace(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return [place / name for name in sorted(files)]


def _replace(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(data)
    os.replace(fresh, path)
    return path
