"""What somebody made: their plan to read, to print, to carry in a pocket, to take back from a coach."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content_pages import access, cards, held_cards, toolkit
from resilience import clock, pdf
from resilience.accounts import device
from resilience.engagement import entries, sharing, taking_part
from resilience.measures import holding_back
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

FILE = "my-plan.pdf"


@never_cache
def plan(request: HttpRequest) -> HttpResponse:
    """Show everything that somebody made (GET), or take one copy back or delete one piece (POST)."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return access.to_their_page()
    if request.method == "POST":
        return _change(request, enrolment)
    return _shown(request, enrolment) if device.fresh(request) else device.ask_again(request)


def _shown(request: HttpRequest, enrolment: Enrolment, **more: object) -> HttpResponse:
    context = {
        "enrolment": enrolment,
        "toolkit": toolkit.read(enrolment),
        "zone": enrolment.participant.time_zone,
        "stopped": enrolment.withdrawn_at is not None,
        "held": _holds(enrolment),
        "site_name": enrolment.cohort.programme.public_name,
    }
    return render(request, "content_pages/plan.html", context | more)


def _holds(enrolment: Enrolment) -> bool:
    return holding_back.holds(enrolment, now=clock.now())


def _change(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    do, _colon, exercise = request.POST.get("do", "").partition(":")
    mine = {"enrolment": enrolment, "exercise": exercise}
    if do == "take_back":
        sharing.take_back(**mine, by=request.user, at=clock.now())
        messages.success(request, _("Taken back. Your coach can no longer read it."))
    elif do == "delete":
        try:
            _delete(request, **mine)
        except taking_part.Stopped:
            return access.refuse(request)
        messages.success(request, _("Deleted, for good."))
    return redirect("content_pages:plan")


@transaction.atomic
def _delete(request: HttpRequest, *, enrolment: Enrolment, exercise: str) -> None:
    """Delete what was written, and the copy that a coach could still read. Raises taking_part.Stopped."""
    entries.delete(enrolment=enrolment, exercise=exercise)
    sharing.take_back(enrolment=enrolment, exercise=exercise, by=request.user, at=clock.now())


@never_cache
def printed(request: HttpRequest) -> HttpResponse:
    """Return the plan as a PDF; where this machine makes none, the page to print, with the reason in words."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return access.to_their_page()
    if not device.fresh(request):
        return device.ask_again(request)
    context = {"toolkit": toolkit.read(enrolment), "zone": enrolment.participant.time_zone}
    try:
        file = pdf.render(html=render_to_string("content_pages/plan_document.html", context))
    except pdf.Unavailable:
        return _shown(request, enrolment, no_pdf=True)
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


@never_cache
def card(request: HttpRequest, exercise: str) -> HttpResponse:
    """Show what was written in one exercise as a card for the pocket or the phone."""
    return _on_paper(request, exercise, template="content_pages/card.html")


@never_cache
def sheet(request: HttpRequest, exercise: str) -> HttpResponse:
    """Show one exercise as a sheet to print or to show, with empty lines where nothing was written."""
    return _on_paper(request, exercise, template="content_pages/sheet.html")


def _on_paper(request: HttpRequest, exercise: str, *, template: str) -> HttpResponse:
    """Return a page that says nowhere whose, or of which programme, it is. Raises Http404 for an unknown exercise."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return access.to_their_page()
    if not device.fresh(request):
        return device.ask_again(request)
    found = toolkit.one(enrolment, exercise)
    if found is None:
        raise Http404
    if found[0].kind == held_cards.KIND and _holds(enrolment):
        return render(request, "content_pages/held_back.html", {"site_name": ""})
    context = {"made": found[0], "groups": cards.groups(*found), "blanks": cards.blanks(*found)}
    return render(request, template, context)
