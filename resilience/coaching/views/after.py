"""The coach's page after a call, at most ten taps: the outcome, their own part, the stages held, the next step."""

from datetime import datetime

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience.accounts import drafting
from resilience.coaching import (
    around_forms,
    calls,
    coach_reports,
    forms,
    guides,
    next_steps,
    offers,
    outcomes,
    ratings,
    relationships,
)
from resilience.coaching.models import Booking, Call, CoachReport, Side
from resilience.coaching.views import coachs_call

TO_PUT_RIGHT = 422


def show(request: HttpRequest, one: Booking, newest: Call) -> HttpResponse:
    """Show the page with what is known filled in; while they talk, what they need for it."""
    if newest.ended_at is None:
        return _under_way(request, one)
    settled = calls.proposed(newest)
    known = {"outcome": settled.outcome, "minutes": _whole(settled.minutes)} if settled else {}
    saying, keeping = forms.Saying(initial=known), _keeping(one, newest)
    each = [drafting.give_back(request, form) for form in (saying, keeping, *ratings.forms_for(Side.COACH))]
    return _page(request, one, newest, each)


def _keeping(one: Booking, newest: Call) -> around_forms.AfterCall:
    """Return the form of what is kept; the line that was agreed stands in it for as long as the coach may read it."""
    step = next_steps.of_call(newest) if relationships.open_to_coach(one) else None
    known = around_forms.AfterCall.known(
        coach_reports.of_call(newest), last=_last(one), next_step=step.words if step else ""
    )
    return around_forms.AfterCall(titles=_titles(one), initial=known)


def _last(one: Booking) -> CoachReport | None:
    theirs = CoachReport.objects.filter(call__booking__coach=one.coach_id)
    return theirs.exclude(call__booking=one).order_by("-kept_at").first()


def _titles(one: Booking) -> list[str]:
    return [stage["title"] for stage in _guide_call(one).get("stages", [])]


def _guide_call(one: Booking) -> dict:
    return guides.of_call(one.enrolment.cohort.programme, _which(one))


def _which(one: Booking) -> int:
    return max(1, offers.calls_held(one.enrolment))


def _under_way(request: HttpRequest, one: Booking) -> HttpResponse:
    """Show what a coach needs while they talk: how to come back, what to say when it gets hard, and the guide."""
    programme, facts = one.enrolment.cohort.programme, coachs_call.facts(one)
    context = facts | coachs_call.between_the_two(request, one) | {
        "copies": coachs_call.copies(request, one),
        "under_way": True,
        "guide": guides.of(programme),
        "guide_call": guides.of_call(programme, facts["which"]),
    }  # fmt: skip
    return render(request, "coaching/after_call.html", context)


def _page(request: HttpRequest, one: Booking, newest: Call, shown: list, status: int = 200) -> HttpResponse:
    saying, keeping, *rating = shown
    context = coachs_call.facts(one) | coachs_call.between_the_two(request, one) | {
        "copies": coachs_call.copies(request, one),
        "call": newest,
        "saying": saying,
        "keeping": keeping,
        "forms": rating,
        "faults": _in_order(saying, keeping, rating),
        "unfolded": ratings.unfolded(rating),
        "rated": ratings.given(newest, side=Side.COACH),
        "said": newest.events.filter(kind=outcomes.COACH_SAID).exists(),
        "talked": newest.bridged_at is not None,
    }  # fmt: skip
    return render(request, "coaching/after_call.html", context, status=status)


def _in_order(saying: BaseForm, keeping: BaseForm, rating: list) -> list[dict]:
    """Return what is to be put right as it stands on the page: the next step before one's own part, time last."""
    kept = _faults(keeping)
    first = [each for each in kept if each["target"] == "id_next_step"]
    return [*_faults(saying), *first, *ratings.faults(rating), *(each for each in kept if each not in first)]


def _faults(form: BaseForm) -> list[dict]:
    """Return what is to be put right; of a row of answers the first one is led to."""
    rows = {"outcome", "time", "stages"}
    return [
        {"target": f"id_{name}_0" if name in rows else f"id_{name}", "words": words}
        for name, told in form.errors.items()
        for words in told
    ]


def take(request: HttpRequest, one: Booking, newest: Call, *, now: datetime) -> HttpResponse:
    """Keep the coach's word, what is kept of the call, and their own answers."""
    saying = forms.Saying(request.POST)
    keeping = around_forms.AfterCall(request.POST, titles=_titles(one))
    rating = ratings.forms_for(Side.COACH, data=request.POST)
    sound = [form.is_valid() for form in (saying, keeping, *rating)]  # each is looked at, for its own words
    if not all(sound):
        return _page(request, one, newest, [saying, keeping, *rating], status=TO_PUT_RIGHT)
    word = saying.cleaned_data
    guide_call = _which(one)
    calls.say(
        newest, outcome=word["outcome"], minutes=_exact(newest, word["minutes"]), by=request.user, now=now
    )
    _keep(request, one, newest, keeping, guide_call=guide_call, now=now)
    given = ratings.answers(rating)
    if any(given.values()):
        ratings.record(newest, side=Side.COACH, answers=given, now=now)
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Kept. You can still put it right: open the call again from this page."))
    return redirect("coach:today")


def _keep(
    request: HttpRequest, one: Booking, newest: Call, keeping: around_forms.AfterCall, *, guide_call: int,
    now: datetime,
) -> None:  # fmt: skip
    coach_reports.keep(
        call=newest, guide_call=guide_call, stages=keeping.stages_held, stages_of=len(keeping.titles),
        preparation=keeping.cleaned_data["preparation"], notes=keeping.cleaned_data["notes"],
        in_own_time=keeping.in_own_time, now=now,
    )  # fmt: skip
    if relationships.open_to_coach(one) is not None:
        next_steps.keep(call=newest, words=keeping.cleaned_data["next_step"], by=request.user, now=now)


def _exact(newest: Call, minutes: float) -> float:
    """Return the telephone's own figure where the coach left its rounded one as it was."""
    settled = calls.proposed(newest)
    if settled is not None and minutes in (_whole(settled.minutes), settled.minutes):
        return settled.minutes
    return minutes


def _whole(minutes: float) -> int:
    """Return minutes as people say them: a talk of seconds is one minute."""
    return max(1, round(minutes)) if minutes else 0
