"""What is known of some coaches' time: their hours, read once, and what is taken of any stretch that is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, SmallIntegerField, TimeField, Value
from django.db.models.functions import Cast

from resilience.coaching import availability, bookable
from resilience.coaching.availability import Away, Ceiling, Change, Rule, Slot, Span
from resilience.coaching.hours_models import Absence, BusySpan
from resilience.coaching.models import LIVE, AvailabilityException, AvailabilityRule, Booking, Coach

LONGEST_BLOCK = timedelta(hours=4)
A_WEEK = timedelta(days=8)  # and a day for the zones
RULE, AWAY = "RULE", "AWAY"
NO_DAY, NO_TIME = Cast(Value(None), DateField()), Cast(Value(None), TimeField())
NO_WEEKDAY = Value(0, SmallIntegerField())


@dataclass
class Hours:
    """One coach's weekly hours, changed days and absences."""

    rules: list[Rule] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    absences: list[Away] = field(default_factory=list)

    def add(self, kind: str, weekday: int, days: tuple[date | None, date | None], *times: object) -> None:
        """Add one row of the three tables."""
        if kind == RULE:
            self.rules.append(Rule(weekday, *times, *days))
        elif kind == AWAY:
            self.absences.append(Away(*days))
        else:
            self.changes.append(Change(days[0], kind == AvailabilityException.Kind.EXTRA, *times))


class CoachesTime:
    """Some coaches' hours, and their slots of a call's `length`; one booking may be left out, to be moved."""

    def __init__(
        self,
        coaches: Sequence[Coach],
        *,
        length: timedelta,
        now: datetime,
        leaving_out: Booking | None = None,
    ) -> None:
        self.coaches, self.length, self.now = coaches, length, now
        self.left_out = leaving_out.pk if leaving_out is not None else None
        self.hours_by_coach: dict[UUID, Hours] = defaultdict(Hours)
        for coach, kind, weekday, first, last, starts, ends in _hours([coach.pk for coach in coaches]):
            self.hours_by_coach[coach].add(kind, weekday, (first, last), starts, ends)

    def hours_of(self, coach: Coach) -> Hours:
        """Return one coach's hours."""
        return self.hours_by_coach[coach.pk]

    def hours(self, between: Span) -> list[Iterator[Slot]]:
        """Return one stream of slots for each coach by the hours alone: the free ones, and those that are taken."""
        return [self._slots(coach, between, busy=(), held=()) for coach in self.coaches]

    def free(self, between: Span) -> list[Iterator[Slot]]:
        """Return one stream of free slots for each coach, cut at the coach's horizon."""
        busy, held = self._taken(between)
        return [
            self._slots(coach, between, busy=busy[coach.pk], held=held[coach.pk]) for coach in self.coaches
        ]

    def _slots(
        self, coach: Coach, between: Span, *, busy: Iterable[Span], held: Sequence[datetime]
    ) -> Iterator[Slot]:
        hours = self.hours_of(coach)
        return availability.open_slots(
            coach_id=coach.pk,
            rules=hours.rules,
            exceptions=hours.changes,
            absences=hours.absences,
            busy=busy,
            length=self.length,
            gap=timedelta(minutes=coach.gap_minutes),
            between=(between[0], min(between[1], self._last(coach))),
            now=self.now,
            notice=timedelta(hours=coach.notice_hours),
            zone=coach.time_zone,
            ceiling=Ceiling(coach.most_per_day, coach.most_per_week, held),
        )

    def _last(self, coach: Coach) -> datetime:
        """Return the end of what can be booked with a coach: the horizon, or their last day where that is sooner."""
        horizon, until = self.now + timedelta(days=coach.horizon_days), bookable.until(coach)
        return min(horizon, until) if until else horizon

    def _taken(self, between: Span) -> tuple[dict[UUID, list[Span]], dict[UUID, list[datetime]]]:
        """Return what is taken of each coach, and when their calls start: of whole weeks where those are counted."""
        busy, held = defaultdict(list), defaultdict(list)
        for coach, starts_at, ends_at, is_call in self._rows(between):
            busy[coach].append((starts_at, ends_at))
            if is_call:
                held[coach].append(starts_at)
        return busy, held

    def _rows(self, between: Span) -> QuerySet:
        first, last = between[0] - LONGEST_BLOCK, between[1] + LONGEST_BLOCK
        wanted = Q(coach__in=[coach.pk for coach in self.coaches], starts_at__gt=first, starts_at__lt=last)
        if counted := [coach.pk for coach in self.coaches if coach.most_per_day or coach.most_per_week]:
            week = {"starts_at__gt": between[0] - A_WEEK, "starts_at__lt": between[1] + A_WEEK}
            wanted |= Q(coach__in=counted, **week)
        calls = Booking.objects.filter(wanted, status__in=LIVE).exclude(pk=self.left_out)
        other = BusySpan.objects.filter(
            coach__in=[coach.pk for coach in self.coaches], ends_at__gt=first, starts_at__lt=last
        )
        return calls.values_list("coach", "starts_at", "blocked_until", Value(True)).union(
            other.values_list("coach", "starts_at", "ends_at", Value(False)), all=True
        )


def _hours(coaches: Sequence[UUID]) -> QuerySet:
    """Return the three tables of hours as one: coach, kind, weekday, first and last day, from, to."""
    rules = AvailabilityRule.objects.filter(coach__in=coaches).order_by()
    changes = AvailabilityException.objects.filter(coach__in=coaches)
    absences = Absence.objects.filter(coach__in=coaches).order_by()
    return rules.values_list(
        "coach", Value(RULE), "weekday", "valid_from", "valid_to", "starts", "ends"
    ).union(
        changes.values_list("coach", "kind", NO_WEEKDAY, "date", NO_DAY, "starts", "ends"),
        absences.values_list("coach", Value(AWAY), NO_WEEKDAY, "first_date", "last_date", NO_TIME, NO_TIME),
        all=True,
    )
