"""A coach's pages: today, weekly hours, one call. A coach sees a chosen first name, never an address or a number."""

import uuid
from datetime import datetime, timedelta

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.accounts import drafting, roles
from resilience.accounts.models import Role
from resilience.coaching import booking as bookings
from resilience.coaching import (
    calendar_file,
    calls,
    diary,
    forms,
    guides,
    notices,
    offers,
    outcomes,
    pins,
    ratings,
)
from resilience.coaching.models import Booking, By, Call, Coach, Side, Status
from resilience.engagement import attendance, sharing

TO_PUT_RIGHT = 422
TOO_LATE = 409
KEPT_IN_THE_FEED = timedelta(days=30)


def mine(request: HttpRequest) -> Coach:
    """Return the coach who is signed in. Raises Http404."""
    coach = Coach.objects.filter(user=request.user).first()
    if coach is None:
        raise Http404
    return coach


def today(request: HttpRequest) -> HttpResponse:
    """Show the coach's day first, then the week; the coaches' lead sees how full each coach's weeks are."""
    now = clock.now()
    coach = Coach.objects.filter(user=request.user).first()
    context: dict = {"coach": coach, "now": now, "zone": coach.time_zone if coach else "Europe/London"}
    context["meetings"] = attendance.of_facilitator(request.user)
    if coach is not None:
        context |= diary.day(coach, now=now)
    if roles.holds(request.user, Role.COACH_LEAD):
        programmes = roles.programmes(request.user, Role.COACH_LEAD)
        context["capacity"] = diary.capacity(programmes=programmes, now=now)
    return render(request, "coaching/today.html", context)


def _booking(request: HttpRequest, booking: uuid.UUID) -> Booking:
    found = Booking.objects.filter(coach__user=request.user, pk=booking).select_related(
        "coach__respondent", "enrolment__cohort__programme", "enrolment__participant__user", "enrolment__respondent",
        "participant__user",
    )  # fmt: skip
    if (one := found.first()) is None:
        raise Http404
    return one


def call(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show one call before it, and after it ask for the coach's word and own answers (POST takes them)."""
    one, now = _booking(request, booking), clock.now()
    newest = one.calls.filter(version=one.version).first()
    if one.status == Status.CANCELLED or newest is None or now < one.starts_at:
        return _before(request, one)
    if request.method == "POST":
        return _take(request, one, newest, now=now)
    saying, *rating = [drafting.give_back(request, form) for form in _empty_forms(newest)]
    return _after(request, one, newest, saying, rating)


def _before(request: HttpRequest, one: Booking) -> HttpResponse:
    context = _facts(one) | {"copies": _copies(request, one)}
    context["guide_call"] = guides.of_call(one.enrolment.cohort.programme, context["which"])
    context["guide"] = guides.of(one.enrolment.cohort.programme)
    return render(
        request, "coaching/coach_call.html", context, status=TOO_LATE if request.method == "POST" else 200
    )


def _facts(one: Booking) -> dict:
    return {
        "booking": one,
        "name": one.participant.chosen_name,
        "zone": one.coach.time_zone,
        "number": notices.number(),
        "pin": pins.shown(one, Side.COACH),
        "which": offers.calls_held(one.enrolment) + 1,
        "over": clock.now() >= one.starts_at,
    }


def _copies(request: HttpRequest, one: Booking) -> list[sharing.Copy]:
    """Return what the participant shares with the coach whose call this is; a cancelled one opens nothing."""
    if one.status != Status.BOOKED or one.enrolment.withdrawn_at is not None:
        return []
    return sharing.read(one.enrolment, by=request.user, at=clock.now())


def _empty_forms(newest: Call) -> list[BaseForm]:
    settled = calls.proposed(newest)
    known = {"outcome": settled.outcome, "minutes": f"{round(settled.minutes, 1):g}"} if settled else {}
    return [forms.Saying(initial=known), *ratings.forms_for(Side.COACH)]


def _after(
    request: HttpRequest, one: Booking, newest: Call, saying: forms.Saying, rating: list, status: int = 200
) -> HttpResponse:
    faults = [
        {"target": "id_minutes" if name == "minutes" else "id_outcome_0", "words": words}
        for name, messages in saying.errors.items()
        for words in messages
    ]
    context = _facts(one) | {
        "copies": _copies(request, one),
        "call": newest,
        "saying": saying,
        "forms": rating,
        "faults": faults + ratings.faults(rating),
        "rated": ratings.given(newest, side=Side.COACH),
        "said": newest.events.filter(kind=outcomes.COACH_SAID).exists(),
        "talked": newest.bridged_at is not None,
        "under_way": newest.ended_at is None,
        "guide_call": guides.of_call(
            one.enrolment.cohort.programme, max(1, offers.calls_held(one.enrolment))
        ),
    }
    return render(request, "coaching/after_call.html", context, status=status)


def _take(request: HttpRequest, one: Booking, newest: Call, *, now: datetime) -> HttpResponse:
    saying, rating = forms.Saying(request.POST), ratings.forms_for(Side.COACH, data=request.POST)
    if not all([saying.is_valid(), *[form.is_valid() for form in rating]]):
        return _after(request, one, newest, saying, rating, status=TO_PUT_RIGHT)
    word = saying.cleaned_data
    minutes = _exact(newest, word["minutes"])
    calls.say(newest, outcome=word["outcome"], minutes=minutes, by=request.user, now=now)
    given = ratings.answers(rating)
    if any(given.values()):
        ratings.record(newest, side=Side.COACH, answers=given, now=now)
    drafting.forget(user=request.user, page=request.path)
    return redirect("coach:today")


def _exact(newest: Call, minutes: float) -> float:
    """Return the telephone's own figure where the coach left its rounded one as it was."""
    settled = calls.proposed(newest)
    if settled is not None and round(settled.minutes, 1) == round(minutes, 1):
        return settled.minutes
    return minutes


def cancel(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask once more (GET), then cancel from our side (POST): the participant is sent other times."""
    one = _booking(request, booking)
    if request.method == "POST":
        try:
            bookings.cancel(one, by=request.user, now=clock.now(), side=By.COACH)
        except bookings.TooLate:
            return render(request, "coaching/coach_cancel.html", _facts(one), status=TOO_LATE)
        return redirect("coach:today")
    return render(request, "coaching/coach_cancel.html", _facts(one))


def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a coach's calendar to whoever holds its secret address: times only."""
    coach = Coach.objects.filter(calendar_secret=secret, is_active=True).first()
    if coach is None:
        raise Http404
    now = clock.now()
    kept = Booking.objects.filter(coach=coach, starts_at__gt=now - KEPT_IN_THE_FEED).order_by("starts_at")
    content = calendar_file.feed(kept.exclude(status=Status.HELD), now=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=300"
    return answer
