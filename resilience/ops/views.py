"""Probes, the operator's page and the small files that every site is asked for."""

import dataclasses
import hmac
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache

from resilience import clock
from resilience.messaging import troubles
from resilience.messaging.models import State
from resilience.ops import health, metrics, schedules

ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /my/
Disallow: /calls/
Disallow: /coach/
Disallow: /evaluations/
Disallow: /cms/
Disallow: /manage/
Disallow: /operate/
Disallow: /safeguarding/
Disallow: /demo/
"""


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether each part works: 200, or 503 when one does not."""
    found = health.look(now=clock.now())
    return JsonResponse(dataclasses.asdict(found), status=200 if found.ready else 503)


@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """Give monitoring its numbers; anybody else finds nothing here."""
    if not _may_read_numbers(request):
        raise Http404
    found = health.look(now=clock.now())
    counted = (
        health.numbers() if found.database == found.migrations == health.OK else health.Numbers(0, 0, {})
    )
    return HttpResponse(metrics.text(found, counted), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_numbers(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    behind_proxy = "X-Forwarded-For" in request.headers
    return not behind_proxy and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to leave people's pages alone."""
    return HttpResponse(ROBOTS, content_type="text/plain")


@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for the icon by its old name."""
    found = finders.find("resilience/mark.svg")
    if not found:
        raise Http404
    return HttpResponse(Path(found).read_bytes(), content_type="image/svg+xml")


@never_cache
def operate(request: HttpRequest) -> HttpResponse:
    """Show the operator at a glance whether the site works."""
    found, counted = health.look(now=clock.now()), health.numbers()
    return render(
        request,
        "ops/operate.html",
        {
            "health": found,
            "numbers": counted,
            "outbox": [(State(state).label, rows) for state, rows in counted.outbox.items()],
            "jobs": schedules.standing(),
            "troubles": troubles.standing(),
            "read_at": clock.now(),
        },
    )
