"""The page of people to talk to: made once, served from the cache, and from a file when all else is down."""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from resilience.organisations import support
from resilience.organisations.models import SupportRoute

FIVE_MINUTES = 300


def html() -> str:
    """Return the page; at most five minutes old."""
    key = f"help_page.{get_language()}"
    page = cache.get(key)
    if page is None:
        page = made_now()
        cache.set(key, page, FIVE_MINUTES)
    return page


def made_now() -> str:
    """Return the page as the routes stand now. It names nobody and needs no request."""
    routes = list(support.everywhere())
    return render_to_string(
        "organisations/help_now.html",
        {
            "urgent": [route for route in routes if route.urgent],
            "routes": [route for route in routes if not route.urgent],
            "organisations": support.by_organisation(SupportRoute.objects.all()),
        },
    )


def forget() -> None:
    """Make the page anew when it is next asked for: a route has changed."""
    cache.delete(f"help_page.{get_language()}")
