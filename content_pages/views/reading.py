"""Modules and activities: what a participant reads and does."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from content_pages import (
    access,
    exercises,
    outline,
    pictures,
    place,
    progress,
    rendering,
    showing,
    submissions,
)
from content_pages.exercises import Exercise
from content_pages.place import Place
from content_pages.views import posting
from resilience.accounts import device, drafting
from resilience.engagement import entries, page_views


def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Show an editor the parts of a programme; somebody who takes part has the task list for that."""
    try:
        reader = access.reader(request, programme=programme)
    except access.Elsewhere:
        return access.to_their_page()
    if reader.takes_part:
        return access.to_their_page()
    found = outline.read(programme)
    if found is None:
        raise Http404
    return render(request, "content_pages/programme.html", pictures.programme(found))


@never_cache
def module(request: HttpRequest, programme: str, module: str) -> HttpResponse:
    """Show one part: its pieces, what is done, how long the next one takes."""
    try:
        here = place.find(request, programme=programme, module=module)
    except access.Elsewhere:
        return access.to_their_page()
    if here.wait is not None:
        return _not_open(request, here)
    _seen(here, here.module.key)
    return render(request, "content_pages/module.html", pictures.module(here))


@never_cache
def activity(request: HttpRequest, programme: str, module: str, activity: str) -> HttpResponse:
    """Show one piece (GET), or keep what was written in it and put it behind somebody (POST)."""
    try:
        here = place.find(request, programme=programme, module=module, activity=activity)
    except access.Elsewhere:
        return access.refuse(request) if request.method == "POST" else access.to_their_page()
    if here.wait is not None:
        return _not_open(request, here)
    if request.method == "POST":
        return posting.take(request, here)
    _seen(here, here.activity.key)
    return _show(request, here)


def _not_open(request: HttpRequest, here: Place) -> HttpResponse:
    context = {
        "module": here.module,
        "wait": here.wait,
        "zone": here.reader.enrolment.participant.time_zone,
        "following": progress.next_piece(here.outline, here.facts),
        "site_name": here.outline.title,
    }
    return render(request, "content_pages/not_open.html", context)


def _seen(here: Place, page: UUID) -> None:
    if here.reader.takes_part and page not in here.so_far.seen_today:
        page_views.record(enrolment=here.reader.enrolment, page=page, at=here.now)


def _show(request: HttpRequest, here: Place) -> HttpResponse:
    takes_part = here.reader.takes_part
    pieces = rendering.of_activity(here.activity.raw, profession=here.reader.profession, collects=takes_part)
    asked = rendering.asked(pieces)
    filled, given_back = _filled(request, here, asked) if asked and takes_part else ({}, False)
    context = pictures.activity(here, pieces, filled)
    return render(request, "content_pages/activity.html", context | {"given_back": given_back})


def _filled(
    request: HttpRequest, here: Place, asked: list[Exercise]
) -> tuple[dict[str, exercises.Shown], bool]:
    """Return the exercises in which something stands, and whether some of it was typed and not yet kept."""
    mine = {"enrolment": here.reader.enrolment, "page": here.activity.key}
    if not device.fresh(request):
        return showing.hidden(asked, entries.kept_on_page(**mine)), False
    stored = entries.on_page(**mine)
    filled = showing.stored(asked, stored, today=here.today)
    if not here.so_far.draft_waits:
        return filled, False
    typed = drafting.kept(user=request.user, page=request.path) or QueryDict()
    back = [each for each in submissions.read(typed, asked, stored).shown if each.values]
    return filled | {each.exercise.key: each for each in back}, bool(back)
