"""Copies that a coach may read: made by the person alone, one exercise at a time, and taken back by them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement import taking_part
from resilience.engagement.models import SharedCopy
from resilience.participants.models import Enrolment

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


def shared(enrolment: Enrolment) -> dict[str, datetime]:
    """Return since when each exercise is shared, without opening it."""
    return dict(SharedCopy.objects.filter(enrolment=enrolment).values_list("exercise", "shared_at"))


def read(enrolment: Enrolment, *, by: User, at: datetime) -> list[Copy]:
    """Return every copy that somebody shares, opened; that `by` read them is written down where there is one."""
    rows = list(SharedCopy.objects.filter(enrolment=enrolment).order_by("shared_at"))
    if rows and by.pk != enrolment.participant.user_id:
        trail.record(events.SHARED_COPIES_READ, at=at, target=enrolment, by=by)
    return [_opened(row) for row in rows]


def _opened(row: SharedCopy) -> Copy:
    lines = tuple((label, words) for label, words in json.loads(row.lines))
    return Copy(row.exercise, row.title, lines, row.shared_at)
