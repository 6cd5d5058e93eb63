"""How much each coach carries: counts for whoever leads coaches, never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Sum

from resilience.coaching.models import Booking, Call, Coach, CoachingRelationship, Outcome, Status


@dataclass(frozen=True)
class Load:
    """What one coach carries now: people at the moment, the most at once, calls held and to come, minutes so far."""

    people: int = 0
    most: int | None = None
    held: int = 0
    minutes: int = 0
    to_come: int = 0

    @property
    def is_full(self) -> bool:
        """Return whether nobody new should come."""
        return self.most is not None and self.people >= self.most


def of(coaches: Iterable[Coach], *, now: datetime) -> dict[UUID, Load]:
    """Return what each of these coaches carries, in three queries however many there are."""
    asked = {coach.pk: coach.most_people for coach in coaches}
    people = _counted(
        CoachingRelationship.objects.filter(coach__in=asked, active_to=None, enrolment__withdrawn_at=None)
    )
    to_come = _counted(Booking.objects.filter(coach__in=asked, status=Status.BOOKED, starts_at__gt=now))
    held = {
        row["booking__coach"]: (row["calls"], round(row["minutes"] or 0))
        for row in Call.objects.filter(booking__coach__in=asked, outcome=Outcome.FULFILLED)
        .values("booking__coach")
        .annotate(calls=Count("pk"), minutes=Sum("minutes"))
    }
    return {
        pk: Load(people.get(pk, 0), most, *held.get(pk, (0, 0)), to_come.get(pk, 0))
        for pk, most in asked.items()
    }


def _counted(rows) -> dict[UUID, int]:
    return dict(rows.order_by().values_list("coach").annotate(Count("pk")))
