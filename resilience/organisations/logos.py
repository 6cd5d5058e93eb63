"""A logo: a small picture, looked into and drawn anew, so that nothing of the file it came as is kept."""

from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

KINDS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 1_000_000
MOST_DOTS = 16_000_000
SIDE = 480


class NotAPicture(Exception):
    """The file is no picture of a kind that we take."""


class TooLarge(Exception):
    """The file, or the picture in it, is larger than a logo needs to be."""


def place(organisation: object, name: str) -> str:
    """Return where a logo is kept: a word of ours, nothing of the name it came with."""
    return f"images/logo-{uuid4().hex}.png"


def drawn_anew(file: UploadedFile) -> ContentFile:
    """Return the picture as a PNG of 480 dots a side at most. Raises NotAPicture or TooLarge."""
    if file.size > MOST_BYTES:
        raise TooLarge
    try:
        with Image.open(file, formats=KINDS) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise TooLarge
            return _as_png(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise NotAPicture from None


def _as_png(picture: Image.Image) -> ContentFile:
    small = picture.convert("RGBA")
    small.thumbnail((SIDE, SIDE))
    drawn = BytesIO()
    small.save(drawn, "PNG", optimize=True)
    return ContentFile(drawn.getvalue(), name="logo.png")
