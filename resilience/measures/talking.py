"""People to talk to, in the same response as an answer that asks for them: whatever else becomes of the answers."""

import logging
from collections.abc import Callable, Mapping

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience import clock
from resilience.audit import events, trail
from resilience.measures import catalogue
from resilience.measures.instrument import Instrument
from resilience.measures.models import Occasion
from resilience.organisations import help_page, support
from resilience.organisations.cards import Card
from resilience.participants.models import Enrolment

REDIRECTS = (301, 302, 303)
TO_PUT_RIGHT = 422
NOT_NOW = 503
log = logging.getLogger(__name__)
Take = Callable[[HttpRequest, Occasion], HttpResponse]


def asked(occasion: Occasion) -> Instrument:
    """Return the instrument of an occasion in the version that its programme asks."""
    return catalogue.get(occasion.instrument, programme=occasion.respondent.enrolment.cohort.programme)


def routes_of(enrolment: Enrolment) -> list[Card]:
    """Return whom somebody can turn to."""
    return support.cards(enrolment.belongs_to, enrolment.belongs_as)


def is_alarming(instrument: Instrument, posted: Mapping) -> bool:
    """Return whether what was posted, or kept from before, holds an answer that asks for people to talk to."""
    return any(
        instrument.is_alarming({alert.item: value})
        for alert in instrument.alerts
        for value in _whole_numbers(posted, f"{instrument.key}-{alert.item}")
    )


def _whole_numbers(posted: Mapping, name: str) -> list[int]:
    sent = posted.getlist(name) if hasattr(posted, "getlist") else [posted.get(name, "")]
    return [int(value) for value in sent if str(value).isascii() and str(value).isdigit()]


def people_for(occasion: Occasion, posted: Mapping) -> list[Card]:
    """Return people to talk to where what stands in a form asks for them, else nothing."""
    return routes_of(occasion.respondent.enrolment) if is_alarming(asked(occasion), posted) else []


def beside(request: HttpRequest, occasion: Occasion, take: Take) -> HttpResponse:
    """Take the answers; where one of them asks for it, answer with people to talk to instead of sending onward.

    The page comes whether the answers were kept, were kept before, came too late or could not be kept at all. Where
    there is something to put right the form comes back with the people above it.
    """
    if not is_alarming(asked(occasion), request.POST):
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
        "routes": routes_of(occasion.respondent.enrolment),
        "kept": kept,
        "onward": taken.headers["Location"] if kept else "",
    }
    return render(request, "measures/people_now.html", context, status=200 if kept else taken.status_code)
