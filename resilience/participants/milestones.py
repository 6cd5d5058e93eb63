"""Moments that somebody has reached: kept when pages or dates change afterwards."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from resilience.participants.models import Enrolment, Milestone

BATCH = 500


def reach(*, enrolment: Enrolment, what: str, about: str, at: datetime) -> None:
    """Note a moment; one that is noted already stays as it is."""
    _note([Milestone(enrolment=enrolment, what=what, about=about, at=at)])


def put(*, enrolment: Enrolment, what: str, about: str, at: datetime) -> None:
    """Note a moment in place of the one that is noted already."""
    Milestone.objects.update_or_create(enrolment=enrolment, what=what, about=about, defaults={"at": at})


def take_back(*, enrolment: Enrolment, what: str, about: str) -> None:
    """Forget a moment that was noted by mistake."""
    Milestone.objects.filter(enrolment=enrolment, what=what, about=about).delete()


def reach_all(enrolments: QuerySet[Enrolment], *, what: str, about: str, at: datetime) -> int:
    """Note a moment for each of these people who has not reached it; return for how many."""
    there = Milestone.objects.filter(enrolment=OuterRef("pk"), what=what, about=about)
    left = list(enrolments.filter(~Exists(there)).values_list("pk", flat=True))
    _note(Milestone(enrolment_id=key, what=what, about=about, at=at) for key in left)
    return len(left)


def _note(rows: Iterable[Milestone]) -> None:
    Milestone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def reached(
    enrolments: Iterable[UUID], *, what: Iterable[str]
) -> dict[UUID, dict[tuple[str, str], datetime]]:
    """Return when each of these people reached what, by its kind and what it is about."""
    found: dict[UUID, dict[tuple[str, str], datetime]] = {}
    rows = Milestone.objects.filter(enrolment__in=list(enrolments), what__in=list(what))
    for enrolment, kind, about, at in rows.values_list("enrolment_id", "what", "about", "at"):
        found.setdefault(enrolment, {})[kind, about] = at
    return found
