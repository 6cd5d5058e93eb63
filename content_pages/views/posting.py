"""What is posted from an activity, and where it leads."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from content_pages import answering, pictures, progress, rendering, showing, submissions
from content_pages.answering import Typed
from content_pages.place import Place
from content_pages.rendering import Piece
from content_pages.submissions import Submission
from resilience.accounts import device, drafting
from resilience.engagement import entries
from resilience.engagement.entries import Kept
from resilience.journeys import finishing

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
    typed = answering.read(request.POST, pieces, here, do=do, name=name)
    if submission.faults or any(each.faults for each in typed):
        return _to_put_right(request, here, pieces, submission, stored, typed)
    ended = _carry_out(request, here, submission, stored, typed, do, name)
    if ended:
        return redirect(_onwards(here))
    return redirect(f"{request.path}#{name.partition(':')[0]}" if name else request.path)


@transaction.atomic
def _carry_out(
    request: HttpRequest,
    here: Place,
    submission: Submission,
    stored: Mapping[str, Kept],
    typed: list[Typed],
    do: str,
    name: str,
) -> bool:
    """Return whether the activity is now behind them."""
    enrolment, activity = here.reader.enrolment, here.activity.key
    submissions.keep(submission, enrolment=enrolment, page=activity, stored=stored, at=here.now)
    drafting.forget(user=request.user, page=request.path)
    _send(request, here, typed, do)
    if do == "delete" and name in stored:
        entries.delete(enrolment=enrolment, exercise=name)
    elif do == "back":
        submissions.come_back(name, submission, enrolment=enrolment, at=here.now)
    if not submissions.end(do, enrolment=enrolment, activity=activity, at=here.now):
        return False
    if _finished(here):
        finishing.modules_done(enrolment=enrolment, at=here.now)
    return True


def _send(request: HttpRequest, here: Place, typed: list[Typed], do: str) -> None:
    """Send the answers that this button sends; others wait as a draft, unless the activity is passed over."""
    for words in answering.send(typed, here):
        messages.info(request, words)
    if do != "skip" and (waits := answering.left(typed, request.POST)):
        drafting.save(user=request.user, page=request.path, posted=waits)


def _finished(here: Place) -> bool:
    return progress.finished(here.outline, {**here.so_far.completed, here.activity.key: ""})


def _onwards(here: Place) -> str:
    return reverse("content_pages:my") if _finished(here) else here.module.url


def _to_put_right(
    request: HttpRequest,
    here: Place,
    pieces: tuple[Piece, ...],
    submission: Submission,
    stored: Mapping[str, Kept],
    typed: list[Typed],
) -> HttpResponse:
    fresh, asked = device.fresh(request), rendering.asked(pieces)
    if not fresh and any(each.elsewhere for each in submission.shown):
        return device.ask_again(request)  # both versions are private text; what was typed is kept as a draft
    filled = showing.stored(asked, stored, today=here.today) if fresh else showing.hidden(asked, stored)
    filled |= {each.exercise.key: each for each in submission.shown}
    faults = [*submission.faults, *(fault for each in typed for fault in each.faults)]
    context = pictures.activity(here, pieces, filled, typed) | {"faults": faults}
    return render(request, "content_pages/activity.html", context, status=TO_PUT_RIGHT)
