"""What a batch of people answered, and what it scored: plain rows, by the code of whoever answered."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, F, TextField, Value
from django.db.models.functions import Cast

from resilience.evaluation import gather
from resilience.evaluation.dataset import releasing
from resilience.evaluation.exports.people import Release
from resilience.measures.models import Score


class Given(NamedTuple):
    """The answers to one instrument at one time point, and the day of study on which they came."""

    place: int
    instrument: str
    timepoint: str
    version: str
    day: int | None
    response: str
    answers: Mapping[str, int]


NO_MOMENT = Value(None, output_field=DateTimeField())
Scored = Mapping[str, list[tuple[str, float | None]]]


def given(release: Release, batch: releasing.Batch) -> dict[str, list[Given]]:
    """The answers of a batch by code, each person's in the order of the time points."""
    rows = gather.standing(as_of=release.as_of).filter(respondent__in=list(batch.codes)).values_list(
        "respondent_id", "occasion__timepoint__position", "instrument", "occasion__timepoint__key", "version",
        F("submitted_at") if release.tells_days else NO_MOMENT, Cast("pk", TextField()), Cast("answers", TextField()),
    )  # fmt: skip
    told = list(rows)
    answers = json.loads(
        f"[{','.join(row[-1] for row in told)}]"
    )  # at once: one by one takes three times as long
    found: dict[str, list[Given]] = {code: [] for code in batch.codes.values()}
    for (who, *place, at, response, _text), one in zip(told, answers, strict=True):
        found[batch.codes[who]].append(Given(*place, _day(release, who, at), response, one))
    for mine in found.values():
        mine.sort(key=lambda one: one[:2])
    return found


def scores(batch: releasing.Batch) -> Scored:
    """The scores of a batch by response: scale and value, in the order of their methods."""
    found: dict[str, list[tuple[str, float | None]]] = {}
    rows = Score.objects.filter(response__respondent__in=list(batch.codes)).order_by("method")
    for response, scale, value in rows.values_list(Cast("response_id", TextField()), "scale", "value"):
        found.setdefault(response, []).append((scale, value))
    return found


def _day(release: Release, who: UUID, at: datetime | None) -> int | None:
    joined = at and release.joined(who)
    return (at.date() - joined).days if joined else None
