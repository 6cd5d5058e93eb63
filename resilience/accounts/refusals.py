"""Pages that say no, in our words."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience.accounts import drafting

A_MINUTE = "60"


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page had grown too old; what was typed is kept where we know whose it is."""
    try:
        kept = drafting.keep(request)
    except Error:  # the page has to open without a database too
        kept = False
    return render(request, "403_csrf.html", {"kept": kept}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what does not exist and what somebody may not see: the same page, without a query."""
    request.refused = True
    return render(request, "404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer somebody who asks again and again, and say when to come back."""
    request.refused = True
    response = render(request, "429.html", status=429)
    response["Retry-After"] = A_MINUTE
    return response
