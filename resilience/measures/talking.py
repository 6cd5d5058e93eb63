"""Who somebody can turn to, and whether an answer asks that they are shown it at once."""

from collections.abc import Mapping

from resilience.measures import catalogue
from resilience.measures.instrument import Instrument
from resilience.measures.models import Occasion
from resilience.organisations import support
from resilience.organisations.cards import Card
from resilience.participants.models import Enrolment


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
