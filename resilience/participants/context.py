"""The name of the programme on every page."""

from django.http import HttpRequest

from resilience import clock
from resilience.participants import enrolments
from resilience.participants.models import Programme


def programme(request: HttpRequest) -> dict:
    """Return `site_name`, looked up only where a template asks for it: by one query, on error pages by none."""
    return {"site_name": lambda: site_name(request)}


def site_name(request: HttpRequest) -> str:
    """Return the public name of the person's programme, else of the one that is open; empty where there is none."""
    if getattr(request, "refused", False):
        return ""
    if not hasattr(request, "_site_name"):
        request._site_name = _own(request) or _open()
    return request._site_name


def _own(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.is_staff:
        return ""
    named = Programme.objects.filter(cohorts__enrolments__participant__user=user)
    return (
        named.order_by("-cohorts__enrolments__joined_at").values_list("public_name", flat=True).first() or ""
    )


def _open() -> str:
    cohort = enrolments.open_cohort(on=clock.now().date())
    return cohort.programme.public_name if cohort else ""
