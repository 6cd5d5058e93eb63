"""The yardsticks: one query and a 40-line template; one row inserted. The same middleware, nothing else."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.audit.models import AuditEvent
from resilience.coaching import slots
from resilience.organisations.models import Organisation
from resilience.participants.models import Programme

HALF_AN_HOUR = timedelta(minutes=30)


def read(request: HttpRequest) -> HttpResponse:
    """Show a small page made from one row; the signed-in person is touched, as every page of ours does."""
    context = {"person": request.user.pk, "row": Organisation.objects.first(), "numbers": range(10)}
    return render(request, "benchmarks/bare.html", context)


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row and redirect; the signed-in person is touched."""
    AuditEvent.objects.create(at=clock.now(), event="measured", actor_id=request.user.pk)
    return redirect("/bench/read/")


def free(request: HttpRequest) -> HttpResponse:
    """Show the next twenty free times with any coach on the small page: what the search alone costs over HTTP."""
    programme = Programme(pk=request.GET.get("programme"))
    found = slots.next_free(
        coaches=slots.coaches_of(programme), length=HALF_AN_HOUR, now=clock.now(), most=20
    )
    context = {"person": request.user.pk, "row": "", "numbers": [slot.starts_at for slot in found]}
    return render(request, "benchmarks/bare.html", context)
