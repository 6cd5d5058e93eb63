"""One call of a participant: what became of it, its calendar file, cancelling it, and why, where they say."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.coaching import (
    agreements,
    calendar_file,
    called_off,
    events,
    next_steps,
    notices,
    outcomes,
    pins,
    ratings,
    reaching,
    relationships,
)
from resilience.coaching import booking as bookings
from resilience.coaching.models import Booking, By, Call, Outcome, RelationshipRating, Side, Status
from resilience.coaching.views.participant import TAKEN, own, stopped, unless_over
from resilience.participants import reasons
from resilience.participants.models import Stage


def call(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show one call: when, who, the number that will ring, and what happens next."""
    mine, now = own(request, booking), clock.now()
    newest = mine.calls.filter(version=mine.version).first()
    state = _state(mine, newest, now=now)
    context = {
        "booking": mine,
        "state": state,
        "number": notices.number(),
        "pin": pins.shown(mine, Side.PARTICIPANT),
        "texts": reaching.why_no_texts(mine.participant),
        "minutes": round((mine.ends_at - mine.starts_at).total_seconds() / 60),
        "rated": RelationshipRating.objects.filter(call__booking=mine, side=Side.PARTICIPANT).exists(),
        "ours": (ours := called_off.is_ours(mine)),
        "again": ours and called_off.may_try_again(mine),
        "takes_part": mine.enrolment.withdrawn_at is None,
        **_between_the_two(request, mine),
        **_why_not(mine, state, newest),
    }
    return render(request, "coaching/call.html", context)


def _between_the_two(request: HttpRequest, mine: Booking) -> dict:
    """Return what the two agreed; nothing after stopping, or where they talk no longer."""
    relationship = relationships.of(mine) if mine.enrolment.withdrawn_at is None else None
    if relationship is None:
        return {}
    return {
        "is_open": True,
        "agreement_waits": agreements.waits_for(relationship, side=Side.PARTICIPANT),
        "proposed": agreements.proposed_by_coach(mine),
        "next_steps": next_steps.read(mine, by=request.user, now=clock.now()),
    }


def _why_not(mine: Booking, state: str, newest: Call | None) -> dict:
    """Return the optional question about a call that was not held; nothing once it was answered, or after stopping."""
    stage = _stage(mine, state, newest)
    if not stage or reasons.said(mine.enrolment, stage, about=str(mine.pk)):
        return {}
    return {"reasons": reasons.choices(stage), "there": reverse("coaching:why", args=[mine.pk])}


def _stage(mine: Booking, state: str, newest: Call | None) -> str:
    """Return what somebody may be asked the reason of: a call that they cancelled or missed; else an empty string."""
    if mine.enrolment.withdrawn_at is not None:
        return ""
    if state == "cancelled" and mine.cancelled_by == By.PARTICIPANT:
        return Stage.CANCELLED
    missed = newest is not None and newest.outcome == Outcome.PARTICIPANT_NO_SHOW
    return Stage.MISSED if state == "missed" and missed else ""


def why(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Keep why a call was cancelled or missed; a code that is not offered is not kept."""
    mine = own(request, booking)
    if refusal := stopped(request, mine.enrolment):
        return refusal
    now = clock.now()
    newest = mine.calls.filter(version=mine.version).first()
    stage, code = _stage(mine, _state(mine, newest, now=now), newest), request.POST.get("code", "")
    if stage and code in dict(reasons.choices(stage)):
        reasons.give(enrolment=mine.enrolment, stage=stage, code=code, about=str(mine.pk), now=now)
        messages.success(request, _("Thank you. It is counted with others, without your name."))
    return redirect("coaching:call", mine.pk)


def _state(booking: Booking, newest: object, *, now: datetime) -> str:
    """Return how the page speaks of a booking: cancelled, coming, now, held or missed."""
    if booking.status == Status.CANCELLED:
        return "cancelled"
    if newest is not None and newest.ended_at is not None:
        if outcomes.kept_apart(events.of(newest)):
            return "apart"
        return "held" if ratings.open_for(booking) is not None else "missed"
    if now < booking.starts_at:
        return "coming"
    return "now" if now < booking.blocked_until else "missed"


def cancel(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask once more (GET), then cancel (POST)."""
    mine = own(request, booking)
    if request.method == "POST":
        try:
            bookings.cancel(mine, by=request.user, now=clock.now(), side=By.PARTICIPANT)
        except bookings.TooLate:
            return render(request, "coaching/too_late.html", {"booking": mine}, status=TAKEN)
        return redirect("coaching:call", mine.pk)
    return unless_over(request, mine) or render(request, "coaching/cancel.html", {"booking": mine})


def calendar(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Give the calendar file of one call."""
    mine = own(request, booking)
    content = calendar_file.of(mine, attendee=request.user.email, now=clock.now())
    answer = HttpResponse(
        content, content_type=f"text/calendar; charset=utf-8; method={calendar_file.method(mine)}"
    )
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def short(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a text's short link to the page of the call; a code of somebody else's leads nowhere."""
    try:
        lowest, highest = notices.ids_of(code)
    except notices.NotACode:
        raise Http404 from None
    mine = Booking.objects.filter(participant__user=request.user, pk__gte=lowest, pk__lte=highest).first()
    if mine is None:
        raise Http404
    return redirect("coaching:call", mine.pk)
