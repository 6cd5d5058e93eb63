"""What somebody wrote in an exercise: theirs alone, kept under their own key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from resilience import clock, db
from resilience.engagement import taking_part
from resilience.engagement.models import Entry, SharedCopy
from resilience.participants.models import Enrolment
from resilience.privacy import fields as sealing
from resilience.privacy import keys

COMING_BACK = "coming_back"
_WRAPPED = "enrolment__participant__user__data_key__wrapped"


@dataclass(frozen=True)
class Kept:
    """One entry, opened: what was written by prompt, when it was kept and shared, and when we ask about it."""

    fields: dict[str, object]
    saved_at: datetime
    revisit_on: date | None
    shared_at: datetime | None = None


def save(
    *, enrolment: Enrolment, page: UUID, exercise: str, kind: str, fields: Mapping[str, object],
    revisit_after_days: int = 0, look_again_on: date | None = None, at: datetime,
) -> Entry:  # fmt: skip
    """Keep what was written, half done or whole, in place of what stood there. Raises Stopped.

    We ask about it some days after it was begun, or on the day that the person set.
    """
    taking_part.require(enrolment)
    written = json.dumps(dict(fields), ensure_ascii=False)
    day = clock.local_day(at, enrolment.participant.time_zone)
    later = day + timedelta(days=revisit_after_days) if revisit_after_days else None
    told = {"page": page, "kind": kind, "fields": written, "saved_at": at}
    told |= {"revisit_on": look_again_on} if look_again_on else {}
    try:
        with transaction.atomic():
            return _write(enrolment, exercise, later, told)
    except IntegrityError:  # the same page was posted twice at once: the other one made the row
        with transaction.atomic():
            return _write(enrolment, exercise, later, told)


def _write(enrolment: Enrolment, exercise: str, later: date | None, told: Mapping[str, object]) -> Entry:
    written = told["fields"]
    entry = Entry.objects.select_for_update().filter(enrolment=enrolment, exercise=exercise).first()
    if entry is None:
        entry = Entry(enrolment=enrolment, exercise=exercise, started_at=told["saved_at"], revisit_on=later)
    elif entry.fields and COMING_BACK in (before := json.loads(entry.fields)):
        written = json.dumps({**json.loads(written), COMING_BACK: before[COMING_BACK]}, ensure_ascii=False)
    entry.enrolment = enrolment
    for name, value in {**told, "fields": written}.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def on_page(*, enrolment: Enrolment, page: UUID) -> dict[str, Kept]:
    """Return what was written on a page, by exercise, in one query. Raises keys.Destroyed."""
    rows = ON_PAGE.instances(enrolment=enrolment.pk, page=page)
    return {row.exercise: Kept(_opened(row), row.saved_at, row.revisit_on, row.copied_at) for row in rows}


def _on_page(*, enrolment: UUID, page: UUID) -> QuerySet[Entry]:
    mine = Entry.objects.filter(enrolment=enrolment, page=page)
    return mine.annotate(wrapped=F(_WRAPPED), copied_at=_copied_at())


def _copied_at() -> Subquery:
    mine = SharedCopy.objects.filter(enrolment=OuterRef("enrolment"), exercise=OuterRef("exercise"))
    return Subquery(mine.values("shared_at")[:1])


ON_PAGE = db.Prepared(_on_page, enrolment=UUID(int=1), page=UUID(int=2))


def _opened(row: Entry) -> dict[str, object]:
    sealed = row.__dict__["fields"]
    if not sealed:
        return {}
    place = Entry._meta.get_field("fields").place(row)
    return json.loads(sealing.unseal(sealed, place=place, key=keys.unwrap(row.wrapped)))


def kept_on_page(*, enrolment: Enrolment, page: UUID) -> dict[str, Kept]:
    """Return when the exercises of a page were kept, without opening what was written."""
    mine = Entry.objects.filter(enrolment=enrolment, page=page)
    rows = mine.values_list("exercise", "saved_at", "revisit_on", _copied_at())
    return {exercise: Kept({}, *told) for exercise, *told in rows}


def come_back(
    *, enrolment: Enrolment, exercise: str, answer: str, again_on: date | None = None, at: datetime
) -> None:
    """Keep what somebody answered when we asked again; ask once more on `again_on`, and never a third time.

    Raises Stopped.
    """
    taking_part.require(enrolment)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().filter(enrolment=enrolment, exercise=exercise).first()
        if entry is None:
            return
        entry.enrolment = enrolment
        written = json.loads(entry.fields) if entry.fields else {}
        entry.fields = json.dumps({**written, COMING_BACK: answer}, ensure_ascii=False)
        entry.revisit_on = None if COMING_BACK in written else again_on
        entry.save()


def to_revisit(*, enrolment: Enrolment, today: date) -> list[tuple[UUID, str]]:
    """Return (page, exercise) of what somebody asked to be shown again by now."""
    due = Entry.objects.filter(enrolment=enrolment, revisit_on__lte=today).order_by("revisit_on")
    return list(due.values_list("page", "exercise"))


@transaction.atomic
def delete(*, enrolment: Enrolment, exercise: str) -> None:
    """Delete what was written in an exercise, for good, and the copy that a coach could read. Raises Stopped."""
    taking_part.require(enrolment)
    SharedCopy.objects.filter(enrolment=enrolment, exercise=exercise).delete()
    Entry.objects.filter(enrolment=enrolment, exercise=exercise).delete()
