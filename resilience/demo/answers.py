"""Puts many answers into the database at once, scored by the product's own rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from resilience.measures import catalogue, scores
from resilience.measures.models import Occasion, Response, Score, Timepoint
from resilience.participants.models import Respondent


@dataclass(frozen=True)
class Given:
    """What one person answered to one instrument at one time point; None: it fell due and was not answered."""

    respondent: Respondent
    timepoint: Timepoint
    instrument: str
    due_at: datetime
    answers: dict[str, int] | None
    at: datetime | None = None


def store(given: Iterable[Given]) -> None:
    """Store the occasions, the responses and their scores."""
    occasions, responses = [], []
    for one in given:
        occasion = Occasion(
            respondent=one.respondent,
            timepoint=one.timepoint,
            instrument=one.instrument,
            due_at=one.due_at,
            closes_at=one.due_at + timedelta(days=one.timepoint.window_days),
        )
        occasions.append(occasion)
        if one.answers is not None:
            responses.append(_response(one, occasion))
    Occasion.objects.bulk_create(occasions, batch_size=500)
    Response.objects.bulk_create(responses, batch_size=500)
    Score.objects.bulk_create([score for row in responses for score in scores.of(row)], batch_size=500)


def _response(one: Given, occasion: Occasion) -> Response:
    return Response(
        respondent=one.respondent,
        occasion=occasion,
        instrument=one.instrument,
        version=catalogue.get(one.instrument).version,
        answers=one.answers,
        submitted_at=one.at,
    )
