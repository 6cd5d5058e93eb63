"""Exercises as they are shown again: filled in, or kept out of sight."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.template.loader import get_template
from django.utils.safestring import SafeString

from content_pages.exercises import Exercise, Shown
from content_pages.rendering import Piece
from resilience.engagement.entries import Kept


def stored(asked: Iterable[Exercise], kept: Mapping[str, Kept], *, today: date) -> dict[str, Shown]:
    """Return the exercises that hold something, with what stands in them."""
    return {each.key: _stored(each, kept[each.key], today) for each in asked if each.key in kept}


def _stored(exercise: Exercise, kept: Kept, today: date) -> Shown:
    due = kept.revisit_on is not None and kept.revisit_on <= today
    asks = due and bool(exercise.revisit_question and exercise.revisit_options)
    return Shown(exercise, kept.fields, saved_at=kept.saved_at, ask_again=asks)


def hidden(asked: Iterable[Exercise], kept: Mapping[str, Kept]) -> dict[str, Shown]:
    """Return the exercises that hold something, without what stands in them."""
    return {
        each.key: Shown(each, saved_at=kept[each.key].saved_at, hidden=True)
        for each in asked
        if each.key in kept
    }


def html(piece: Piece, filled: Mapping[str, Shown]) -> SafeString:
    """Return a piece of the page; an exercise in which something stands is drawn anew."""
    if piece.exercise is None or piece.exercise.key not in filled:
        return piece.html
    return get_template("content_pages/blocks/exercise.html").render({"exercise": filled[piece.exercise.key]})
