"""Public pages about help and privacy, and the list of people to talk to that somebody keeps true."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control

from resilience import clock
from resilience.organisations import help_page, promise, support


@cache_control(public=True, max_age=help_page.FIVE_MINUTES)
def help_now(request: HttpRequest) -> HttpResponse:
    """Show people to talk to; the same page for everyone, without a sign-in."""
    return HttpResponse(help_page.html())


def who_reads_what(request: HttpRequest) -> HttpResponse:
    """Show who may read what, from the live policy."""
    return render(request, "organisations/promise.html", {"lines": promise.lines()})


def safeguarding(request: HttpRequest) -> HttpResponse:
    """Show each support route that this lead keeps, with the day it was last checked."""
    theirs = support.by_organisation(support.of_lead(request.user))
    context = {"country": support.everywhere(), "organisations": theirs}
    return render(request, "organisations/safeguarding.html", context)


def checked(request: HttpRequest, route: str) -> HttpResponse:
    """Mark one route as checked today. Raises Http404 for one of an organisation that they do not lead in."""
    found = get_object_or_404(support.of_lead(request.user), pk=route)
    support.mark_as_checked(found, by=request.user, now=clock.now())
    help_page.forget()
    return redirect("organisations:safeguarding")
