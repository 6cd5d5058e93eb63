"""Both sides' answers after calls as sums of a whole programme: of full tens of people, never one side's alone.

A pair is a person and a coach who both answered about a call: the first such call of each person. Of the first ten,
twenty, thirty: what is sealed for good must not come out of two reports with one pair between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import StatisticsError, correlation, fmean, stdev
from typing import Any
from uuid import UUID

from resilience.coaching import tens
from resilience.coaching.means_of_ratings import SCALES
from resilience.coaching.models import Coach, RelationshipRating, Side
from resilience.measures.models import Response, Score

FEWEST_COACHES = 5
AGREES = 4  # "agree" and "strongly agree" of five
OF_PARTICIPANTS = ("call_satisfaction", ("1", "2"))
OF_COACHES = ("call_reward_coach", ("2", "3", "5"))
FEW = "fewer than 10 pairs"

Figures = dict[str, Any]


def agreement(enrolments: Iterable[UUID], *, as_of: datetime) -> Figures:
    """How each scale looks from either side, over full tens of pairs; numbers of pairs alone where there are fewer."""
    ratings = RelationshipRating.objects.filter(call__booking__enrolment__in=list(enrolments), at__lte=as_of)
    rows = list(ratings.values_list("call_id", "side", "response_id", "call__booking__enrolment_id", "at"))
    scores = _scores({row[2] for row in rows})
    return {scale: _compared(_pairs(rows, scores, scale)) for scale in SCALES}


def _scores(responses: set[UUID]) -> dict[tuple[UUID, str], float]:
    told = Score.objects.filter(response__in=responses, scale__in=SCALES, value__isnull=False)
    return {(key, scale): value for key, scale, value in told.values_list("response_id", "scale", "value")}


def _pairs(rows: list[tuple], scores: Mapping, scale: str) -> list[tuple[float, float]]:
    """Both sides of each person's first call of which both told, in the order in which the second of both told."""
    sides: dict[UUID, dict[str, float]] = defaultdict(dict)
    told: dict[UUID, tuple[datetime, UUID]] = {}
    for call, side, response, enrolment, at in sorted(rows, key=lambda row: row[-1]):
        if (response, scale) in scores:
            sides[call][side] = scores[response, scale]
            told[call] = (at, enrolment)
    found: dict[UUID, tuple[float, float]] = {}
    for call, (_at, enrolment) in sorted(told.items(), key=lambda each: (each[1][0], str(each[0]))):
        if len(sides[call]) == len(Side):
            found.setdefault(enrolment, (sides[call][Side.PARTICIPANT], sides[call][Side.COACH]))
    return list(found.values())


def _compared(pairs: list[tuple[float, float]]) -> Figures:
    told = tens.full(pairs)
    if not told:
        return {"pairs": None if pairs else 0, "why": FEW}
    differences = [coach - participant for participant, coach in told]
    return {
        "pairs": len(told),
        "participants_mean": fmean(participant for participant, _coach in told),
        "coaches_mean": fmean(coach for _participant, coach in told),
        "difference": fmean(differences),
        "difference_sd": stdev(differences),
        "within_1_percent": 100 * fmean(abs(each) <= 1 for each in differences),
        "correlation": _correlation(told),
    }


def _correlation(told: list[tuple[float, float]]) -> float | None:
    """None where one side's answers are all the same."""
    try:
        return correlation(*zip(*told, strict=True))
    except StatisticsError:
        return None


def satisfaction(enrolments: Iterable[UUID], *, as_of: datetime) -> Figures:
    """How many of either side are content, by question: of full tens of people, and of five coaches or more."""
    keys = list(enrolments)
    people = Response.objects.filter(respondent__enrolment__in=keys)
    coaches = Coach.objects.filter(bookings__enrolment__in=keys).values("respondent_id")
    theirs = Response.objects.filter(respondent__in=coaches)
    return {
        "participants": {
            item: _agreed(tens.full(told), any(told), fewest=tens.TEN)
            for item, told in _content(people, OF_PARTICIPANTS, as_of=as_of).items()
        },
        "coaches": {
            item: _agreed(told, any(told), fewest=FEWEST_COACHES)
            for item, told in _content(theirs, OF_COACHES, as_of=as_of).items()
        },
    }


def _content(given: Any, what: tuple[str, tuple[str, ...]], *, as_of: datetime) -> dict[str, list[float]]:
    """The first answer of each person to each of the questions, in the order in which they came."""
    instrument, items = what
    rows = given.filter(instrument=instrument, submitted_at__lte=as_of).order_by("submitted_at", "pk")
    first: dict[str, dict[UUID, float]] = {item: {} for item in items}
    for who, answers in rows.values_list("respondent_id", "answers"):
        for item in items:
            if answers.get(item) is not None:
                first[item].setdefault(who, answers[item])
    return {item: list(told.values()) for item, told in first.items()}


def _agreed(told: list[float], anybody: bool, *, fewest: int) -> Figures:
    if len(told) < fewest:
        return {"n": None if anybody else 0, "why": f"fewer than {fewest}"}
    agree = sum(each >= AGREES for each in told)
    return {"n": len(told), "agree": agree, "percent": 100 * agree / len(told), "mean": fmean(told)}
