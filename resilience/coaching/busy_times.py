"""The busy times in somebody's calendar file, and nothing else of it. Pure.

A repeating event is spread out by wall time in its own zone, as calendars show it; whatever cannot be read in one event
leaves that event out, and what is no calendar at all is refused.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, Event

from resilience.coaching import availability
from resilience.coaching.availability import Span

OURS = "@appointments"  # what came out of our own feed is known to us already, and better
OFTEN, LONG_AGO = {"DAILY", "WEEKLY"}, 1970  # counting up from the year one would take a worker a minute
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
MOST_REPEATS = 20_000
ODD = (ValueError, TypeError, LookupError, AttributeError, OverflowError)


class NotACalendar(ValueError):
    """What came is not a calendar file."""


def read(content: bytes, *, zone: str, between: Span) -> list[Span]:
    """Return the busy times that touch a stretch, joined where they meet. Raises NotACalendar.

    `zone` is the coach's: all-day events and times without a zone are meant in it.
    """
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, LookupError) as error:
        raise NotACalendar from error
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise NotACalendar
    found = [
        span
        for calendar in calendars
        for span in (*_events(calendar, ZoneInfo(zone), between), *_blocks(calendar))
        if span[0] < span[1] and span[1] > between[0] and span[0] < between[1]
    ]
    return availability.merged(sorted(found))


def _blocks(calendar: Component) -> Iterator[Span]:
    """Yield the times of a calendar that tells busy times alone."""
    for block in calendar.walk("VFREEBUSY"):
        listed = block.get("FREEBUSY", [])
        for period in listed if isinstance(listed, list) else [listed]:
            if period.params.get("FBTYPE", "BUSY") != "FREE":
                yield period.start.astimezone(UTC), period.end.astimezone(UTC)


def _events(calendar: Component, zone: ZoneInfo, between: Span) -> Iterator[Span]:
    events = calendar.walk("VEVENT")
    moved = {_moved(event, zone) for event in events}
    left = MOST_REPEATS
    for event in events:
        if not _is_busy(event):
            continue
        try:
            starts, length = _starts(event, zone, between), _length(event, zone)
        except ODD:
            continue
        uid = "" if "RECURRENCE-ID" in event else str(event.get("UID", ""))
        for start in islice(starts, left):
            left -= 1
            if (uid, start) not in moved:
                yield start, start + length


def _moved(event: Event, zone: ZoneInfo) -> tuple[str, datetime] | None:
    """Return which repeat of which event this one stands in for, or None."""
    try:
        return str(event["UID"]), _utc(event["RECURRENCE-ID"].dt, zone)
    except ODD:
        return None


def _is_busy(event: Event) -> bool:
    """Return whether an event keeps somebody from a call: neither free, cancelled, nor one of our own."""
    shown = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")).upper()
    return (
        str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT"
        and str(event.get("STATUS", "")).upper() != "CANCELLED"
        and shown != "FREE"
        and not str(event.get("UID", "")).endswith(OURS)
    )


def _length(event: Event, zone: ZoneInfo) -> timedelta:
    return _utc(event.end, zone) - _utc(event.start, zone)


def _starts(event: Event, zone: ZoneInfo, between: Span) -> Iterator[datetime]:
    """Return when an event begins: once, or each time within the stretch. Raises ValueError for an odd rule."""
    start = event.start
    if not event.rrules and not event.rdates:
        return iter([_utc(start, zone)])
    local = start.tzinfo if isinstance(start, datetime) and start.tzinfo else zone
    first, last = _wall(start, local), between[1].astimezone(local).replace(tzinfo=None)
    walls = {first, *(_wall(each[0], local) for each in event.rdates)}
    for rule in event.rrules:
        walls.update(_repeats(dict(rule), first=first, last=last, zone=local))
    walls -= {_wall(each, local) for each in event.exdates}
    return iter(sorted(wall.replace(tzinfo=local).astimezone(UTC) for wall in walls))


def _repeats(rule: dict, *, first: datetime, last: datetime, zone: tzinfo) -> Iterable[datetime]:
    """Return the wall times of a rule up to `last`: an end of its own, or a count, comes before that."""
    often = {str(each).upper() for each in rule.get("FREQ", [])}
    if often & TOO_OFTEN or (first.year < LONG_AGO and often & OFTEN):
        raise ValueError(rule["FREQ"])
    count = rule.pop("COUNT", [MOST_REPEATS])[0]
    until = min(last, *(_until(each, zone) for each in rule.pop("UNTIL", [])), last)
    parts = ";".join(f"{name}={','.join(map(str, values))}" for name, values in _plain(rule).items())
    found = rrulestr(f"{parts};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=first)
    return islice(found, min(count, MOST_REPEATS))


def _plain(rule: dict) -> dict[str, list]:
    """Return the parts of a rule with each value in a list."""
    return {name: values if isinstance(values, list) else [values] for name, values in rule.items()}


def _until(end: date, zone: tzinfo) -> datetime:
    """Return the last wall time that an end of a rule allows: the whole of a day that is named without a time."""
    if isinstance(end, datetime):
        return _wall(end, zone)
    return datetime.combine(end, time(23, 59, 59))


def _wall(moment: date, zone: tzinfo) -> datetime:
    """Return a moment, or the beginning of a day, by the clock of a zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)


def _utc(moment: date, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
