"""What an outage must leave behind, worked out without the site: every still-valid text once, no stale one. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

EDGE = timedelta(
    minutes=10
)  # so close to the end of the outage nobody can say which side of it a text fell on


@dataclass(frozen=True)
class Reminder:
    """One text that is to go out to a number of its own between two moments."""

    number: str
    due_at: datetime
    not_after: datetime


@dataclass(frozen=True)
class Arrived:
    """One text that the carrier took."""

    number: str
    at: datetime


@dataclass(frozen=True)
class Found:
    """What differs, in words, and how many of each kind there were."""

    faults: Sequence[str]
    counts: Counter


def compare(planned: Sequence[Reminder], arrived: Sequence[Arrived], *, ended_at: datetime) -> Found:
    """Return each reminder that was lost, sent twice, sent too early or sent too late."""
    by_number = defaultdict(list)
    for text in arrived:
        by_number[text.number].append(text.at)
    faults, counts = [], Counter()
    for reminder in planned:
        kind = _kind(reminder, ended_at)
        times = by_number.pop(reminder.number, [])
        counts[f"{kind}, sent" if times else f"{kind}, not sent"] += 1
        faults += _faults(reminder, times, kind)
    faults += [f"{number}: nobody planned it" for number in by_number]
    return Found(faults, counts)


def _kind(reminder: Reminder, ended_at: datetime) -> str:
    if reminder.not_after > ended_at + EDGE:
        return "still valid"
    return "of no use any more" if reminder.not_after < ended_at - EDGE else "at the edge"


def _faults(reminder: Reminder, times: Sequence[datetime], kind: str) -> list[str]:
    name = f"{reminder.number} ({kind}, due {reminder.due_at:%H:%M}, until {reminder.not_after:%H:%M})"
    a_second = timedelta(seconds=1)  # the carrier's times are whole seconds
    faults = [f"{name}: sent {len(times)} times"] if len(times) > 1 else []
    if kind == "still valid" and not times:
        faults.append(f"{name}: lost")
    faults += [f"{name}: stale at {at:%H:%M:%S}" for at in times if at > reminder.not_after + a_second]
    return faults + [f"{name}: early at {at:%H:%M:%S}" for at in times if at < reminder.due_at - a_second]


def planted(
    planned: Sequence[Reminder], arrived: Sequence[Arrived], *, ended_at: datetime
) -> dict[str, Sequence[Arrived]]:
    """Return what arrived with one fault of each kind put into it: each must be found."""
    valid = {each.number: each for each in planned if _kind(each, ended_at) == "still valid"}
    first = next(text for text in arrived if text.number in valid)
    others = [text for text in arrived if text != first]
    late = valid[first.number].not_after + timedelta(minutes=1)
    early = valid[first.number].due_at - timedelta(minutes=1)
    return {
        "one lost": others,
        "one twice": [*arrived, first],
        "one stale": [*others, replace(first, at=late)],
        "one early": [*others, replace(first, at=early)],
        "one of nobody's": [*arrived, Arrived("+447700900999999", first.at)],
    }
