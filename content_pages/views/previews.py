"""An editor's previews: the page as a participant sees it, from the draft, with nothing kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from wagtail.models import Page

from content_pages import access, looking_as, outline, pictures, rendering
from content_pages.models import ActivityPage, LiveSessionPage, ModulePage, ProgrammePage
from content_pages.outline import Activity, Module, Outline
from content_pages.place import NOTHING, Place
from content_pages.views import meetings
from resilience import clock
from resilience.engagement.models import LiveSession
from resilience.engagement.seats import Standing


def _in_its_language(preview: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a page in its own language, whichever one its editor works in."""

    @wraps(preview)
    def shown(request: HttpRequest, page: Page, *args: object) -> HttpResponse:
        with translation.override(page.locale.language_code):
            return preview(request, page, *args)

    return shown


@_in_its_language
def programme(request: HttpRequest, page: ProgrammePage) -> HttpResponse:
    """Return the list of a programme's parts."""
    found = outline.read(page.slug) or Outline(page.title, page.slug, "/")
    context = pictures.programme(replace(found, title=page.title))
    return render(request, "content_pages/programme.html", context)


@_in_its_language
def module(request: HttpRequest, page: ModulePage, mode: str) -> HttpResponse:
    """Return the page of a module that nobody has begun, as somebody of a profession or a level sees it."""
    found = outline.read(page.get_parent().slug)
    stands = found.part(page.slug) if found else None
    here = _place(found, _module(page, stands), None, mode)
    return render(request, "content_pages/module.html", pictures.module(here))


@_in_its_language
def meeting(request: HttpRequest, page: LiveSessionPage) -> HttpResponse:
    """Return the page of a meeting at which nobody has asked for a place."""
    names = ("title", "starts_at", "ends_at", "capacity", "place", "link")
    session = LiveSession(pk=page.translation_key, **{name: getattr(page, name) for name in names})
    context = meetings.picture(Standing(session, page.capacity, ""), page, now=clock.now())
    return render(request, "content_pages/meeting.html", context | {"site_name": page.get_parent().title})


@_in_its_language
def activity(request: HttpRequest, page: ActivityPage, mode: str) -> HttpResponse:
    """Return the page of an activity with the newest draft of its text, among the pieces beside it.

    The stories are those that somebody of the profession or level of `mode` gets.
    """
    above = page.get_parent().specific
    found = outline.read(above.get_parent().slug)
    part = _module(above, found.part(above.slug) if found else None)
    shown = Activity(
        key=page.translation_key or UUID(int=0),
        title=page.title,
        slug=page.slug,
        url="#",
        minutes=page.minutes or 0,
        sensitive=page.sensitive,
        content_note=page.content_note,
        raw=rendering.stored(page),
        language=page.locale.language_code,
    )
    beside = [shown if each.key == shown.key else each for each in part.activities]
    beside += [] if shown in beside else [shown]
    here = _place(found, replace(part, activities=tuple(beside)), shown, mode)
    pieces = rendering.of_activity(shown.raw, tailored=here.reader.tailored, collects=False)
    return render(request, "content_pages/activity.html", pictures.activity(here, pieces, {}))


def _place(found: Outline | None, part: Module, piece: Activity | None, mode: str) -> Place:
    whole = found or Outline(part.title, "", "/", modules=(part,))
    reader = access.looking(whole.slug, seen_as=looking_as.read(mode))
    return Place(reader, whole, part, piece, NOTHING, clock.now())


def _module(page: ModulePage, stands: Module | None) -> Module:
    return Module(
        key=page.translation_key or UUID(int=0), title=page.title, slug=page.slug, url="#",
        number=stands.number if stands else 1, minutes=page.minutes or 0, summary=page.summary, aim=page.aim,
        drawing=page.drawing, drawing_alt=page.drawing_alt, support_note=page.support_note,
        activities=stands.activities if stands else (), language=page.locale.language_code,
    )  # fmt: skip
