"""How those whom a coach talks with rate their calls: means over ten people, twenty, thirty, and never over fewer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from resilience.coaching import tens
from resilience.coaching.models import Coach, RelationshipRating, Side
from resilience.measures.models import Score

SCALES = ("safe", "meaningful", "collaborative")


@dataclass(frozen=True)
class Means:
    """The mean of each scale over so many people; None where fewer than ten answered enough of it."""

    people: int
    safe: float | None
    meaningful: float | None
    collaborative: float | None


def of_coach(coach: Coach) -> Means | None:
    """Return the means over the first ten, twenty, ... people who answered, or None for fewer than ten.

    They move once in ten people: whoever looks before and after one more answer learns nothing of it.
    """
    ratings = RelationshipRating.objects.filter(call__booking__coach=coach, side=Side.PARTICIPANT)
    rows = ratings.order_by("at", "pk").values_list("call__booking__enrolment", "response")
    first = list(dict.fromkeys(who for who, _response in rows))
    people = set(tens.full(first))
    if not people:
        return None
    values = _values({response: who for who, response in rows if who in people})
    return Means(people=len(people), **{scale: _mean(values[scale].values()) for scale in SCALES})


def _values(who: dict) -> dict[str, dict]:
    """Return what each person's answers come to, by scale: their own mean where they talked more than once."""
    found: dict[str, dict] = {scale: defaultdict(list) for scale in SCALES}
    scores = Score.objects.filter(response__in=who, scale__in=SCALES, value__isnull=False)
    for response, scale, value in scores.values_list("response", "scale", "value"):
        found[scale][who[response]].append(value)
    return {scale: {each: fmean(told) for each, told in by.items()} for scale, by in found.items()}


def _mean(values: Iterable[float]) -> float | None:
    told = list(values)
    return round(fmean(told), 1) if len(told) >= tens.TEN else None
