"""The page on which the two agree how they talk: the same for both sides, each in its own frame."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import agreements, around_forms
from resilience.coaching.models import Agreement, Booking, CoachingRelationship, Side, Topic
from resilience.participants import backing

TO_PUT_RIGHT, CHANGED = 422, 409


@dataclass(frozen=True)
class Page:
    """Whose page it is: one side of a booking, with the frame and the address of the call."""

    booking: Booking
    relationship: CoachingRelationship
    side: str
    base: str
    back: str


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Show what stands (GET); agree to it, or propose something else (POST)."""
    if request.method != "POST":
        form = _form(page, before=agreements.newest(page.relationship))
        return _show(request, page, drafting.give_back(request, form))
    if request.POST.get("agree"):
        return _accept(request, page)
    form = _form(page, data=request.POST)
    if not form.is_valid():
        return _show(request, page, form, status=TO_PUT_RIGHT)
    agreements.propose(
        relationship=page.relationship, terms=form.terms, side=page.side, by=request.user, now=clock.now()
    )
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Kept. It holds once the other agrees too."))
    return redirect(request.path)


def _form(page: Page, *, data: object = None, before: Agreement | None = None) -> around_forms.Agreeing:
    roles = backing.roles_of(page.relationship.enrolment.cohort.programme)
    return around_forms.Agreeing(data, roles=roles, before=before)


def _accept(request: HttpRequest, page: Page) -> HttpResponse:
    """Agree to the version that was on the page. Raises Http404 for one of somebody else's."""
    shown = page.relationship.agreements.filter(version=_number(request.POST["agree"])).first()
    if shown is None:
        raise Http404
    try:
        agreements.accept(shown, side=page.side, by=request.user, now=clock.now())
    except agreements.Outdated:
        form = _form(page, before=agreements.newest(page.relationship))
        form.given_back = False
        return _show(request, page, form, status=CHANGED, outdated=True)
    messages.success(request, _("You both agree."))
    return redirect(request.path)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 5 else 0


def _show(
    request: HttpRequest,
    page: Page,
    form: around_forms.Agreeing,
    *,
    status: int = 200,
    outdated: bool = False,
) -> HttpResponse:
    newest, versions = agreements.read(page.relationship, by=request.user, now=clock.now())
    programme = page.relationship.enrolment.cohort.programme
    context = {
        "base": page.base,
        "back": page.back,
        "booking": page.booking,
        "side": page.side,
        "zone": page.booking.coach.time_zone if page.side == Side.COACH else page.booking.time_zone,
        "other": _other(page),
        "scope": programme.call_backing.scope if backing.stands(programme) else "",
        "form": form,
        "newest": newest,
        "left_out": agreements.known(newest.left_out, Topic.choices) if newest else [],
        "waits_for_me": newest is not None and not agreements.has_agreed(newest, side=page.side),
        "versions": versions,
        "outdated": outdated,
        "several_roles": "role" in form.fields,
    }
    return render(request, "coaching/agreement.html", context, status=status)


def _other(page: Page) -> str:
    if page.side == Side.PARTICIPANT:
        return page.booking.coach.shown_name
    return page.booking.participant.chosen_name or _("the one who takes part")
