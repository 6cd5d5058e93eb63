"""What somebody who cannot see the page, or who hears it read, would miss."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from content_pages.checking.faults import Fault
from content_pages.checking.markup import Heading, Link, Picture
from content_pages.checking.pieces import Piece

SAYS_NOTHING = {
    "here", "click here", "this", "this link", "link", "read more", "more", "this page", "press here",
    "follow this link", "ici", "cliquez ici", "en savoir plus", "lire la suite",
}  # fmt: skip
THE_PAGE = 1


def faults(pieces: Iterable[Piece]) -> list[Fault]:
    """Return what is missing or out of order, in the order of the page."""
    found: list[Fault] = []
    level, field = THE_PAGE, ""
    for piece in pieces:
        if piece.field != field:
            level, field = THE_PAGE, piece.field
        for each in piece.holds:
            found += [Fault(piece, words) for words in _of(each, level)]
            level = each.level if isinstance(each, Heading) and each.text else level
    return found


def _of(found: object, above: int) -> Iterator[str]:
    if isinstance(found, Picture) and not found.is_described:
        yield _("Say what the picture shows, for those who cannot see it.")
    elif isinstance(found, Heading):
        yield from _of_heading(found, above)
    elif isinstance(found, Link):
        yield from _of_link(found)


def _of_heading(heading: Heading, above: int) -> Iterator[str]:
    if not heading.text:
        yield _("A heading is empty. Write it, or take it out.")
    elif heading.level > above + 1:
        words = _("The heading “%(heading)s” is one step too deep. Make it a heading of level %(level)d.")
        yield words % {"heading": heading.text, "level": above + 1}


def _of_link(link: Link) -> Iterator[str]:
    said = link.text.lower().strip(" .:…>»→")
    if not said:
        yield _("A link has no words. Write what it leads to, or take it out.")
    elif said in SAYS_NOTHING:
        words = _("The link “%(text)s” does not say where it leads. Use the name of what it opens.")
        yield words % {"text": link.text}
