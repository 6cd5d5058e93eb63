"""Where a pack lies: a folder, or a ZIP file that is never unpacked onto the disk."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from resilience.evaluation.dataset.columns import READ

MOST_FILES = 100
MOST_BYTES = 1_000_000_000  # unpacked: 100,000 people with 90 answers each are a third of it
CHUNK = 1 << 16


class NoPack(Exception):
    """There is nothing here that can be read as a pack; the message says why and what to do."""


class Source(Protocol):
    """A pack's files by name."""

    def names(self) -> list[str]:
        """Return the name of every file there is."""

    def size(self, name: str) -> int:
        """Return how many bytes a file holds."""

    def open(self, name: str) -> BinaryIO:
        """Open one file for reading."""


class Folder:
    """A pack in a folder."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def names(self) -> list[str]:
        return sorted(path.name for path in self.place.iterdir())

    def size(self, name: str) -> int:
        return (self.place / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        return (self.place / name).open("rb")


class Zipped:
    """A pack in a ZIP file, whose files may stand in one folder there."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        entries = [entry for entry in archive.infolist() if _counts(entry)]
        _refuse_odd(entries)
        self.entries = {PurePosixPath(entry.filename).name: entry for entry in entries}
        if len(self.entries) != len(entries):
            raise NoPack(
                _("Two files in the ZIP file have the same name. Put one pack into it, and no more.")
            )

    def names(self) -> list[str]:
        return sorted(self.entries)

    def size(self, name: str) -> int:
        return self.entries[name].file_size

    def open(self, name: str) -> BinaryIO:
        return self.archive.open(self.entries[name])


@contextmanager
def zipped(place: Path) -> Iterator[Zipped]:
    """Open a ZIP file as a pack. Raises NoPack, also for one that would unpack to too much."""
    try:
        with zipfile.ZipFile(place) as archive:
            yield Zipped(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as odd:
        raise NoPack(
            _("This is not a ZIP file that we can read. Pack the files into a new one, without a password.")
        ) from odd


def _counts(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file of somebody's, and not a folder or what a Mac puts beside it."""
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and "__MACOSX" not in parts and not parts[-1].startswith("._")


def _refuse_odd(entries: list[zipfile.ZipInfo]) -> None:
    known = [entry for entry in entries if PurePosixPath(entry.filename).name in READ]
    if len(entries) > MOST_FILES:
        raise NoPack(_("The ZIP file holds more than {most} files.").format(most=MOST_FILES))
    if any(entry.flag_bits & 1 for entry in known):
        raise NoPack(_("The ZIP file has a password. Pack the files without one."))
    # Python reads no more of an entry than it declares, so what is declared is what a bomb can do
    if sum(entry.file_size for entry in known) > MOST_BYTES:
        raise NoPack(
            _("The files are larger than {most} MB when unpacked. Use `import_dataset` for them.").format(
                most=MOST_BYTES // 1_000_000
            )
        )
