"""Take the answers to one instrument: once, for good, scored in the same transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from resilience.audit import events, trail
from resilience.measures import beginning, catalogue, permission, scores
from resilience.measures.instrument import Instrument
from resilience.measures.models import Occasion, Response
from resilience.participants.models import Programme, Respondent


class NotOpen(Exception):
    """It is not asked yet, or its window has closed."""


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


class AnsweredBefore(Exception):
    """The person has answered this already; the first answers stand."""


class Odd(ValueError):
    """An answer is not among those offered; the message names the item."""


def submit(*, occasion: Occasion, answers: Mapping[str, int], at: datetime, mode: str = "web") -> Response:
    """Store the answers and their scores; return the Response.

    A second submit returns the first Response and changes nothing. With the last of their first questions somebody
    comes into a group, where the programme has groups. Raises Stopped, NotOpen, Odd or permission.NotAgreed.
    """
    if occasion.respondent.enrolment.withdrawn_at is not None:
        raise Stopped
    if not occasion.open_at(at):
        raise NotOpen
    instrument = _asked(occasion.instrument, occasion.respondent)
    _check(instrument, answers)
    try:
        with transaction.atomic():
            stored = _store(
                respondent=occasion.respondent, occasion=occasion, instrument=instrument,
                answers=answers, at=at, mode=mode,
            )  # fmt: skip
    except IntegrityError:
        return _first(occasion)
    beginning.look(occasion.respondent.enrolment, now=at)
    return stored


def _first(occasion: Occasion) -> Response:
    """Return what was stored before. Raises Stopped where the occasion is gone: deleting one's data takes it away."""
    first = Response.objects.filter(occasion=occasion.pk, corrects=None).first()
    if first is None:
        raise Stopped
    return first


@transaction.atomic
def record(*, respondent: Respondent, instrument: str, answers: Mapping[str, int], at: datetime) -> Response:
    """Store answers that no time point asked for, such as those after a call. Raises Odd."""
    asked = _asked(instrument, respondent)
    _check(asked, answers)
    return _store(respondent=respondent, occasion=None, instrument=asked, answers=answers, at=at, mode="web")


@transaction.atomic
def record_once(
    *, respondent: Respondent, instrument: str, answers: Mapping[str, int], at: datetime
) -> Response:
    """Store answers that are asked for once, outside any time point. Raises Stopped, AnsweredBefore or Odd."""
    Respondent.objects.select_for_update().get(
        pk=respondent.pk
    )  # of two posts at once the second sees the first
    if respondent.enrolment.withdrawn_at is not None:
        raise Stopped
    if Response.objects.filter(respondent=respondent, instrument=instrument, occasion=None).exists():
        raise AnsweredBefore
    return record(respondent=respondent, instrument=instrument, answers=answers, at=at)


def _store(*, occasion: Occasion | None, respondent: Respondent, instrument: Instrument, answers: Mapping[str, int],
           at: datetime, mode: str) -> Response:  # fmt: skip
    permission.require(respondent, instrument.key, answers)
    response = Response.objects.create(
        respondent=respondent,
        occasion=occasion,
        instrument=instrument.key,
        version=instrument.version,
        answers=dict(answers),
        mode=mode,
        language=get_language() or "",
        wording=_wording(respondent),
        submitted_at=at,
    )
    scores.store(response)
    trail.record(events.RESPONSE_SUBMITTED, at=at, target=response, instrument=instrument.key)
    return response


def _wording(respondent: Respondent) -> str:
    """Return the word that the person's programme uses; a coach's answers have none."""
    programme = _programme(respondent)
    return programme.wording if programme else ""


def _programme(respondent: Respondent) -> Programme | None:
    enrolment = getattr(respondent, "enrolment", None)
    return enrolment.cohort.programme if enrolment else None


def _asked(key: str, respondent: Respondent) -> Instrument:
    """Return the instrument in the version that the person's programme asks."""
    return catalogue.get(key, programme=_programme(respondent))


def _check(instrument: Instrument, answers: Mapping[str, int]) -> None:
    offered = {item.key: item.values for item in instrument.items}
    for key, value in answers.items():
        if key not in offered:
            raise Odd(f"{instrument.key} has no item {key}")
        if value not in offered[key]:
            raise Odd(f"{instrument.key} item {key}: {value} is not one of its answers")
