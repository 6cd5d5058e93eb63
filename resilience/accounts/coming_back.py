"""The page to come back to once somebody has signed in, or shown who they are."""

from django.http import HttpRequest
from django.urls import Resolver404

from resilience import languages
from resilience.accounts import policy

FRONT = "/"


def page(request: HttpRequest) -> str:
    """Return the address itself where it can be looked at, else the nearest one above it that can.

    Some addresses only take a post; opened after a sign-in they would be an empty page.
    """
    if request.method != "POST" or _shows(request.path_info):
        return request.get_full_path()
    above = request.path_info
    while above != FRONT:
        above = above.rstrip("/").rpartition("/")[0] + "/"
        if _shows(above):
            return above
    return FRONT


def _shows(path: str) -> bool:
    """Return whether an address of ours answers a GET. What Wagtail serves takes no posts, so it is not asked."""
    try:
        name = languages.answering(path).view_name
    except Resolver404:
        return False
    return name != "wagtail_serve" and policy.find(name, method="GET", path=path.lstrip("/")) is not None
