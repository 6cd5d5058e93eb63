"""A coach's pages: today, weekly hours, one call. A coach sees a chosen first name, never an address or a number."""

import uuid
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.coaching import booking as bookings
from resilience.coaching import calendar_file, diary, events, guides, minimum, outcomes
from resilience.coaching.models import Booking, By, Coach, Status
from resilience.coaching.views import after, coachs_call
from resilience.engagement import attendance

TOO_LATE = 409
KEPT_IN_THE_FEED = timedelta(days=30)


def mine(request: HttpRequest) -> Coach:
    """Return the coach who is signed in. Raises Http404."""
    coach = Coach.objects.select_related("user").filter(user=request.user).first()
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
        context |= diary.day(coach, now=now) | minimum.stands(coach)
    if roles.holds(request.user, Role.COACH_LEAD):
        programmes = roles.programmes(request.user, Role.COACH_LEAD)
        context["capacity"] = diary.capacity(programmes=programmes, now=now)
    return render(request, "coaching/today.html", context)


def call(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show one call before it, and after it ask for the coach's word and own answers (POST takes them)."""
    one, now = coachs_call.of(request, booking), clock.now()
    newest = one.calls.filter(version=one.version).first()
    if one.status == Status.CANCELLED or newest is None or now < one.starts_at:
        return _before(request, one)
    if outcomes.kept_apart(events.of(newest)):
        context = coachs_call.facts(one)
        status = TOO_LATE if request.method == "POST" else 200
        return render(request, "coaching/apart.html", context, status=status)
    if request.method == "POST":
        return after.take(request, one, newest, now=now)
    return after.show(request, one, newest)


def _before(request: HttpRequest, one: Booking) -> HttpResponse:
    context = coachs_call.facts(one) | {"copies": coachs_call.copies(request, one)}
    context |= coachs_call.between_the_two(request, one)
    context["guide_call"] = guides.of_call(one.enrolment.cohort.programme, context["which"])
    context["guide"] = guides.of(one.enrolment.cohort.programme)
    return render(
        request, "coaching/coach_call.html", context, status=TOO_LATE if request.method == "POST" else 200
    )


def cancel(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask once more (GET), then cancel from our side (POST): the participant is sent other times."""
    one = coachs_call.of(request, booking)
    if request.method == "POST":
        try:
            bookings.cancel(one, by=request.user, now=clock.now(), side=By.COACH)
        except bookings.TooLate:
            return render(request, "coaching/coach_cancel.html", coachs_call.facts(one), status=TOO_LATE)
        return redirect("coach:today")
    return render(request, "coaching/coach_cancel.html", coachs_call.facts(one))


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
