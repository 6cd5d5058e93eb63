"""Write the files of one export into a folder: one reading of the data, a batch of people at a time, feeds all rows."""

import csv
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from resilience.evaluation import plans
from resilience.evaluation.dataset import exporting, releasing
from resilience.evaluation.dataset.columns import CODE, PARTICIPANTS
from resilience.evaluation.exports import answers, codebooks, redcap, spss, tables, variables
from resilience.evaluation.exports.people import Release

LONG, WIDE, SAV, PACK = "long.csv", "wide.csv", "data.sav", "dataset.zip"
CODEBOOK, WORKBOOK, ABOUT = "codebook.csv", "codebook.xlsx", "about.txt"
DICTIONARY, EVENTS = "redcap_data_dictionary.csv", "redcap_events.csv"
FORMS, RECORDS = "redcap_event_forms.csv", "redcap_records.csv"

Progress = Callable[[int], None]
Given = Mapping[str, list[answers.Given]]


def write(release: Release, place: Path, *, progress: Progress = lambda percent: None) -> int:
    """Write every file of a release; return how many people are in it. `progress` may stop it by raising."""
    progress(5)
    people = write_rows(release, place, (Long, Wide, Sav, Records), progress=progress)
    progress(80)
    _write_pack(release, place)
    progress(95)
    _write_books(release, place)
    (place / ABOUT).write_text(_about(release, people), encoding="utf-8")
    return people


def write_rows(
    release: Release,
    place: Path,
    kinds: Iterable[Callable[["Laid", Path, ExitStack], "Rows"]],
    *,
    progress: Progress = lambda percent: None,
) -> int:
    """Write the files of these kinds; return how many people are in them."""
    laid, done = Laid(release), 0
    with ExitStack() as stack:
        files = [kind(laid, place, stack) for kind in kinds]
        for batch in release.batches():
            given = answers.given(release, batch)
            rows = list(laid.wide.rows(batch, given)) if any(one.wants_rows for one in files) else []
            for one in files:
                one.add(batch, given, rows)
            done += len(batch.people)
            progress(5 + 75 * done // max(done, release.size))
        for one in files:
            one.close()
    return done


class Laid:
    """What the files of a release have in common: its plan and its columns."""

    def __init__(self, release: Release) -> None:
        self.title, self.content = release.evaluation.name, release.evaluation.plan.content
        self.facts = release.columns[PARTICIPANTS]
        with_days = not self.content.get(plans.IMPORTED)
        self.wide = tables.Wide(variables.of(self.content, self.facts, with_days=with_days), self.facts)


class Rows(Protocol):
    """A file, or several, of which a batch at a time is written."""

    wants_rows: bool

    def add(self, batch: releasing.Batch, given: Given, rows: list[tables.Row]) -> None:
        """Write a batch."""

    def close(self) -> None:
        """Write what is left."""


class Long:
    """long.csv."""

    wants_rows = False

    def __init__(self, laid: Laid, place: Path, stack: ExitStack) -> None:
        self.file = stack.enter_context((place / LONG).open("w", encoding="utf-8", newline=""))
        tables.begin_long(self.file)

    def add(self, batch: releasing.Batch, given: Given, rows: list[tables.Row]) -> None:
        tables.write_long(self.file, given)

    def close(self) -> None:
        """Nothing is left."""


class Wide:
    """wide.csv."""

    wants_rows = True

    def __init__(self, laid: Laid, place: Path, stack: ExitStack) -> None:
        self.file = stack.enter_context((place / WIDE).open("w", encoding="utf-8", newline=""))
        tables.begin_wide(self.file, laid.wide.variables)

    def add(self, batch: releasing.Batch, given: Given, rows: list[tables.Row]) -> None:
        tables.write_wide(self.file, rows)

    def close(self) -> None:
        """Nothing is left."""


class Sav:
    """data.sav, and data-2.sav and so on where one file would hold too much."""

    wants_rows = True

    def __init__(self, laid: Laid, place: Path, stack: ExitStack) -> None:
        self.writer = spss.Writer(place, laid.wide.variables, title=laid.title)

    def add(self, batch: releasing.Batch, given: Given, rows: list[tables.Row]) -> None:
        for row in rows:
            self.writer.add(row)

    def close(self) -> None:
        self.writer.close()


class Records:
    """redcap_records.csv."""

    wants_rows = False

    def __init__(self, laid: Laid, place: Path, stack: ExitStack) -> None:
        self.laid = redcap.Records(laid.content, laid.facts)
        file = stack.enter_context((place / RECORDS).open("w", encoding="utf-8", newline=""))
        self.writer = csv.writer(file, lineterminator="\n")
        self.writer.writerow(self.laid.columns)

    def add(self, batch: releasing.Batch, given: Given, rows: list[tables.Row]) -> None:
        for person in batch.people:
            found = self.laid.rows(person, given[person[CODE]])
            self.writer.writerows([redcap.cell(value) for value in row] for row in found)

    def close(self) -> None:
        """Nothing is left."""


def _write_pack(release: Release, place: Path) -> None:
    """The pack that `import_dataset` reads, as one ZIP file."""
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        zipfile.ZipFile(place / PACK, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        exporting.write(release, release.evaluation, Path(folder), now=release.as_of)
        for path in sorted(Path(folder).iterdir()):
            with path.open("rb") as read, archive.open(zipfile.ZipInfo(path.name), "w") as written:
                shutil.copyfileobj(read, written)


def _write_books(release: Release, place: Path) -> None:
    laid = Laid(release)
    _csv(place / CODEBOOK, codebooks.COLUMNS, codebooks.rows(laid.wide.variables), encoding="utf-8-sig")
    codebooks.workbook(place / WORKBOOK, laid.wide.variables)
    _csv(place / DICTIONARY, redcap.DICTIONARY, redcap.dictionary(laid.content, laid.facts))
    _csv(place / EVENTS, redcap.EVENTS, redcap.events(laid.content))
    _csv(place / FORMS, redcap.FORMS, redcap.forms(laid.content))


def _csv(
    path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]], *, encoding: str = "utf-8"
) -> None:
    """Write a table; what people open in a spreadsheet begins with a mark, what REDCap reads does not."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([exporting.cell(value) for value in row] for row in rows)


def _about(release: Release, people: int) -> str:
    evaluation = release.evaluation
    facts = (
        "Background facts are as people gave them: somebody could be known by them."
        if release.exact
        else "Background facts that fewer than five people share are left empty; ages stand in steps of ten years."
    )
    synthetic = (
        ["These data are synthetic: the people do not exist."] if evaluation.programme.is_synthetic else []
    )
    lines = [
        f"Evaluation: {evaluation.slug}. Plan: {evaluation.plan.hash}. People: {people}.",
        *synthetic,
        "Those who let us use their answers, and nobody else. Codes of people hold for this export alone.",
        "There are no dates: days of study count from joining, which is day 0. There is no free text.",
        facts,
    ]
    return "\n".join(lines) + "\n"
