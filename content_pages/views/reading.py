"""Modules and activities: what a participant reads and does."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from content_pages import (
    access,
    answering,
    outline,
    pictures,
    place,
    progress,
    rendering,
    showing,
    submissions,
)
from content_pages.exercises import Exercise
from content_pages.outline import Activity, Module
from content_pages.place import Place
from content_pages.shown import Shown
from content_pages.views import gone, posting
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
    if here.address != request.path:
        return redirect(here.address)
    if here.wait is not None:
        return _not_open(request, here)
    _seen(here, here.module)
    return render(request, "content_pages/module.html", pictures.module(here))


@never_cache
def activity(request: HttpRequest, programme: str, module: str, activity: str) -> HttpResponse:
    """Show one piece (GET), or keep what was written in it and put it behind somebody (POST)."""
    try:
        here = place.find(request, programme=programme, module=module, activity=activity)
    except access.Elsewhere:
        return access.refuse(request) if request.method == "POST" else access.to_their_page()
    except Http404:
        if request.method != "POST":
            raise
        return gone.answer(request, programme=programme)
    if request.method != "POST" and here.address != request.path:
        return redirect(here.address)
    if here.wait is not None:
        return _not_open(request, here)
    if request.method == "POST":
        return posting.take(request, here)
    _seen(here, here.activity)
    return _show(request, here)


def _not_open(request: HttpRequest, here: Place) -> HttpResponse:
    posted = request.method == "POST"
    context = {
        "module": here.module,
        "wait": here.wait,
        "zone": here.reader.enrolment.participant.time_zone,
        "following": progress.next_piece(here.outline, here.facts),
        "site_name": here.outline.title,
        "kept": drafting.keep(request) if posted else here.so_far.draft_waits,
        "posted": posted,
    }
    return render(request, "content_pages/not_open.html", context, status=access.NO_LONGER if posted else 200)


def _seen(here: Place, page: Module | Activity) -> None:
    if here.reader.takes_part and page.key not in here.so_far.seen_today:
        page_views.record(
            enrolment=here.reader.enrolment,
            page=page.key,
            at=here.now,
            revision=page.revision,
            wording=here.reader.wording,
            language=page.language,
        )


def _show(request: HttpRequest, here: Place) -> HttpResponse:
    takes_part = here.reader.takes_part
    pieces = rendering.of_activity(
        here.activity.raw, tailored=here.reader.tailored, collects=takes_part, language=here.activity.language
    )  # fmt: skip
    asked = rendering.asked(pieces)
    draft = _draft(request, here)
    filled, given_back = _filled(request, here, asked, draft) if asked and takes_part else ({}, False)
    typed = answering.read(draft, pieces, here) if draft else []
    context = pictures.activity(here, pieces, filled, typed)
    return render(request, "content_pages/activity.html", context | {"given_back": given_back or bool(typed)})


def _draft(request: HttpRequest, here: Place) -> QueryDict:
    """Return what was typed on this page and neither kept nor sent; nothing before whoever may not be its writer."""
    if not here.so_far.draft_waits or not device.fresh(request):
        return QueryDict()
    return drafting.kept(user=request.user, page=request.path) or QueryDict()


def _filled(
    request: HttpRequest, here: Place, asked: list[Exercise], draft: QueryDict
) -> tuple[dict[str, Shown], bool]:
    """Return the exercises in which something stands, and whether some of it was typed and not yet kept."""
    mine = {"enrolment": here.reader.enrolment, "page": here.activity.key}
    if not device.fresh(request):
        return showing.filled(asked, entries.kept_on_page(**mine), here, fresh=False), False
    stored = entries.on_page(**mine)
    filled = showing.filled(asked, stored, here, fresh=True)
    back = [each for each in submissions.read(draft, asked, stored, today=here.today).shown if each.values]
    return filled | {each.exercise.key: each for each in back}, bool(back)
