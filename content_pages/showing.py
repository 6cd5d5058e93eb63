"""Exercises as they are shown again: filled in, or kept out of sight."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.template.loader import get_template
from django.utils.safestring import SafeString

from content_pages.exercises import Exercise
from content_pages.place import Place
from content_pages.rendering import Piece
from content_pages.shown import Shown, blank
from resilience.engagement.entries import Kept
from resilience.engagement.so_far import SoFar


def filled(
    asked: Iterable[Exercise], kept: Mapping[str, Kept], here: Place, *, fresh: bool
) -> dict[str, Shown]:
    """Return the exercises in which something stands; what was written only while it may be shown."""
    part = here.module.slug
    if not fresh:
        return _hidden(asked, kept, here.so_far, part)
    return _stored(asked, kept, here.so_far, part, here.today)


def _stored(
    asked: Iterable[Exercise], kept: Mapping[str, Kept], so_far: SoFar, part: str, today: date
) -> dict[str, Shown]:
    found = {}
    for each in asked:
        shown = (
            _opened(each, kept[each.key], kept.get(each.beside), today) if each.key in kept else blank(each)
        )
        if each.key in kept or _is_ticked(each, so_far, part):
            found[each.key] = _with_ticks(shown, so_far, part)
    return found


def _is_ticked(exercise: Exercise, so_far: SoFar, part: str) -> bool:
    return bool(_ticked(exercise, so_far, part)) or (exercise.is_closing and part in so_far.remarked)


def _with_ticks(shown: Shown, so_far: SoFar, part: str) -> Shown:
    ticked = _ticked(shown.exercise, so_far, part)
    return replace(
        shown, values={**shown.values, **ticked}, was={key: " ".join(tags) for key, tags in ticked.items()},
        remarked=shown.exercise.is_closing and part in so_far.remarked,
    )  # fmt: skip


def _opened(exercise: Exercise, kept: Kept, first: Kept | None, today: date) -> Shown:
    due = kept.revisit_on is not None and kept.revisit_on <= today
    return Shown(
        exercise, kept.fields, saved_at=kept.saved_at, shared_at=kept.shared_at,
        ask_again=due and bool(exercise.revisit_question), before=first.fields if first else None,
    )  # fmt: skip


def _ticked(exercise: Exercise, so_far: SoFar, part: str) -> dict[str, list[str]]:
    about = part if exercise.is_closing else exercise.key
    tags = {prompt.key: so_far.tapped.get((prompt.count.what, about)) for prompt in exercise.counted}
    return {key: sorted(ticked) for key, ticked in tags.items() if ticked}


def _hidden(
    asked: Iterable[Exercise], kept: Mapping[str, Kept], so_far: SoFar, part: str
) -> dict[str, Shown]:
    """Return the exercises that hold something, without what was written; ticks that are counted are no secret."""
    found = {}
    for each in asked:
        if each.key in kept:
            told = kept[each.key]
            found[each.key] = Shown(each, saved_at=told.saved_at, shared_at=told.shared_at, hidden=True)
        elif _is_ticked(each, so_far, part):
            found[each.key] = _with_ticks(blank(each), so_far, part)
    return found


def html(piece: Piece, filled: Mapping[str, Shown]) -> SafeString:
    """Return a piece of the page; an exercise in which something stands is drawn anew."""
    if piece.exercise is None or piece.exercise.key not in filled:
        return piece.html
    name = "closing" if piece.exercise.is_closing else "exercise"
    return get_template(f"content_pages/blocks/{name}.html").render({"exercise": filled[piece.exercise.key]})
