"""Pieces of a page as HTML, made once for each text, kind of reader and language."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Model
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.blocks import BoundBlock, StreamBlock

from content_pages import exercises, held_cards, shown
from content_pages.blocks.streams import ActivityStream, PublicStream
from content_pages.held_cards import Held
from content_pages.tailoring import Tailored
from resilience.participants import wording

PUBLIC, ACTIVITY = "public", "activity"
READ = {"exercise": exercises.read, "closing": exercises.closing}
INSTRUMENT, SYSTEM_LIST = "instrument", "system_list"
STREAMS: dict[str, StreamBlock] = {PUBLIC: PublicStream(), ACTIVITY: ActivityStream()}


@dataclass(frozen=True)
class Asked:
    """Questions whose answers go elsewhere than to the person's own words: which kind of block, and its value."""

    kind: str
    block: BoundBlock

    @property
    def key(self) -> str:
        """Return the word by which a page's form names the block."""
        return self.block.value["instrument"] if self.kind == INSTRUMENT else "system-list"


@dataclass(frozen=True)
class Piece:
    """One block as HTML; what asks something comes with what it asks, so that it can be shown filled in."""

    html: SafeString
    exercise: exercises.Exercise | None = None
    is_story: bool = False
    asked: Asked | None = None
    is_card: bool = False

    @property
    def is_about_the_system(self) -> bool:
        """Return whether people say here what gets in the way where they work: it could be taken for a report."""
        return self.asked is not None and self.asked.kind == SYSTEM_LIST


def of_activity(raw: str, *, tailored: Tailored, collects: bool, language: str = "") -> tuple[Piece, ...]:
    """Return the pieces of an activity from its stored text; buttons and labels in `language`, that of the text."""
    with translation.override(language or translation.get_language()):
        return _pieces(ACTIVITY, raw, tailored, collects, translation.get_language())


def asked(pieces: tuple[Piece, ...]) -> list[exercises.Exercise]:
    """Return the exercises among the pieces whose answers are kept."""
    return [piece.exercise for piece in pieces if piece.exercise is not None and piece.exercise.is_kept]


def of_page(page: Model, field: str = "body", *, held: Held | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a public page; where cards are held back from its reader, without the links to them."""
    return of_public(stored(page, field), held=held)


def of_public(raw: str, *, held: Held | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a text that collects nothing."""
    return _pieces(PUBLIC, raw, Tailored(held=held), False, translation.get_language())


def stored(page: Model, field: str = "body") -> str:
    """Return the text of a page as it is stored, also when the page itself is not (a preview)."""
    return json.dumps(list(getattr(page, field).raw_data), default=str)


@lru_cache(maxsize=1024)
def _pieces(stream: str, raw: str, tailored: Tailored, collects: bool, language: str) -> tuple[Piece, ...]:
    """The key is the text itself: what an editor publishes is seen at once, in every process."""
    value = STREAMS[stream].to_python(json.loads(wording.put(raw or "[]", tailored.wording)))
    own = held_cards.keys(value) if tailored.held else []
    return tuple(_piece(child, tailored, collects, own) for child in value)


def _piece(child: object, tailored: Tailored, collects: bool, own: list[str]) -> Piece:
    if held_cards.is_held(child, tailored.held):
        return Piece(SafeString(held_cards.note()))
    context: dict[str, object] = {"tailored": tailored, "collects": collects}
    exercise = None
    if child.block_type in READ:
        exercise = READ[child.block_type](child.value)
        context["exercise"] = shown.blank(exercise, collects=collects)
    asked = Asked(child.block_type, child) if child.block_type in (INSTRUMENT, SYSTEM_LIST) else None
    html = child.render(context)
    if tailored.held:
        html = held_cards.unlinked(html, tailored.held, own)
    is_card = child.block_type == "technique"
    return Piece(SafeString(html), exercise, child.block_type == "vignette", asked, is_card)
