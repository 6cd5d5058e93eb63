"""Questions that are due, as the task list names them."""

from dataclasses import dataclass
from datetime import datetime

from resilience.measures import catalogue, occasions
from resilience.measures.models import Occasion
from resilience.participants.models import Enrolment


@dataclass(frozen=True)
class Sitting:
    """The questions of one time point: how many, how long, until when."""

    label: str
    timepoint: str
    instrument: str
    questions: int
    minutes: int
    closes_at: datetime


def sittings(enrolment: Enrolment, *, now: datetime) -> list[Sitting]:
    """Return what is due now, a row for each time point."""
    by_timepoint: dict[str, list[Occasion]] = {}
    for occasion in occasions.due(enrolment.respondent, now=now):
        by_timepoint.setdefault(occasion.timepoint.key, []).append(occasion)
    return [_sitting(mine) for mine in by_timepoint.values()]


def _sitting(mine: list[Occasion]) -> Sitting:
    parts = [catalogue.get(each.instrument) for each in mine]
    return Sitting(
        label=mine[0].timepoint.label,
        timepoint=mine[0].timepoint.key,
        instrument=mine[0].instrument,
        questions=sum(len(part.asked) for part in parts),
        minutes=catalogue.minutes_of(parts),
        closes_at=min(each.closes_at for each in mine),
    )
