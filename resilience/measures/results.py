"""Somebody's own results over time, for themselves alone: the numbers, and how much of a change can be chance.

Never a diagnosis, a label or a colour. Knowing one's numbers can change later answers, so the plan of the programme
says from when they are shown, and the first look is kept for the report to count.
"""

import enum
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from resilience.measures import catalogue, occasions, timepoints
from resilience.measures.catalogue import Instrument
from resilience.measures.models import ResultsSeen, Score
from resilience.measures.scoring import noise
from resilience.participants.models import Enrolment, ResultsShown

WHOLE_NUMBERS_FROM = 10  # a scale as long as this is told in whole numbers, a shorter one with one decimal


class Open(enum.StrEnum):
    """Whether somebody may see their results now."""

    SHOWN = "SHOWN"
    LATER = "LATER"
    NEVER = "NEVER"


@dataclass(frozen=True)
class Point:
    """One result: when it was asked, when it was answered, and the number as it is told."""

    label: str
    at: datetime
    value: float


@dataclass(frozen=True)
class Line:
    """The results of one set of questions, in the order of the plan."""

    instrument: Instrument
    low: float
    high: float
    points: tuple[Point, ...]
    chance: float | None
    source: str

    @property
    def decimals(self) -> int:
        """Return how many decimals its numbers have."""
        return 0 if self.high - self.low >= WHOLE_NUMBERS_FROM else 1

    @property
    def change(self) -> float | None:
        """Return last minus first; None of a single result."""
        if len(self.points) < 2:
            return None
        return round(self.points[-1].value - self.points[0].value, self.decimals)

    @property
    def fall(self) -> float:
        """Return by how much the last lies below the first."""
        return -(self.change or 0)

    @property
    def can_be_chance(self) -> bool:
        """Return whether the change is smaller than what chance alone can make."""
        return self.chance is not None and self.change is not None and abs(self.change) < self.chance


def standing(enrolment: Enrolment, *, now: datetime) -> Open:
    """Return whether somebody may see their results: after the last questions, or as the plan says."""
    when = enrolment.cohort.programme.results_shown
    if when == ResultsShown.NEVER:
        return Open.NEVER
    if when == ResultsShown.ALWAYS or enrolment.withdrawn_at is not None:
        return Open.SHOWN
    return Open.SHOWN if _last_is_over(enrolment, now=now) else Open.LATER


def _last_is_over(enrolment: Enrolment, *, now: datetime) -> bool:
    planned = timepoints.plan_of(enrolment.cohort.programme_id)
    if not planned:
        return False
    last = planned[-1]
    due_at = timepoints.due_dates(enrolment, planned).get(last.pk)
    over = due_at is not None and due_at + timedelta(days=last.window_days) <= now
    return over or occasions.answered(enrolment, last.key)


def of(enrolment: Enrolment) -> list[Line]:
    """Return the results of each set of questions that has one score for the whole, in the order they were asked."""
    found: dict[str, list[Point]] = {}
    for row in _scores(enrolment):
        instrument = catalogue.load().get(row.response.instrument)
        if instrument is not None and len(instrument.scales) == 1:
            found.setdefault(instrument.key, []).append(_point(row, instrument))
    return [_line(catalogue.get(key), points) for key, points in found.items()]


def _scores(enrolment: Enrolment) -> Iterable[Score]:
    answered = Score.objects.filter(
        response__respondent=enrolment.respondent_id,
        response__occasion__isnull=False,
        response__corrected_by=None,
        value__isnull=False,
    )
    place = ("response__occasion__timepoint__position", "response__submitted_at")
    return answered.select_related("response__occasion__timepoint").order_by(*place)


def _point(row: Score, instrument: Instrument) -> Point:
    low, high = instrument.scales[0].range
    decimals = 0 if high - low >= WHOLE_NUMBERS_FROM else 1
    response = row.response
    return Point(response.occasion.timepoint.label, response.submitted_at, round(row.value, decimals))


def _line(instrument: Instrument, points: Sequence[Point]) -> Line:
    low, high = instrument.scales[0].range
    line = Line(instrument, low, high, tuple(points), None, noise.source(instrument.change))
    smallest = noise.smallest_change(instrument.change)
    if smallest is None:
        return line
    step = 10**line.decimals
    return Line(instrument, low, high, line.points, math.ceil(smallest * step) / step, line.source)


def look(enrolment: Enrolment, *, now: datetime) -> None:
    """Keep that somebody saw their results for the first time."""
    ResultsSeen.objects.get_or_create(respondent_id=enrolment.respondent_id, defaults={"first_at": now})


def seen(respondents: Iterable[UUID], *, as_of: datetime) -> dict[UUID, datetime]:
    """Return who of them saw their own results, and when first: for the report, which says so."""
    rows = ResultsSeen.objects.filter(respondent__in=list(respondents), first_at__lte=as_of)
    return dict(rows.values_list("respondent_id", "first_at"))
