"""Answers the pages that stand as files before anything asks who somebody is, or for a database."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from resilience.organisations import plain

FIVE_MINUTES = 300
READING = ("GET", "HEAD")


class PlainPagesMiddleware:
    """Gives a page from its file; where none stands, or what it says is no longer true, the page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = plain.kept(request.path_info) if request.method in READING else None
        if page is None:
            return self.get_response(request)
        return get_conditional_response(request, etag=page.tag, response=_answer(request, page))


def _answer(request: HttpRequest, page: plain.Kept) -> HttpResponse:
    """Return the page with what later layers would have added to it: they are not asked."""
    response = HttpResponse(page.body, content_type="text/html; charset=utf-8")
    response["ETag"] = page.tag
    response["Content-Security-Policy"] = f"{page.policy}; frame-ancestors 'none'"
    response["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    response["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure() and settings.SECURE_HSTS_SECONDS:
        response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
    return response
