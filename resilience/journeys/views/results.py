"""Somebody's own results over time, for themselves alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.measures import results, results_drawing
from resilience.participants import enrolments


def own(request: HttpRequest) -> HttpResponse:
    """Show them where the plan of the programme lets them be seen, and keep the first look."""
    enrolment = enrolments.chosen(request.user, request.GET.get("programme", ""))
    if enrolment is None:
        return redirect("journeys:after-sign-in")
    now = clock.now()
    standing = results.standing(enrolment, now=now)
    lines = results.of(enrolment) if standing == results.Open.SHOWN else []
    if lines:
        results.look(enrolment, now=now)
    context = {
        "enrolment": enrolment,
        "standing": standing,
        "lines": [(line, results_drawing.of(line)) for line in lines],
        "zone": enrolment.participant.time_zone,
    }
    return render(request, "journeys/results.html", context)
