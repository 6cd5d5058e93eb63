"""Pages that say no, in our words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience.accounts import drafting


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page had grown too old; what was typed is kept where we know whose it is."""
    kept = drafting.keep(request)
    return render(request, "403_csrf.html", {"kept": kept}, status=403)
