"""How much each coach carries: counts for whoever leads coaches, never who; and who has room for somebody new."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from resilience.coaching import tens
from resilience.coaching.models import Booking, Call, Coach, CoachingRelationship, Outcome, Status
from resilience.participants.models import Enrolment


@dataclass(frozen=True)
class Load:
    """What one coach carries now: people at the moment, the most at once, calls held and to come.

    `minutes` are those of every full ten calls, so that nobody but the coach reads how long a single call was.
    """

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
    people = _counted(_carried().filter(coach__in=asked))
    to_come = _counted(Booking.objects.filter(coach__in=asked, status=Status.BOOKED, starts_at__gt=now))
    talked = _minutes(asked)
    return {
        pk: Load(
            people.get(pk, 0), most, len(held := talked[pk]), round(sum(tens.full(held))), to_come.get(pk, 0)
        )
        for pk, most in asked.items()
    }


def _minutes(coaches: Iterable[UUID]) -> dict[UUID, list[float]]:
    """Return how long each held call of these coaches was, the oldest first."""
    calls = Call.objects.filter(booking__coach__in=coaches, outcome=Outcome.FULFILLED).order_by("started_at")
    found: dict[UUID, list[float]] = defaultdict(list)
    for coach, minutes in calls.values_list("booking__coach", "minutes"):
        found[coach].append(minutes or 0)
    return found


def full_with(coach: Coach) -> int:
    """Return with how many people a coach is full, so that nobody new is offered them; 0 where there is room."""
    if coach.most_people is None:
        return 0
    people = _carried().filter(coach=coach).count()
    return people if people >= coach.most_people else 0


def with_room(coaches: Sequence[Coach], enrolment: Enrolment) -> list[Coach]:
    """Return the coaches who can take this person on, or have already: one query, and none where nobody has a limit."""
    limited = {coach.pk: coach.most_people for coach in coaches if coach.most_people is not None}
    if not limited:
        return list(coaches)
    counted = _carried().filter(coach__in=limited).order_by().values("coach")
    rows = counted.annotate(people=Count("pk"), mine=Count("pk", filter=Q(enrolment=enrolment)))
    full = {row["coach"] for row in rows if row["people"] >= limited[row["coach"]] and not row["mine"]}
    return [coach for coach in coaches if coach.pk not in full]


def _carried() -> QuerySet[CoachingRelationship]:
    return CoachingRelationship.objects.filter(active_to=None, enrolment__withdrawn_at=None)


def _counted(rows) -> dict[UUID, int]:
    return dict(rows.order_by().values_list("coach").annotate(Count("pk")))
