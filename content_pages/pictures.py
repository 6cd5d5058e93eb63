"""What each page of a programme shows, from where somebody is: contexts for the templates."""

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.safestring import SafeString

from content_pages import answering, drawings, progress, showing
from content_pages.answering import Typed
from content_pages.outline import Outline
from content_pages.place import Place
from content_pages.rendering import Piece
from content_pages.shown import Shown


def programme(outline: Outline) -> dict:
    """Return what an editor sees of a whole programme."""
    return {"outline": outline, "site_name": outline.title}


def module(here: Place) -> dict:
    """Return what the page of a module shows."""
    behind, activities = here.so_far.completed, here.module.activities
    following = progress.next_in(here.module, behind)
    done = sum(each.key in behind for each in activities)
    return {
        "module": here.module,
        "drawing": drawings.address(here.module.drawing) if here.module.drawing else "",
        "reader": here.reader,
        "pieces": [(each, behind.get(each.key, ""), each is following) for each in activities],
        "done": done,
        "most": len(activities),
        "words": progress.in_words(done, len(activities), following),
        "following": following,
        "onwards": progress.next_module(here.outline, here.facts),
        "of": len(here.outline.modules),
        "site_name": here.outline.title,
    }


def activity(
    here: Place, pieces: tuple[Piece, ...], filled: Mapping[str, Shown], typed: Iterable[Typed] = ()
) -> dict:
    """Return what the page of an activity shows.

    `filled` holds the exercises in which something stands, `typed` what was chosen elsewhere and is not sent yet.
    """
    organisation = here.reader.organisation
    return {
        "activity": here.activity,
        "module": here.module,
        "reader": here.reader,
        "pieces": _html(here, pieces, filled, {each.asked.key: each for each in typed}),
        "position": here.module.activities.index(here.activity) + 1,
        "most": len(here.module.activities),
        "how": here.so_far.completed.get(here.activity.key, ""),
        "has_story": any(piece.is_story for piece in pieces),
        "is_not_a_report": any(piece.is_about_the_system for piece in pieces),
        "incident_url": organisation.incident_url if organisation else "",
        "routes": here.reader.routes if here.activity.sensitive else [],
        "site_name": here.outline.title,
    }


def _html(
    here: Place, pieces: Iterable[Piece], filled: Mapping[str, Shown], chosen: Mapping[str, Typed]
) -> list[SafeString]:
    """Return the pieces as this person finds them, their buttons and labels in the language of the text."""
    with translation.override(here.activity.language):
        return [
            answering.html(piece, here, chosen)
            if piece.asked is not None and here.reader.takes_part
            else showing.html(piece, filled)
            for piece in pieces
        ]
