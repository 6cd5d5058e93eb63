"""The papers as documents: one PDF of two parts, each page with the version of what stands in it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

import qrcode
from django.template.loader import render_to_string
from django.utils import timezone, translation
from qrcode.image.svg import SvgPathImage

from content_pages.papers import facts
from resilience import pdf
from resilience.participants.models import Programme

RECRUITMENT, ETHICS = "recruitment", "ethics"
PARTS = {
    RECRUITMENT: "content_pages/papers/recruitment.html",
    ETHICS: "content_pages/manage/papers/ethics.html",
}
DOCUMENT = "content_pages/manage/papers/document.html"
LONG_ENOUGH = 8


@dataclass(frozen=True)
class Composed:
    """The words of both parts, what the version of them is, and what is still to be filled in."""

    programme: Programme
    parts: dict[str, str]
    version: str
    missing: tuple[str, ...]


def compose(programme: Programme) -> Composed:
    """Return the papers of a programme as it stands; the same programme has the same version."""
    with translation.override(programme.language), timezone.override(programme.time_zone):
        found = facts.of(programme)
        shown = {**found, "code": _code(found["link"])}
        parts = {part: render_to_string(template, shown) for part, template in PARTS.items()}
    version = hashlib.sha256("\0".join(parts.values()).encode()).hexdigest()[:LONG_ENOUGH]
    return Composed(programme, parts, version, tuple(facts.missing(found)))


def html(composed: Composed, *, parts: tuple[str, ...], on: date) -> str:
    """Return the document of these parts, with the version and the day on each page."""
    context = {
        "programme": composed.programme,
        "parts": [composed.parts[part] for part in parts],
        "version": composed.version,
        "on": on,
    }
    with translation.override(composed.programme.language):
        return render_to_string(DOCUMENT, context)


def printed(composed: Composed, *, parts: tuple[str, ...], on: date) -> bytes:
    """Return these parts as a tagged PDF. Raises pdf.Unavailable."""
    return pdf.render(html=html(composed, parts=parts, on=on))


def _code(link: str) -> str:
    """Return a link as a square that a telephone reads, as the address of a picture."""
    drawn = qrcode.make(link, image_factory=SvgPathImage, border=0).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
