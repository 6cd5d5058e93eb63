"""Keeping parts on one's own phone: the page that offers it, the worker, and the words that the worker fetches.

Those words stand at addresses of their own, below /kept/. They hold no name, no token, no progress and nothing that
anybody wrote, so that what a phone stores says nothing of its person.
"""

import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

from content_pages import access, offline, outline, place, rendering
from content_pages.place import Place
from resilience import clock
from resilience.accounts import device, drafting
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

PROGRAMMES = "/programmes/"
ICONS = {"any": ("icon-192.png", "192x192"), "maskable": ("icon-512.png", "512x512")}


@never_cache
def phone(request: HttpRequest) -> HttpResponse:
    """Offer to keep parts on this phone, and to take them off it."""
    enrolment = _takes_part(request)
    if enrolment is None:
        return access.to_their_page()
    found = outline.read(enrolment.cohort.programme.slug)
    now = clock.now()
    context = {
        "shared": device.is_shared(request),
        "fresh": device.fresh(request),
        "parts": offline.opened(found, place.facts_of(enrolment, found, address=request.path, now=now))
        if found
        else [],
        "site_name": enrolment.cohort.programme.public_name,
    }
    return render(request, "content_pages/phone.html", context)


def _takes_part(request: HttpRequest) -> Enrolment | None:
    enrolment = enrolments.current(request.user)
    return None if enrolment is None or enrolment.withdrawn_at is not None else enrolment


@never_cache
def line(request: HttpRequest) -> HttpResponse:
    """Say to the worker who is signed in (by a word that is nobody's name), with the tokens of one post."""
    page = request.GET.get("page", "")
    keeps = not device.is_shared(request) and _takes_part(request) is not None
    return JsonResponse(
        {
            "who": offline.word_of(request.user) if keeps else "",
            "csrf": get_token(request),
            "draft": drafting.token(request, page=page) if page.startswith(PROGRAMMES) else "",
        }
    )


@never_cache
def module(request: HttpRequest, programme: str, module: str) -> HttpResponse:
    """Return the words of one part."""
    here = _open(request, programme=programme, module=module)
    return render(request, "content_pages/kept_module.html", offline.module(here))


@never_cache
def activity(request: HttpRequest, programme: str, module: str, activity: str) -> HttpResponse:
    """Return the words of one piece, with empty boxes."""
    here = _open(request, programme=programme, module=module, activity=activity)
    pieces = rendering.of_activity(
        here.activity.raw, tailored=here.reader.tailored, collects=True, language=here.activity.language
    )  # fmt: skip
    return render(request, "content_pages/kept_activity.html", offline.activity(here, pieces))


def _open(request: HttpRequest, **named: str) -> Place:
    """Return where a request stands. Raises Http404 where that is not open to somebody who takes part."""
    try:
        here = place.find(request, **named)
    except access.Elsewhere:
        raise Http404 from None
    if here.wait is not None:
        raise Http404
    return here


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker's script, told which addresses it keeps and what it says to people."""
    told = f"const SHELL = {json.dumps(offline.shell())};\nconst WORDS = {json.dumps(offline.words())};\n"
    script = Path(finders.find("resilience/keep-worker.js")).read_text()
    return HttpResponse(told + script, content_type="text/javascript; charset=utf-8")


@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> JsonResponse:
    """Return what a phone needs to put the site beside its other programs; the name gives nothing away."""
    name = _("Staff programme")
    icons = [
        {"src": static(f"resilience/{file}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for purpose, (file, sizes) in ICONS.items()
    ]
    return JsonResponse(
        {
            "name": name, "short_name": name, "start_url": "/my/", "scope": "/", "display": "standalone",
            "background_color": "#f5f6f2", "theme_color": "#12403a",
            "icons": [*icons, {"src": static("resilience/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )  # fmt: skip


@cache_control(public=True, max_age=3600)
def not_connected(request: HttpRequest) -> HttpResponse:
    """Return what is shown where a page was never opened and there is no line."""
    return render(request, "content_pages/not_connected.html")
