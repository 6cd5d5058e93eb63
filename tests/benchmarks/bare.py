"""The yardsticks: one query and a 40-line template; one row inserted. The same middleware, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.audit.models import AuditEvent
from resilience.organisations.models import Organisation


def read(request: HttpRequest) -> HttpResponse:
    """Show a small page made from one row; the signed-in person is touched, as every page of ours does."""
    context = {"person": request.user.pk, "row": Organisation.objects.first(), "numbers": range(10)}
    return render(request, "benchmarks/bare.html", context)


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row and redirect; the signed-in person is touched."""
    AuditEvent.objects.create(at=clock.now(), event="measured", actor_id=request.user.pk)
    return redirect("/bench/read/")
