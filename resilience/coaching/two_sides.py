"""Both sides' answers after calls as sums of a whole programme: never of fewer than ten pairs, never one side's alone.

A pair is a person and a coach who both answered about at least one call; their answers are the means over those calls.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import StatisticsError, correlation, fmean, stdev
from typing import Any
from uuid import UUID

from resilience.coaching.means_of_ratings import SCALES
from resilience.coaching.models import Coach, RelationshipRating, Side
from resilience.coaching.tens import TEN
from resilience.measures.models import Response, Score

FEWEST_COACHES = 3
AGREES = 4  # "agree" and "strongly agree" of five
OF_PARTICIPANTS = ("call_satisfaction", ("1", "2"))
OF_COACHES = ("call_reward_coach", ("2", "3", "5"))
FEW = "fewer than 10 pairs"

Figures = dict[str, Any]


def agreement(enrolments: Iterable[UUID], *, as_of: datetime) -> Figures:
    """How each scale looks from either side, over all pairs; numbers of pairs alone where they are fewer than ten."""
    ratings = RelationshipRating.objects.filter(call__booking__enrolment__in=list(enrolments), at__lte=as_of)
    rows = list(
        ratings.values_list(
            "call_id", "side", "response_id", "call__booking__enrolment_id", "call__booking__coach_id"
        )
    )
    scores = _scores({row[2] for row in rows})
    return {scale: _compared(_pairs(rows, scores, scale)) for scale in SCALES}


def _scores(responses: set[UUID]) -> dict[tuple[UUID, str], float]:
    told = Score.objects.filter(response__in=responses, scale__in=SCALES, value__isnull=False)
    return {(key, scale): value for key, scale, value in told.values_list("response_id", "scale", "value")}


def _pairs(rows: list[tuple], scores: Mapping, scale: str) -> dict[UUID, list[tuple[float, float]]]:
    """The calls of which both sides told, by pair; both the person and the coach are in the key."""
    sides: dict[UUID, dict[str, float]] = defaultdict(dict)
    pair_of = {}
    for call, side, response, enrolment, coach in rows:
        if (response, scale) in scores:
            sides[call][side] = scores[response, scale]
            pair_of[call] = (enrolment, coach)
    found = defaultdict(list)
    for call, told in sides.items():
        if len(told) == len(Side):
            found[pair_of[call]].append((told[Side.PARTICIPANT], told[Side.COACH]))
    return found


def _compared(pairs: Mapping[Any, list[tuple[float, float]]]) -> Figures:
    people = {enrolment for enrolment, _coach in pairs}
    if len(people) < TEN:
        return {"pairs": None if people else 0, "why": FEW}
    told = [
        (fmean(first for first, _ in calls), fmean(second for _, second in calls)) for calls in pairs.values()
    ]
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
    """How many of either side are content, by question: of ten people or more, and of three coaches or more."""
    keys = list(enrolments)
    people = Response.objects.filter(respondent__enrolment__in=keys)
    coaches = Coach.objects.filter(bookings__enrolment__in=keys).values("respondent_id")
    theirs = Response.objects.filter(respondent__in=coaches)
    return {
        "participants": _content(people, OF_PARTICIPANTS, as_of=as_of, fewest=TEN),
        "coaches": _content(theirs, OF_COACHES, as_of=as_of, fewest=FEWEST_COACHES),
    }


def _content(given: Any, what: tuple[str, tuple[str, ...]], *, as_of: datetime, fewest: int) -> Figures:
    """The newest answer of each person to each of the questions."""
    instrument, items = what
    rows = given.filter(instrument=instrument, submitted_at__lte=as_of).order_by("submitted_at", "pk")
    newest: dict[str, dict[UUID, float]] = {item: {} for item in items}
    for who, answers in rows.values_list("respondent_id", "answers"):
        for item in items:
            if answers.get(item) is not None:
                newest[item][who] = answers[item]
    return {item: _agreed(list(told.values()), fewest=fewest) for item, told in newest.items()}


def _agreed(told: list[float], *, fewest: int) -> Figures:
    if len(told) < fewest:
        return {"n": None if told else 0, "why": f"fewer than {fewest}"}
    agree = sum(each >= AGREES for each in told)
    return {"n": len(told), "agree": agree, "percent": 100 * agree / len(told), "mean": fmean(told)}
