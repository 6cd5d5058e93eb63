"""When a coach cannot hold calls: their own button for today, and the pages of whoever leads or manages the coaches.

Those see when calls are, never with whom.
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience import clock
from resilience.coaching import booking as bookings
from resilience.coaching import cover, hours_forms
from resilience.coaching.models import Booking, Coach
from resilience.coaching.views import coach as coach_views
from resilience.participants import consent

TO_PUT_RIGHT, GONE = 422, 409


def cannot_work(request: HttpRequest) -> HttpResponse:
    """Show a coach the calls of today (GET), then call them off (POST)."""
    coach = coach_views.mine(request)
    if request.method == "POST":
        _say(request, cover.cannot_work_today(coach, by=request.user, now=clock.now()))
        return redirect("coach:today")
    return _ask(request, coach, own=True)


def today(request: HttpRequest, coach: str) -> HttpResponse:
    """The same by whoever leads or manages the coaches."""
    one = _looked_after(request, coach)
    if request.method == "POST":
        _say(request, cover.cannot_work_today(one, by=request.user, now=clock.now()))
        return redirect("cover:calls", one.slug)
    return _ask(request, one, own=False)


def _ask(request: HttpRequest, coach: Coach, *, own: bool) -> HttpResponse:
    booked = cover.of_today(coach, now=clock.now())
    context = {"coach": coach, "booked": booked, "zone": coach.time_zone, "own": own}
    return render(request, "coaching/cannot_work.html", context)


def _say(request: HttpRequest, calls: int) -> None:
    words = ngettext(
        "Today is off. %(calls)s person is told, with other times.",
        "Today is off. %(calls)s people are told, with other times.",
        calls,
    )
    messages.success(request, words % {"calls": calls} if calls else _("Today is off. No call was booked."))


def _looked_after(request: HttpRequest, slug: str) -> Coach:
    """Return a coach of a programme that this person leads or manages. Raises Http404."""
    coach = Coach.objects.select_related("user").filter(slug=slug).first()
    if coach is None or not cover.looks_after(request.user, coach):
        raise Http404
    return coach


def calls(request: HttpRequest, coach: str) -> HttpResponse:
    """Show what a coach still has to hold (GET); note a leave, or end the coach (POST)."""
    one, now = _looked_after(request, coach), clock.now()
    today_there = cover.today(one, now=now)
    if request.method != "POST":
        return _calls(request, one, hours_forms.Away(today=today_there))
    if "end" in request.POST:
        _say_called_off(request, cover.end(one, by=request.user, now=now))
        return redirect("cover:calls", one.slug)
    form = hours_forms.Away(request.POST, today=today_there)
    if not form.is_valid():
        return _calls(request, one, form, status=TO_PUT_RIGHT)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    _say_called_off(request, cover.go_on_leave(one, first=first, last=last, by=request.user, now=now))
    return redirect("cover:calls", one.slug)


def _calls(request: HttpRequest, coach: Coach, away: hours_forms.Away, *, status: int = 200) -> HttpResponse:
    context = {
        "coach": coach,
        "booked": cover.coming(coach, now=clock.now()),
        "zone": coach.time_zone,
        "away": away,
        "absences": coach.absences.filter(last_date__gte=away.today),
    }
    return render(request, "coaching/coming_calls.html", context, status=status)


def _say_called_off(request: HttpRequest, calls: int) -> None:
    words = ngettext(
        "This is noted. %(calls)s call is called off, and the person is told.",
        "This is noted. %(calls)s calls are called off, and the people are told.",
        calls,
    )
    messages.success(request, words % {"calls": calls})


def call(request: HttpRequest, coach: str, booking: uuid.UUID) -> HttpResponse:
    """Show who else is free at the time of a call (GET), then hand it over or call it off (POST)."""
    one, now = _looked_after(request, coach), clock.now()
    found = cover.booking_of(one, booking, now=now)
    if found is None:
        raise Http404
    free = cover.stand_ins(found, now=now)
    if request.method != "POST":
        return _call(request, one, found, free)
    if "call_off" in request.POST:
        cover.call_off(found, by=request.user, now=now)
        messages.success(request, _("This call is called off, and the person is told."))
        return redirect("cover:calls", one.slug)
    return _hand_over(request, one, found, free)


def _call(
    request: HttpRequest, coach: Coach, booking: Booking, free: list[Coach], fault: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    faults = [{"target": "id_to_0" if free else "", "words": fault}] if fault else []
    context = {"coach": coach, "booking": booking, "zone": coach.time_zone, "free": free, "faults": faults}
    return render(request, "coaching/hand_over.html", context, status=status)


def _hand_over(request: HttpRequest, coach: Coach, booking: Booking, free: list[Coach]) -> HttpResponse:
    to = next((each for each in free if each.slug == request.POST.get("to")), None)
    if to is None:
        return _call(request, coach, booking, free, _("Choose who takes this call."), TO_PUT_RIGHT)
    try:
        cover.hand_over(booking, to=to, by=request.user, now=clock.now())
    except bookings.SlotTaken:
        return _gone(request, coach, booking, _("That coach has just been booked. Choose another."))
    except bookings.TooLate:
        return _gone(request, coach, booking, _("It is too near for that coach. Choose another."))
    except (bookings.AlreadyCancelled, consent.NotConsented):
        messages.info(request, _("This call was cancelled in the meantime."))
        return redirect("cover:calls", coach.slug)
    messages.success(request, _("The call is handed over. Everybody is told."))
    return redirect("cover:calls", coach.slug)


def _gone(request: HttpRequest, coach: Coach, booking: Booking, words: str) -> HttpResponse:
    free = cover.stand_ins(booking, now=clock.now())
    return _call(request, coach, booking, free, words, GONE)
