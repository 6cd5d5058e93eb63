"""A coach's free times: weekly hours and changed days in, slots out. Pure: the same for the page and the booking.

Hours are wall times in the coach's zone; everything is built there and then counted in UTC, because a clock
change must not stretch or shrink a call. The grid starts where a stretch of hours starts, so that a booking
never shifts the times around it.
"""

import heapq
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]

A_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Slot:
    """A time when a coach can be booked: a value, not a row."""

    starts_at: datetime
    ends_at: datetime
    coach_id: Hashable


@dataclass(frozen=True)
class Rule:
    """Weekly hours (Monday is 0). An end at or before the start lies on the next day."""

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether these hours are worked on that day."""
        if day.weekday() != self.weekday:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Change:
    """One day that differs: `extra` hours, or hours taken away (all of the day where no times are given)."""

    day: date
    extra: bool
    starts: time | None = None
    ends: time | None = None


def open_slots(
    *,
    coach_id: Hashable,
    rules: Sequence[Rule],
    exceptions: Sequence[Change],
    busy: Iterable[Span],
    length: timedelta,
    gap: timedelta,
    between: Span,
    now: datetime,
    notice: timedelta,
    zone: str,
) -> Iterator[Slot]:
    """Yield the free slots that start in `between` (its end left out), the earliest first.

    `busy` holds what is taken, each with the gap after it. A slot needs its own length and gap to be free, and
    starts no sooner than `now` and the `notice` after it.
    """
    first, until = max(between[0], now + notice).astimezone(UTC), between[1].astimezone(UTC)
    taken = merged(sorted(busy))
    ends = [end for _, end in taken]
    for start, end in worked(rules, exceptions, first=first, until=until, zone=ZoneInfo(zone)):
        for at in _grid(start, end - length, step=length + gap, first=first):
            if at >= until:
                return
            place = bisect_right(ends, at)
            if place == len(taken) or taken[place][0] >= at + length + gap:
                yield Slot(at, at + length, coach_id)


def next_free(streams: Iterable[Iterator[Slot]], *, most: int) -> list[Slot]:
    """Return the first `most` slots of many coaches' streams; each stream is read only as far as needed."""
    return list(islice(heapq.merge(*streams), most))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as spans that neither touch nor overlap; `spans` come sorted."""
    return list(_joined(spans))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    open_span: Span | None = None
    for start, end in spans:
        if open_span is None:
            open_span = (start, end)
        elif start <= open_span[1]:
            open_span = (open_span[0], max(open_span[1], end))
        else:
            yield open_span
            open_span = (start, end)
    if open_span is not None:
        yield open_span


def _grid(start: datetime, last: datetime, *, step: timedelta, first: datetime) -> Iterator[datetime]:
    skipped = max(0, -((start - first) // step))
    at = start + skipped * step
    while at <= last:
        yield at
        at += step


def worked(
    rules: Sequence[Rule], exceptions: Sequence[Change], *, first: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[Span]:
    """Yield the hours worked as spans in UTC, whole ones, whether booked or not.

    A day's hours may run into the next, so the day before `first` counts too.
    """
    changes: dict[date, list[Change]] = {}
    for change in exceptions:
        changes.setdefault(change.day, []).append(change)
    return _joined(_by_day(rules, changes, first=first, until=until, zone=zone))


def _by_day(
    rules: Sequence[Rule],
    changes: dict[date, list[Change]],
    *,
    first: datetime,
    until: datetime,
    zone: ZoneInfo,
) -> Iterator[Span]:
    day, last = first.astimezone(zone).date() - A_DAY, until.astimezone(zone).date()
    while day <= last:
        yield from _hours(rules, changes.get(day, ()), day=day, zone=zone)
        day += A_DAY


def _hours(rules: Sequence[Rule], changes: Sequence[Change], *, day: date, zone: ZoneInfo) -> list[Span]:
    worked = [_span(day, rule.starts, rule.ends, zone) for rule in rules if rule.holds_on(day)]
    for change in changes:
        if not change.extra:
            worked = _without(worked, change, day=day, zone=zone)
    worked += [
        _span(day, change.starts, change.ends, zone) for change in changes if change.extra and _timed(change)
    ]
    return merged(sorted(span for span in worked if span[0] < span[1]))


def _without(worked: list[Span], change: Change, *, day: date, zone: ZoneInfo) -> list[Span]:
    if not _timed(change):
        return []
    away_from, away_to = _span(day, change.starts, change.ends, zone)
    left = []
    for start, end in worked:
        left += [(start, min(end, away_from)), (max(start, away_to), end)]
    return [span for span in left if span[0] < span[1]]


def _timed(change: Change) -> bool:
    return change.starts is not None and change.ends is not None


def _span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    """Return wall times of a day as a span in UTC.

    Where a wall time comes twice, a start means the first and an end the second. Where it is left out, a start
    means the later reading and an end the earlier, so that no slot lies outside the hours.
    """
    last_day = day if ends > starts else day + A_DAY
    start = datetime.combine(day, starts, tzinfo=zone)
    end = datetime.combine(last_day, ends, tzinfo=zone).replace(fold=1)
    return start.astimezone(UTC), end.astimezone(UTC)
