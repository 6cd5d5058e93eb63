"""Everything that somebody wrote and shares, read at once for their own plan."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from resilience.engagement.models import Entry, SharedCopy
from resilience.participants.models import Enrolment
from resilience.privacy import fields as sealing
from resilience.privacy import keys


@dataclass(frozen=True)
class Written:
    """One entry, opened: where it was written, what stands in it, since when."""

    page: UUID
    exercise: str
    kind: str
    fields: dict[str, object]
    saved_at: datetime
    revisit_on: date | None


@dataclass(frozen=True)
class Shared:
    """One copy that the coach may read; it is not opened."""

    exercise: str
    title: str
    shared_at: datetime


def written(enrolment: Enrolment, *, exercise: str = "") -> list[Written]:
    """Return all that somebody wrote, or one exercise of it, in one query and by one key. Raises keys.Destroyed."""
    mine = Entry.objects.filter(enrolment=enrolment)
    if exercise:
        mine = mine.filter(exercise=exercise)
    rows = list(
        mine.annotate(wrapped=F("enrolment__participant__user__data_key__wrapped")).order_by("saved_at")
    )
    return list(_opened(rows, keys.unwrap(rows[0].wrapped))) if rows else []


def _opened(rows: Iterable[Entry], key: bytes) -> Iterable[Written]:
    place = Entry._meta.get_field("fields").place
    for row in rows:
        sealed = row.__dict__["fields"]
        fields = json.loads(sealing.unseal(sealed, place=place(row), key=key)) if sealed else {}
        yield Written(row.page, row.exercise, row.kind, fields, row.saved_at, row.revisit_on)


def shared(enrolment: Enrolment) -> list[Shared]:
    """Return what the coach may read, the newest first."""
    rows = SharedCopy.objects.filter(enrolment=enrolment).order_by("-shared_at")
    return [Shared(*row) for row in rows.values_list("exercise", "title", "shared_at")]
