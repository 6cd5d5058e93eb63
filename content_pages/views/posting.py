"""What is posted from an activity, and where it leads."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from content_pages import opening, pictures, progress, rendering, showing, submissions
from content_pages.opening import Facts
from content_pages.place import Place
from content_pages.rendering import Piece
from content_pages.submissions import Submission
from resilience.accounts import device, drafting
from resilience.engagement import entries
from resilience.engagement.entries import Kept
from resilience.journeys import finishing
from resilience.participants import milestones
from resilience.participants.models import Reached

TO_PUT_RIGHT = 422


def take(request: HttpRequest, here: Place) -> HttpResponse:
    """Keep what was typed and do what the button said; with something to put right, show the page again.

    Raises Http404 for somebody who only looks at the page.
    """
    if not here.reader.takes_part:
        raise Http404
    do, _, name = request.POST.get("do", "save").partition(":")
    if do == "show":
        return redirect(request.path) if device.fresh(request) else device.ask_again(request)
    pieces = rendering.of_activity(here.activity.raw, profession=here.reader.profession, collects=True)
    asked = [each for each in rendering.asked(pieces) if not (do == "delete" and each.key == name)]
    stored = entries.on_page(enrolment=here.reader.enrolment, page=here.activity.key)
    submission = submissions.read(request.POST, asked, stored)
    if submission.faults:
        return _to_put_right(request, here, pieces, submission, stored)
    ended = _carry_out(request, here, submission, stored, do, name)
    if ended:
        return redirect(_onwards(here))
    return redirect(f"{request.path}#{name.partition(':')[0]}" if name else request.path)


@transaction.atomic
def _carry_out(
    request: HttpRequest, here: Place, submission: Submission, stored: Mapping[str, Kept], do: str, name: str
) -> bool:
    """Return whether the activity is now behind them."""
    enrolment, activity = here.reader.enrolment, here.activity.key
    submissions.keep(submission, enrolment=enrolment, page=activity, stored=stored, at=here.now)
    drafting.forget(user=request.user, page=request.path)
    if do == "delete" and name in stored:
        entries.delete(enrolment=enrolment, exercise=name)
    elif do == "back":
        submissions.come_back(name, submission, enrolment=enrolment, at=here.now)
    if not submissions.end(do, enrolment=enrolment, activity=activity, at=here.now):
        return False
    after = _after(here)
    if opening.is_behind(here.module, after):
        about = here.module.key.hex
        milestones.reach(enrolment=enrolment, what=Reached.MODULE, about=about, at=here.now)
    if progress.finished(here.outline, after):
        finishing.modules_done(enrolment=enrolment, at=here.now)
    return True


def _after(here: Place) -> Facts:
    """Return what is known of somebody once the piece before them is behind them."""
    return replace(here.facts, completed={**here.so_far.completed, here.activity.key: ""})


def _onwards(here: Place) -> str:
    return reverse("content_pages:my") if progress.finished(here.outline, _after(here)) else here.module.url


def _to_put_right(
    request: HttpRequest,
    here: Place,
    pieces: tuple[Piece, ...],
    submission: Submission,
    stored: Mapping[str, Kept],
) -> HttpResponse:
    fresh, asked = device.fresh(request), rendering.asked(pieces)
    if not fresh and any(each.elsewhere for each in submission.shown):
        return device.ask_again(request)  # both versions are private text; what was typed is kept as a draft
    filled = showing.stored(asked, stored, today=here.today) if fresh else showing.hidden(asked, stored)
    filled |= {each.exercise.key: each for each in submission.shown}
    context = pictures.activity(here, pieces, filled) | {"faults": submission.faults}
    return render(request, "content_pages/activity.html", context, status=TO_PUT_RIGHT)
