"""Words that pages for staff do not use; the list is one file, which the test over templates reads too."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from content_pages.checking.faults import Fault
from content_pages.checking.pieces import Piece

FILE = Path(__file__).with_name("not_shown.toml")


@dataclass(frozen=True)
class Shunned:
    """A word that is not shown, what to say instead, and whether it ever has a plain meaning."""

    word: str
    instead: str
    refuses: bool
    pattern: re.Pattern[str]


@cache
def listed() -> tuple[Shunned, ...]:
    """Return the words of the list."""
    read = tomllib.loads(FILE.read_text())
    never = [_shunned(word, instead, True) for word, instead in read["never"].items()]
    return (*never, *(_shunned(word, instead, False) for word, instead in read["unless_plain"].items()))


def _shunned(word: str, instead: str, refuses: bool) -> Shunned:
    spelt = re.escape(word).replace(r"\-", "[-‑ ]?").replace(r"\ ", r"\s+")
    return Shunned(word, instead, refuses, re.compile(rf"\b{spelt}s?\b", re.IGNORECASE))


def in_text(text: str) -> Iterator[Shunned]:
    """Yield the words of the list that stand in a text."""
    return (each for each in listed() if each.pattern.search(text))


def faults(pieces: Iterable[Piece]) -> list[Fault]:
    """Return one fault for each word of the list in each piece."""
    return [
        Fault(piece, _say(each), refuses=each.refuses)
        for piece in pieces
        for each in in_text("\n".join(piece.passages))
    ]


def _say(shunned: Shunned) -> str:
    if not shunned.refuses:
        words = _("“%(word)s” is fine in its plain sense. If it speaks about the reader, say it another way.")
        return words % {"word": shunned.word}
    if shunned.instead:
        words = _("Staff are not shown “%(word)s”. Say “%(instead)s”, or put it another way.")
        return words % {"word": shunned.word, "instead": shunned.instead}
    return _("Staff are not shown “%(word)s”. Put it another way.") % {"word": shunned.word}
