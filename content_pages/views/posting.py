"""What is posted from an activity, and where it leads."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from content_pages import answering, asking, opening, pictures, progress, rendering, showing, submissions
from content_pages.answering import Typed
from content_pages.opening import Facts
from content_pages.place import Place
from content_pages.rendering import Piece
from content_pages.submissions import Desk, Submission
from resilience.accounts import device, drafting
from resilience.engagement import entries
from resilience.journeys import finishing
from resilience.participants import milestones
from resilience.participants.models import Reached

TO_PUT_RIGHT = 422
JSON = "application/json"


def take(request: HttpRequest, here: Place) -> HttpResponse:
    """Keep what was typed and do what the button said; with something to put right, show the page again.

    Raises Http404 for somebody who only looks at the page.
    """
    if not here.reader.takes_part:
        raise Http404
    do, name = _button(request)
    if do == "show":
        return redirect(request.path) if device.fresh(request) else device.ask_again(request)
    pieces = rendering.of_activity(
        here.activity.raw, tailored=here.reader.tailored, collects=True, language=here.activity.language
    )  # fmt: skip
    stored = entries.on_page(enrolment=here.reader.enrolment, page=here.activity.key)
    desk = Desk(here.reader.enrolment, here.activity.key, here.module.slug, stored, here.now)
    dropped = name if do in asking.INSTEAD_OF_WHAT_WAS_TYPED else ""
    asked = [each for each in rendering.asked(pieces) if each.key != dropped]
    submission = submissions.read(request.POST, asked, stored, today=here.today)
    typed = answering.read(request.POST, pieces, here, do=do, name=name)
    if submission.faults or any(each.faults for each in typed):
        drafting.save(user=request.user, page=request.path, posted=request.POST)
        return _refused() if quiet(request) else _to_put_right(request, here, pieces, submission, desk, typed)
    ended = _carry_out(request, here, pieces, submission, desk, typed)
    return _kept(submission, desk) if quiet(request) else _onwards(request, here, ended=ended)


def _button(request: HttpRequest) -> tuple[str, str]:
    """Return what the pressed button does, and to which exercise."""
    do, _colon, name = request.POST.get("do", "save").partition(":")
    return do, name


def quiet(request: HttpRequest) -> bool:
    """Return whether the page's script saves while somebody still types."""
    return request.headers.get("Accept") == JSON


@transaction.atomic
def _carry_out(
    request: HttpRequest,
    here: Place,
    pieces: tuple[Piece, ...],
    submission: Submission,
    desk: Desk,
    typed: list[Typed],
) -> bool:
    """Return whether the activity is now behind them."""
    do, name = _button(request)
    key, _colon, tag = name.partition(":")
    submissions.keep(submission, desk, quietly=quiet(request))
    drafting.forget(user=request.user, page=request.path)
    exercise = next((each for each in rendering.asked(pieces) if each.key == key), None)
    if exercise is not None and do in asking.ACTS:
        asking.ACTS[do](exercise, desk, submission=submission, tag=tag, form=request.POST)
    _send(request, here, typed, do)
    if not submissions.end(do, desk):
        return False
    after = _after(here)
    if opening.is_behind(here.module, after):
        about = here.module.key.hex
        milestones.reach(enrolment=desk.enrolment, what=Reached.MODULE, about=about, at=here.now)
    if progress.finished(here.outline, after):
        finishing.modules_done(enrolment=desk.enrolment, at=here.now)
    return True


def _after(here: Place) -> Facts:
    """Return what is known of somebody once the piece before them is behind them."""
    return replace(here.facts, completed={**here.so_far.completed, here.activity.key: ""})


def _send(request: HttpRequest, here: Place, typed: list[Typed], do: str) -> None:
    """Send the answers that this button sends; others wait as a draft, unless the activity is passed over."""
    for words in answering.send(typed, here):
        messages.info(request, words)
    if do != "skip" and (waits := answering.left(typed, request.POST)):
        drafting.save(user=request.user, page=request.path, posted=waits)


def _onwards(request: HttpRequest, here: Place, *, ended: bool) -> HttpResponse:
    my = reverse("content_pages:my")
    if request.POST.get("from") == "my":
        messages.success(request, _("Thank you. Only that you said so is counted."))
        return redirect(my)
    if ended:
        return redirect(my if progress.finished(here.outline, _after(here)) else here.module.url)
    do, name = _button(request)
    if do == "delete":
        messages.success(request, _("What you wrote is deleted."))
        return redirect(request.path)
    return redirect(request.path + _where(do, name))


def _where(do: str, name: str) -> str:
    """Return the place on the page to which the reader is led: where it says that it is kept, or the exercise."""
    key = name.partition(":")[0]
    return f"#{key}-kept" if do == "save" and key else f"#{key}" if key else ""


def _kept(submission: Submission, desk: Desk) -> JsonResponse:
    """Tell the page's script what stands there now, so that its next post is not taken for another device's."""
    kept = entries.kept_on_page(enrolment=desk.enrolment, page=desk.page)
    fields: dict[str, str] = {}
    for each in submission.shown:
        there = kept.get(each.exercise.key)
        now = replace(each, saved_at=there.saved_at if there else None, was=submissions.ticked(each))
        fields |= now.hidden_fields
    return JsonResponse({"fields": fields})


def _refused() -> JsonResponse:
    return JsonResponse({"fields": {}}, status=TO_PUT_RIGHT)


def _to_put_right(
    request: HttpRequest,
    here: Place,
    pieces: tuple[Piece, ...],
    submission: Submission,
    desk: Desk,
    typed: list[Typed],
) -> HttpResponse:
    fresh, asked = device.fresh(request), rendering.asked(pieces)
    if not fresh and any(each.elsewhere for each in submission.shown):
        return device.ask_again(request)  # both versions are private text; what was typed is kept as a draft
    filled = showing.filled(asked, desk.stored, here, fresh=fresh)
    filled |= {each.exercise.key: each for each in submission.shown}
    faults = [*submission.faults, *(fault for each in typed for fault in each.faults)]
    context = pictures.activity(here, pieces, filled, typed) | {"faults": faults}
    return render(request, "content_pages/activity.html", context, status=TO_PUT_RIGHT)
