"""People to talk to, in the same response as an answer that asks for them: whatever else becomes of the answers."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience import clock
from resilience.audit import events, trail
from resilience.measures import talking
from resilience.measures.models import Occasion
from resilience.organisations import help_page

REDIRECTS = (301, 302, 303)
TO_PUT_RIGHT, NOT_NOW = 422, 503
log = logging.getLogger(__name__)
Take = Callable[[HttpRequest, Occasion], HttpResponse]


def beside(request: HttpRequest, occasion: Occasion, take: Take) -> HttpResponse:
    """Take the answers; where one of them asks for it, answer with people to talk to instead of sending onward.

    The page comes whether the answers were kept, were kept before, came too late or could not be kept at all. Where
    there is something to put right the form comes back with the people above it.
    """
    if not talking.is_alarming(talking.asked(occasion), request.POST):
        return take(request, occasion)
    try:
        with transaction.atomic():
            taken = take(request, occasion)
            trail.record(
                events.SUPPORT_SHOWN, at=clock.now(), target=occasion, instrument=occasion.instrument
            )
    except DatabaseError:
        log.exception("answers were not kept, and people to talk to are shown")
        return HttpResponse(help_page.html(), status=NOT_NOW)
    if taken.status_code == TO_PUT_RIGHT:
        return taken
    return _shown(request, occasion, taken)


def _shown(request: HttpRequest, occasion: Occasion, taken: HttpResponse) -> HttpResponse:
    kept = taken.status_code in REDIRECTS
    context = {
        "routes": talking.routes_of(occasion.respondent.enrolment),
        "kept": kept,
        "onward": taken.headers["Location"] if kept else "",
    }
    return render(request, "measures/people_now.html", context, status=200 if kept else taken.status_code)
