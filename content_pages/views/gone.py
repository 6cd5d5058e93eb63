"""Words that have lost their page: it was taken away, moved or closed while somebody was in it."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from content_pages import access, opening, outline, place, rendering
from content_pages.exercises import LEFT_OUT, in_words
from content_pages.outline import Outline
from content_pages.tailoring import Tailored
from resilience import clock
from resilience.accounts import device, drafting
from resilience.engagement import entries, toolkit
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

GONE = 410
BELOW = "/programmes/"


def answer(request: HttpRequest, *, programme: str) -> HttpResponse:
    """Keep what was posted to a page that is no longer there, and say so; where it has moved, lead there.

    Raises Http404 where no page that we gave this person was sent from, access.Elsewhere never: it was asked before.
    """
    if not access.reader(request, programme=programme).takes_part:
        raise Http404
    found = outline.read(programme)
    moved = (
        next((each for each in found.activities if str(each.key) == request.POST.get("page")), None)
        if found
        else None
    )
    if not drafting.keep(request, at=moved.url if moved else ""):
        raise Http404
    if moved is not None:
        return redirect(moved.url)
    context = {"site_name": found.title if found else ""}
    return render(request, "content_pages/gone.html", context, status=GONE)


@never_cache
def kept(request: HttpRequest) -> HttpResponse:
    """Show what was typed and not saved, and what was written on pages that are gone (GET); delete a piece (POST)."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return access.to_their_page()
    if not device.fresh(request):
        return device.ask_again(request)
    if request.method == "POST":
        return _delete(request, enrolment)
    found = outline.read(enrolment.cohort.programme.slug) or Outline("", "", "")
    context = {
        "waiting": _waiting(request, found, enrolment),
        "left": _left(enrolment, _keys(found)),
        "enrolment": enrolment,
        "site_name": found.title,
    }
    return render(request, "content_pages/kept.html", context)


def _left(enrolment: Enrolment, keys: set[str]) -> list[dict]:
    """Return what was written in exercises that no page holds any more."""
    rows = [
        {"exercise": each.exercise, "saved_at": each.saved_at, "words": _answers(each.fields)}
        for each in toolkit.written(enrolment)
        if each.exercise not in keys
    ]
    return [row for row in rows if row["words"]]


def _answers(fields: Mapping[str, object]) -> list[str]:
    return [in_words(value) for key, value in fields.items() if key != entries.COMING_BACK and value]


def _keys(found: Outline) -> set[str]:
    """Return the keys of the exercises that stand on a page of the programme."""
    texts = outline.texts(each.key for each in found.activities).values()
    pieces = [rendering.of_activity(raw, tailored=Tailored(), collects=False) for raw in texts]
    return {each.key for page in pieces for each in rendering.asked(page)}


def _waiting(request: HttpRequest, found: Outline, enrolment: Enrolment) -> list[dict]:
    facts = place.facts_of(enrolment, found, address=request.path, now=clock.now())
    there = {
        each.url: each
        for module in found.modules
        if opening.wait(found, module, facts) is None
        for each in module.activities
    }
    rows = [
        {
            "page": each.page,
            "activity": there.get(each.page),
            "saved_at": each.saved_at,
            "words": _words(each.fields),
        }
        for each in drafting.waiting(user=request.user, below=BELOW)
    ]
    return [row for row in rows if row["words"]]


def _words(fields: dict[str, list[str]]) -> list[str]:
    said = (values for name, values in fields.items() if not LEFT_OUT.search(name))
    return [words for values in said if (words := ", ".join(filter(None, values)))]


def _delete(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    do, _, name = request.POST.get("do", "").partition(":")
    if do == "forget":
        drafting.forget(user=request.user, page=name)
    elif do == "delete" and enrolment.withdrawn_at is None:
        entries.delete(enrolment=enrolment, exercise=name)
    return redirect("content_pages:kept")
