"""The page of people to talk to: made once, served from the cache, and from a file when all else is down."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from resilience.organisations import support
from resilience.organisations.models import SupportRoute

FIVE_MINUTES = 300
LINK_TO_STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')
LINK_TO_ICON = re.compile(r'<link rel="icon"[^>]*>\n?')
FOR_EVERYBODY = 0o644


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


def place() -> Path:
    """Return the file that the proxy serves while the site is away."""
    return Path(settings.VAR_DIR) / "help-now" / "index.html"


def write(path: Path) -> None:
    """Write the page as one file that needs no other. Raises OSError where it cannot be written there."""
    page = LINK_TO_STYLE.sub(lambda _: f"<style>\n{_style()}</style>", made_now())
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(LINK_TO_ICON.sub("", page))
    fresh.chmod(FOR_EVERYBODY)  # the proxy reads it as another user
    fresh.replace(path)


def _style() -> str:
    return Path(finders.find("resilience/site.css")).read_text()
