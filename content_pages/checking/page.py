"""A page looked at as a whole: how it reads, and what there is to put right."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from content_pages.checking import accessibility, links, minutes, not_shown, pieces, reading_age
from content_pages.checking.faults import Fault
from content_pages.checking.pieces import Piece
from content_pages.checking.reading_age import Reading

OLDEST = 13
ENGLISH = "en"


@dataclass(frozen=True)
class Checked:
    """What the checks found on a page."""

    reading: Reading
    faults: tuple[Fault, ...]

    @property
    def refusals(self) -> list[Fault]:
        """Return what stops publication."""
        return [each for each in self.faults if each.refuses]

    @property
    def remarks(self) -> list[Fault]:
        """Return what is worth a look and stops nothing."""
        return [each for each in self.faults if not each.refuses]

    @property
    def is_hard(self) -> bool:
        """Return whether the page asks for an older reader than it should."""
        return self.reading.age is not None and self.reading.age > OLDEST

    @property
    def in_words(self) -> str:
        """Return how the page reads, as a sentence; empty where it is easy, short or in another language."""
        if not self.is_hard:
            return ""
        words = _("This page reads like age %(age)d; aim for %(best)d or below.") % {
            "age": self.reading.age,
            "best": OLDEST,
        }
        if not self.reading.long:
            return words + " " + _("Use shorter words.")
        return words + " " + _("Shorten: “%(sentence)s”") % {"sentence": _beginning(self.reading.long[0])}


def look(page: Page, values: Mapping[str, object] | None = None) -> Checked:
    """Return what the checks find on a page, or on what a form now holds of it."""
    found = pieces.of(page, values)
    faults = (
        *accessibility.faults(found), *not_shown.faults(found), *links.faults(found), *minutes.faults(page, values),
    )  # fmt: skip
    return Checked(_reading(page, found), faults)


def _reading(page: Page, found: list[Piece]) -> Reading:
    if page.locale_id and not page.locale.language_code.startswith(ENGLISH):
        return Reading(None, 0)  # the formula is for English
    return reading_age.of(passage for piece in found for passage in piece.passages)


def _beginning(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
