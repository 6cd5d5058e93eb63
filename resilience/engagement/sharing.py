"""Copies that a coach may read: made by the person alone, one exercise at a time, and taken back by them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement import taking_part
from resilience.engagement.models import SharedCopy
from resilience.participants.models import Enrolment
from resilience.privacy import fields as sealing
from resilience.privacy import keys

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Copy:
    """One shared exercise, opened: its title, its questions with what was written, and since when."""

    exercise: str
    title: str
    lines: tuple[tuple[str, str], ...]
    shared_at: datetime


@transaction.atomic
def share(
    *, enrolment: Enrolment, exercise: str, title: str, lines: Lines, by: User, at: datetime
) -> SharedCopy:
    """Make the copy of an exercise that the coach may read, in place of an older one. Raises taking_part.Stopped."""
    taking_part.require(enrolment)
    SharedCopy.objects.filter(enrolment=enrolment, exercise=exercise).delete()
    copy = SharedCopy(enrolment=enrolment, exercise=exercise, title=title, shared_at=at)
    copy.lines = json.dumps([list(line) for line in lines], ensure_ascii=False)
    copy.save()
    trail.record(events.ENTRY_SHARED, at=at, target=enrolment, by=by, exercise=exercise)
    return copy


@transaction.atomic
def take_back(*, enrolment: Enrolment, exercise: str, by: User, at: datetime) -> bool:
    """Delete the copy, so that the coach can no longer read it; return whether there was one."""
    gone, _rows = SharedCopy.objects.filter(enrolment=enrolment, exercise=exercise).delete()
    if gone:
        trail.record(events.SHARING_TAKEN_BACK, at=at, target=enrolment, by=by, exercise=exercise)
    return bool(gone)


@transaction.atomic
def take_all_back(*, enrolment: Enrolment, by: User, at: datetime) -> None:
    """Delete every copy of somebody, so that their coach can no longer read any."""
    for exercise in list(shared(enrolment)):
        take_back(enrolment=enrolment, exercise=exercise, by=by, at=at)


def among(enrolments: Iterable[UUID]) -> set[UUID]:
    """Return which of these people share something, without opening it."""
    rows = SharedCopy.objects.filter(enrolment__in=list(enrolments))
    return set(rows.values_list("enrolment", flat=True))


def shared(enrolment: Enrolment) -> dict[str, datetime]:
    """Return since when each exercise is shared, without opening it."""
    return dict(SharedCopy.objects.filter(enrolment=enrolment).values_list("exercise", "shared_at"))


def read(enrolment: Enrolment, *, by: User, at: datetime) -> list[Copy]:
    """Return every copy that somebody shares, opened; that `by` read them is written down where there is one.

    Raises keys.Destroyed.
    """
    rows = list(SharedCopy.objects.filter(enrolment=enrolment).order_by("shared_at"))
    if rows and by.pk != enrolment.participant.user_id:
        trail.record(events.SHARED_COPIES_READ, at=at, target=enrolment, by=by)
    key = keys.open_key(enrolment.participant.data_key_id) if rows else b""
    return [_opened(row, key) for row in rows]


def _opened(row: SharedCopy, key: bytes) -> Copy:
    place = SharedCopy._meta.get_field("lines").place(row)
    told = sealing.unseal(row.__dict__["lines"], place=place, key=key)
    lines = tuple((label, words) for label, words in json.loads(told))
    return Copy(row.exercise, row.title, lines, row.shared_at)
