"""What somebody may be asked: an instrument, or single items of one, may need a consent of their own.

Without that consent nothing of it is shown, and nothing of it is stored, whatever is sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from resilience.measures import catalogue
from resilience.measures.catalogue import Instrument
from resilience.measures.models import PlannedMeasure
from resilience.participants import consent
from resilience.participants.models import Enrolment, Respondent


class NotAgreed(Exception):
    """The person has not agreed to being asked this."""


def purposes_asked_for(programme: UUID) -> set[str]:
    """Return the purposes that something in a programme's plan needs."""
    marked = {key: needs for key, each in catalogue.load().items() if (needs := _needs(each))}
    if not marked:
        return set()
    planned = PlannedMeasure.objects.filter(timepoint__programme=programme, instrument__in=marked)
    return set().union(*(marked[key] for key in planned.values_list("instrument", flat=True).distinct()))


def withheld(respondent: Respondent, instruments: Iterable[str]) -> set[str]:
    """Return those of the instruments of which somebody is to be shown nothing; most need no look at the consents."""
    marked = [catalogue.load()[key] for key in set(instruments) & _marked()]
    return {each.key for each in marked if not shown(each, respondent).asked}


def _marked() -> set[str]:
    return {each.key for each in catalogue.load().values() if _needs(each)}


def shown(instrument: Instrument, respondent: Respondent) -> Instrument:
    """Return an instrument with the items that somebody may be asked: all where it needs no consent, or of a coach."""
    enrolment: Enrolment | None = getattr(respondent, "enrolment", None) if _needs(instrument) else None
    if enrolment is None:
        return instrument
    whole = consent.may_ask(enrolment, instrument)
    items = [item for item in instrument.items if whole and consent.may_ask(enrolment, item)]
    return replace(instrument, items=tuple(items))


def require(respondent: Respondent, instrument: str, answers: Mapping[str, int]) -> None:
    """Do nothing where somebody may be asked what they answered. Raises NotAgreed."""
    asked = catalogue.get(instrument)
    allowed = shown(asked, respondent)
    if allowed is not asked and not (allowed.items and set(answers) <= {item.key for item in allowed.items}):
        raise NotAgreed(instrument)


def _needs(instrument: Instrument) -> set[str]:
    return {each.needs_consent for each in (instrument, *instrument.items)} - {""}
