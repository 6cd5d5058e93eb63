"""A programme manager's page: how many have a place, wait and came; never who."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.engagement import live_sessions


def meetings(request: HttpRequest) -> HttpResponse:
    """Show the live sessions of the programmes that somebody runs, in figures."""
    found = live_sessions.counted(roles.programmes(request.user, Role.MANAGER))
    return render(request, "engagement/meetings.html", {"meetings": found})
