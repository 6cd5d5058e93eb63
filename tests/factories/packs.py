"""Packs that somebody changed by hand: the checksums fit again, so that only the change itself is wrong."""

import io
import json
import zipfile
from collections.abc import Callable

from resilience.participants.packing import zips


def files_of(raw: bytes) -> dict[str, bytes]:
    """Return the files of a pack."""
    return zips.unpack(raw)


def changed(raw: bytes, name: str, change: Callable) -> bytes:
    """Return the pack with one JSON file changed by `change`, which alters the value or returns another."""
    files = files_of(raw)
    value = json.loads(files[name])
    altered = change(value)
    files[name] = json.dumps(value if altered is None else altered, indent=1, ensure_ascii=False).encode()
    return zips.pack(files)


def zipped(files: dict[str, bytes], **options: object) -> bytes:
    """Return a zip of files as they are."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()
