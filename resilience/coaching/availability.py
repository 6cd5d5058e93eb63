"""A coach's free times: weekly hours, changed days and absences in, slots out. Pure: the same for page and booking.

Hours are wall times in the coach's zone; everything is built there and then counted in UTC, because a clock
change must not stretch or shrink a call. The grid starts where a stretch of hours starts, so that a booking
never shifts the times around it.
"""

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
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


@dataclass(frozen=True)
class Away:
    """An absence, from its first local day to its last: nothing is worked, whatever the hours say."""

    first: date
    last: date


@dataclass(frozen=True)
class Ceiling:
    """The most calls that a coach holds on a local day and in a week from Monday; `held` is when those booked start."""

    per_day: int | None = None
    per_week: int | None = None
    held: Sequence[datetime] = ()

    def room(self, zone: ZoneInfo) -> Callable[[datetime], bool]:
        """Return what says whether one more call may start at a moment."""
        if self.per_day is None and self.per_week is None:
            return lambda _at: True
        days = Counter(at.astimezone(zone).date() for at in self.held)
        weeks = Counter(monday(at.astimezone(zone).date()) for at in self.held)

        def allows(at: datetime) -> bool:
            day = at.astimezone(zone).date()
            return (self.per_day is None or days[day] < self.per_day) and (
                self.per_week is None or weeks[monday(day)] < self.per_week
            )

        return allows


NO_CEILING = Ceiling()


def monday(day: date) -> date:
    """Return the day on which its week began."""
    return day - day.weekday() * A_DAY


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
    absences: Sequence[Away] = (),
    ceiling: Ceiling = NO_CEILING,
) -> Iterator[Slot]:
    """Yield the free slots that start in `between` (its end left out), the earliest first.

    `busy` holds what is taken, each with the gap after it. A slot needs its own length and gap to be free, starts no
    sooner than `now` and the `notice` after it, and lies on a day and in a week below the coach's `ceiling`.
    """
    first, until = max(between[0], now + notice).astimezone(UTC), between[1].astimezone(UTC)
    local = ZoneInfo(zone)
    taken, has_room = merged(sorted(busy)), ceiling.room(local)
    ends = [end for _, end in taken]
    for start, end in worked(rules, exceptions, absences, first=first, until=until, zone=local):
        for at in _grid(start, end - length, step=length + gap, first=first):
            if at >= until:
                return
            place = bisect_right(ends, at)
            is_free = place == len(taken) or taken[place][0] >= at + length + gap
            if is_free and has_room(at):
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
    rules: Sequence[Rule],
    exceptions: Sequence[Change],
    absences: Sequence[Away] = (),
    *,
    first: datetime,
    until: datetime,
    zone: ZoneInfo,
) -> Iterator[Span]:
    """Yield the hours worked as spans in UTC, whole ones in order, whether booked or not; some may touch.

    Each begins where its day's hours do, never where the time asked for does: the grid of slots hangs on it.
    """
    changes: dict[date, list[Change]] = {}
    for change in exceptions:
        changes.setdefault(change.day, []).append(change)
    away = [_days(absence.first, absence.last, zone) for absence in absences]

    def hours_of(day: date) -> list[Span]:
        if any(absence.first <= day <= absence.last for absence in absences):
            return []
        return _hours(rules, changes.get(day, ()), changes.get(day + A_DAY, ()), day=day, zone=zone)

    return _cut_all(_by_day(hours_of, changes, first=first, until=until, zone=zone), away)


def _by_day(
    hours_of: Callable[[date], list[Span]],
    changes: Container[date],
    *,
    first: datetime,
    until: datetime,
    zone: ZoneInfo,
) -> Iterator[Span]:
    """Yield each day's hours; where the night before still fills them they begin after it.

    A night's hours run into the next day, and what begins there hangs on them: so it starts two days before `first`.
    """
    day, last = first.astimezone(zone).date() - 2 * A_DAY, until.astimezone(zone).date()
    night: Sequence[Span] = ()  # the hours of the day before
    behind: list[Span] = []  # what a cut left of them, where it may lie among this day's
    while day <= last:
        hours = hours_of(day)
        found, behind, night = sorted([*behind, *_cut_all(hours, night)]), [], hours
        if day + A_DAY in changes:
            midnight = _days(day, day, zone)[1]
            behind = [span for span in found if span[0] >= midnight]
            found = found[: len(found) - len(behind)]
        yield from found
        day += A_DAY
    yield from behind


def _hours(
    rules: Sequence[Rule],
    changes: Sequence[Change],
    following: Sequence[Change],
    *,
    day: date,
    zone: ZoneInfo,
) -> list[Span]:
    """Return a day's hours; those that run past midnight stop where the `following` day is taken off."""
    worked = [_span(day, rule.starts, rule.ends, zone) for rule in rules if rule.holds_on(day)]
    if any(not change.extra and not _timed(change) for change in changes):
        worked = []
    taken_off = [change for change in (*changes, *following) if not change.extra]
    worked = list(_cut_all(worked, [_of(change, zone) for change in taken_off]))
    worked += [
        _span(day, change.starts, change.ends, zone) for change in changes if change.extra and _timed(change)
    ]
    return merged(sorted(span for span in worked if span[0] < span[1]))


def _of(change: Change, zone: ZoneInfo) -> Span:
    if _timed(change):
        return _span(change.day, change.starts, change.ends, zone)
    return _days(change.day, change.day, zone)


def _cut_all(spans: Iterable[Span], away: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        left = [span]
        for away_from, away_to in away:
            left = [
                part
                for start, end in left
                for part in ((start, min(end, away_from)), (max(start, away_to), end))
                if part[0] < part[1]
            ]
        yield from left


def _timed(change: Change) -> bool:
    return change.starts is not None and change.ends is not None


def _days(first: date, last: date, zone: ZoneInfo) -> Span:
    """Return whole local days as a span in UTC."""
    start = datetime.combine(first, time(), tzinfo=zone)
    return start.astimezone(UTC), datetime.combine(last + A_DAY, time(), tzinfo=zone).astimezone(UTC)


def _span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    """Return wall times of a day as a span in UTC.

    Where a wall time comes twice, a start means the first and an end the second. Where it is left out, a start
    means the later reading and an end the earlier, so that no slot lies outside the hours.
    """
    last_day = day if ends > starts else day + A_DAY
    start = datetime.combine(day, starts, tzinfo=zone)
    end = datetime.combine(last_day, ends, tzinfo=zone).replace(fold=1)
    return start.astimezone(UTC), end.astimezone(UTC)
