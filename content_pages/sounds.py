"""Sounds: our own files, chosen by name, and what an editor may upload; each is what its name says."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.templatetags.static import static
from django.utils.translation import gettext as _

FOLDER = Path(__file__).parent / "static" / "content_pages" / "sounds"
KINDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav"}
M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"isom", b"iso2", b"dash")
FIRST_BYTES = 16


def names() -> list[tuple[str, str]]:
    """Return the sounds there are, as choices."""
    return [(file.stem, file.stem.replace("_", " ")) for file in sorted(FOLDER.glob("*.wav"))]


def address(name: str) -> str:
    """Return where a sound of ours is served."""
    return static(f"content_pages/sounds/{name}.wav")


def ending_of(head: bytes) -> str:
    """Return the ending that fits the first bytes of a file, or nothing where it is no sound that browsers play."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return ".wav"
    if head[:4] == b"OggS":
        return ".ogg"
    if head[4:8] == b"ftyp" and head[8:12] in M4A_BRANDS:
        return ".m4a"
    tagged = head[:3] == b"ID3" and len(head) > 3 and head[3] in (2, 3, 4)
    framed = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # the sync word, then layer III
    return ".mp3" if tagged or framed else ""


def check(file: UploadedFile) -> None:
    """Look at a file's first bytes. Raises ValidationError where they are not what its name says."""
    ending = Path(file.name).suffix.lower()
    file.seek(0)
    found = ending_of(file.read(FIRST_BYTES))
    file.seek(0)
    if ending not in KINDS:
        raise ValidationError(_("Choose a sound: a file that ends in .mp3, .m4a, .ogg or .wav."))
    if found != ending:
        words = _(
            "This file ends in %(ending)s, but that is not what is in it. Export the sound again and upload that."
        )
        raise ValidationError(words % {"ending": ending})
