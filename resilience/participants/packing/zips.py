"""The zip itself: the same bytes for the same files, and nothing taken from one that could do harm."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from resilience import __version__
from resilience.participants.packing.documents import Broken, Document, dump

FORMAT = "pack/1"
CONTENTS = "pack.json"
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")
MOST_FILES = 2_000
LARGEST_FILE = 10_000_000
LARGEST_PACK = 60_000_000
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
)  # fmt: skip


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return one zip with a list of its contents. Stored, not deflated: then the bytes hang on the content alone."""
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    contents = dump({"format": FORMAT, "version": __version__, "files": listed})
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({**files, CONTENTS: contents}.items()):
            entry = zipfile.ZipInfo(name, date_time=NO_TIME)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, content)
    return whole.getvalue()


def unpack(raw: bytes) -> dict[str, bytes]:
    """Return the files of a pack by name, each as its list says. Raises Broken."""
    files = _read(raw)
    if CONTENTS not in files:
        raise Broken(f"there is no {CONTENTS} in it, so this is not a programme pack")
    contents = Document(CONTENTS, files.pop(CONTENTS))
    if contents.take(("format",), str) != FORMAT:
        contents.refuse(("format",), f"this version reads {FORMAT} alone; export the pack again with it")
    contents.only((), ("format", "version", "files"))
    _as_listed(files, contents)
    return files


def _as_listed(files: Mapping[str, bytes], contents: Document) -> None:
    listed = contents.take(("files",), dict)
    for name, checksum in listed.items():
        if name not in files:
            contents.refuse(("files", name), f"the file {name} is missing from the pack")
        if hashlib.sha256(files[name]).hexdigest() != checksum:
            contents.refuse(("files", name), f"the file {name} was changed after the export")
    for name in sorted(set(files) - set(listed)):
        raise Broken("this file is not on the list of contents", file=name)


def _read(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _taken(archive)
    except UNREADABLE:
        raise Broken("this is not a zip file that can be read") from None


def _taken(archive: zipfile.ZipFile) -> dict[str, bytes]:
    if len(archive.infolist()) > MOST_FILES:
        raise Broken(f"it holds more than {MOST_FILES} files")
    files: dict[str, bytes] = {}
    left = LARGEST_PACK
    for entry in archive.infolist():
        if not NAME.fullmatch(entry.filename):
            raise Broken(f"a file in it has the name {entry.filename!r}, which no pack of ours has")
        if entry.filename in files:
            raise Broken("this file is in the pack twice", file=entry.filename)
        # What the zip says of a size is not believed: so much is read, and no more.
        with archive.open(entry) as stream:
            content = stream.read(min(LARGEST_FILE, left) + 1)
        left -= len(content)
        if len(content) > LARGEST_FILE or left < 0:
            raise Broken("it is too large", file=entry.filename)
        files[entry.filename] = content
    return files
