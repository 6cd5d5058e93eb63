"""A question asked of the database once for each row of a list fails the test: on every page that participants read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context

PAGES = ("/my/", "/programmes/", "/kept/", "/calls/", "/join/", "/help-now/", "/promise/")


def guard(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that the tests' settings put in front; what it finds is raised as NPlusOneError."""

    def watched(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PAGES):
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return watched
