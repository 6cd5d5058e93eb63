"""The free times of real coaches: what the page shows and what a booking is checked against."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from resilience.coaching import availability
from resilience.coaching.availability import Slot
from resilience.coaching.models import LIVE, AvailabilityException, AvailabilityRule, Booking, Coach
from resilience.participants.models import Programme

A_MOMENT = timedelta(microseconds=1)
LONGEST_BLOCK = timedelta(hours=4)
WIDENING = (timedelta(days=4), timedelta(days=21), timedelta(days=400))


def coaches_of(programme: Programme) -> list[Coach]:
    """Return the coaches who hold calls in a programme, by the name they show."""
    found = Coach.objects.filter(programmes=programme, is_active=True).select_related("user", "organisation")
    return list(found.order_by("shown_name"))


def find(*, coach: Coach, starts_at: datetime, length: timedelta, now: datetime,
         leaving_out: Booking | None = None) -> Slot | None:  # fmt: skip
    """Return the coach's free slot at exactly this moment, or None."""
    calendar = _Calendar([coach], length=length, now=now, leaving_out=leaving_out)
    return next(calendar.streams((starts_at, starts_at + A_MOMENT))[0], None)


def next_free(*, coaches: Sequence[Coach], length: timedelta, now: datetime, after: datetime | None = None,
              most: int = 20, leaving_out: Booking | None = None) -> list[Slot]:  # fmt: skip
    """Return the next free slots with any of these coaches that start later than `after`.

    Bookings are read for the first days only, and for more days while fewer than `most` slots are found.
    """
    calendar = _Calendar(coaches, length=length, now=now, leaving_out=leaving_out)
    start = now if after is None else max(after + A_MOMENT, now)
    found: list[Slot] = []
    for ahead in WIDENING:
        found = availability.next_free(calendar.streams((start, start + ahead)), most=most)
        if len(found) == most:
            break
    return found


def count(*, coach: Coach, length: timedelta, between: tuple[datetime, datetime], now: datetime) -> int:
    """Return how many slots are still free in a time."""
    return sum(1 for _ in _Calendar([coach], length=length, now=now).streams(between)[0])


def worked(*, coach: Coach, between: availability.Span) -> list[availability.Span]:
    """Return the hours that a coach works, booked or not, as spans that touch this time."""
    calendar = _Calendar([coach], length=A_MOMENT, now=between[0])
    rules, changes = calendar.rules.get(coach.pk, ()), calendar.changes.get(coach.pk, ())
    zone = ZoneInfo(coach.time_zone)
    return list(availability.worked(rules, changes, first=between[0], until=between[1], zone=zone))


class _Calendar:
    """What is known of some coaches' time: hours and changed days are read once, bookings for each stretch asked."""

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
        ids = [coach.pk for coach in coaches]
        self.rules = _by_coach(
            (
                rule.coach_id,
                availability.Rule(rule.weekday, rule.starts, rule.ends, rule.valid_from, rule.valid_to),
            )
            for rule in AvailabilityRule.objects.filter(coach__in=ids)
        )
        self.changes = _by_coach(
            (row.coach_id, availability.Change(row.date, row.kind == row.Kind.EXTRA, row.starts, row.ends))
            for row in AvailabilityException.objects.filter(coach__in=ids)
        )

    def streams(self, between: tuple[datetime, datetime]) -> list[Iterator[Slot]]:
        """Return one stream of free slots for each coach, cut at the coach's horizon."""
        busy = self._busy(between)
        return [
            availability.open_slots(
                coach_id=coach.pk,
                rules=self.rules.get(coach.pk, ()),
                exceptions=self.changes.get(coach.pk, ()),
                busy=busy.get(coach.pk, ()),
                length=self.length,
                gap=timedelta(minutes=coach.gap_minutes),
                between=(between[0], min(between[1], self.now + timedelta(days=coach.horizon_days))),
                now=self.now,
                notice=timedelta(hours=coach.notice_hours),
                zone=coach.time_zone,
            )
            for coach in self.coaches
        ]

    def _busy(self, between: tuple[datetime, datetime]) -> dict[UUID, list[availability.Span]]:
        rows = Booking.objects.filter(
            coach__in=[coach.pk for coach in self.coaches],
            status__in=LIVE,
            starts_at__gt=between[0] - LONGEST_BLOCK,
            starts_at__lt=between[1] + LONGEST_BLOCK,
        ).exclude(pk=self.left_out)
        return _by_coach(
            (coach_id, (start, end))
            for coach_id, start, end in rows.values_list("coach", "starts_at", "blocked_until")
        )


def _by_coach(pairs: Iterator[tuple[UUID, object]]) -> dict[UUID, list]:
    found: dict[UUID, list] = {}
    for coach_id, value in pairs:
        found.setdefault(coach_id, []).append(value)
    return found
