"""The short page after a call: each side answers for itself and never sees the other's answers."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import ratings
from resilience.coaching.models import Side
from resilience.coaching.views import participant

TO_PUT_RIGHT = 422


def rate(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show the participant's questions (GET) or take the answers (POST)."""
    mine = participant.own(request, booking)
    if refusal := participant.stopped(request, mine.enrolment):
        return refusal
    call = ratings.open_for(mine)
    if call is None:
        raise Http404
    if ratings.given(call, side=Side.PARTICIPANT):
        return redirect("coaching:call", mine.pk)
    if request.method != "POST":
        fresh = [drafting.give_back(request, form) for form in ratings.forms_for(Side.PARTICIPANT)]
        return _page(request, mine, fresh)
    answered = ratings.forms_for(Side.PARTICIPANT, data=request.POST)
    sound = [form.is_valid() for form in answered]
    if not all(sound):
        return _page(request, mine, answered, status=TO_PUT_RIGHT)
    try:
        ratings.record(call, side=Side.PARTICIPANT, answers=ratings.answers(answered), now=clock.now())
    except ratings.Stopped:
        return render(request, "coaching/stopped.html", {"refused": True}, status=participant.STOPPED)
    drafting.forget(user=request.user, page=request.path)
    return redirect("coaching:call", mine.pk)


def _page(request: HttpRequest, mine: object, shown: list, status: int = 200) -> HttpResponse:
    context = {
        "booking": mine,
        "forms": shown,
        "faults": ratings.faults(shown),
        "unfolded": ratings.unfolded(shown),
    }
    return render(request, "coaching/rate.html", context, status=status)
