"""What every page may say of the site and of the person."""

from django.http import HttpRequest

from resilience.accounts import drafting


def site(request: HttpRequest) -> dict:
    """Return the page's context: the draft token is made only where a template asks for it."""
    return {"draft_token": lambda: drafting.token(request)}
