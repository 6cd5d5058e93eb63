"""What a batch of people answered, and what it scored: plain rows, by the code of whoever answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from resilience.evaluation import gather
from resilience.evaluation.dataset import releasing
from resilience.evaluation.exports.people import Release
from resilience.measures.models import Score


@dataclass(frozen=True, slots=True)
class Given:
    """The answers to one instrument at one time point, and the day of study on which they came."""

    place: int
    timepoint: str
    instrument: str
    version: str
    day: int | None
    answers: Mapping[str, int]


def given(release: Release, batch: releasing.Batch) -> dict[str, list[Given]]:
    """The answers of a batch by code, each person's in the order of the time points."""
    found: dict[str, list[Given]] = {code: [] for code in batch.codes.values()}
    rows = gather.standing(as_of=release.as_of).filter(respondent__in=list(batch.codes))
    for row in rows.values_list(
        "respondent_id", "occasion__timepoint__position", "occasion__timepoint__key", "instrument", "version",
        "submitted_at", "answers",
    ).iterator():  # fmt: skip
        who, place, timepoint, instrument, version, at, answers = row
        day = _day(release, who, at)
        found[batch.codes[who]].append(Given(place, timepoint, instrument, version, day, answers))
    for mine in found.values():
        mine.sort(key=lambda one: (one.place, one.instrument))
    return found


def scores(
    release: Release, batch: releasing.Batch
) -> dict[str, list[tuple[tuple[str, str, str], float | None]]]:
    """The scores of a batch by code: time point, instrument and scale, and the value."""
    found: dict[str, list] = {code: [] for code in batch.codes.values()}
    standing = gather.standing(as_of=release.as_of).filter(respondent__in=list(batch.codes)).values("pk")
    rows = Score.objects.filter(response__in=standing).order_by("method").values_list(
        "response__respondent_id", "response__occasion__timepoint__key", "response__instrument", "scale", "value"
    )  # fmt: skip
    for who, timepoint, instrument, scale, value in rows.iterator():
        found[batch.codes[who]].append(((timepoint, instrument, scale), value))
    return found


def _day(release: Release, who: UUID, at: datetime) -> int | None:
    joined = release.joined(who)
    return None if joined is None else (at.date() - joined).days
