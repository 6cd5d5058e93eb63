"""Cards to pass on that are held back: their exercise, the links to them and the public page."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.template.loader import render_to_string

from resilience import clock
from resilience.accounts.models import Role
from resilience.measures import holding_back
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

if TYPE_CHECKING:
    from content_pages.rendering import Piece

KIND = "pass_on"
CARD = '"type": "technique"'  # as a page's text is stored
LINK = r'<a\b[^>]*\shref="(?:/[a-z]{2})?/(?:%s)/(?:#[^"]*)?"[^>]*>(.*?)</a>'


@dataclass(frozen=True)
class Held:
    """Cards are held back; these are the addresses, without slashes at their ends, at which public ones stand."""

    pages: tuple[str, ...] = ()


def of(enrolment: Enrolment) -> Held | None:
    """Return what is held back from somebody, or None; without a question where their programme holds nothing."""
    if not holding_back.holds(enrolment, now=clock.now()):
        return None
    pages = apps.get_model("content_pages", "PublicPage").objects.annotate(raw=Cast("body", TextField()))
    pages = pages.filter(raw__contains=CARD)
    return Held(tuple(sorted(set(pages.values_list("slug", flat=True)))))


def from_visitor(request: HttpRequest) -> bool:
    """Return whether the cards of a public page are held back from whoever asks for it."""
    user = request.user
    if getattr(request, "is_preview", False) or (user.is_authenticated and Role.EDITOR in user.roles):
        return False
    enrolment = enrolments.current(user) if user.is_authenticated else None
    if enrolment is not None and enrolment.withdrawn_at is None:
        return holding_back.holds(enrolment, now=clock.now())
    return holding_back.anywhere()


def without(pieces: Iterable["Piece"]) -> list["Piece"]:
    """Return the pieces that are no cards."""
    return [piece for piece in pieces if not piece.is_card]


def is_held(block: object, held: Held | None) -> bool:
    """Return whether a block is an exercise that makes a card, and is held back."""
    return held is not None and block.block_type == "exercise" and block.value["kind"] == KIND


def keys(blocks: Iterable[object]) -> list[str]:
    """Return the keys of the exercises that make a card to pass on."""
    return [each.value["key"] for each in blocks if is_held(each, Held())]


def note() -> str:
    """Return what stands in the place of an exercise that is held back."""
    return render_to_string("content_pages/held_back_note.html")


def unlinked(html: str, held: Held, own: Collection[str]) -> str:
    """Return words without the links to cards, public ones and somebody's own; the words themselves stay."""
    addresses = [*map(re.escape, held.pages), *(f"my/plan/card/{re.escape(key)}" for key in own)]
    return re.sub(LINK % "|".join(addresses), r"\1", html, flags=re.DOTALL) if addresses else html
