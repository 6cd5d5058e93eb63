"""A coach's own calendar, where they gave its address: its busy times are read by the worker and offered to nobody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from resilience import queue
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import busy_times, fetching
from resilience.coaching.availability import Span
from resilience.coaching.hours_models import BusyFeed, BusySpan, Fault
from resilience.coaching.models import Coach

READ = "resilience.coaching.tasks.read_calendar"
AHEAD = timedelta(days=400)
STALE = timedelta(hours=24)


@transaction.atomic
def give(coach: Coach, address: str, *, by: User, now: datetime) -> BusyFeed:
    """Keep the address of a coach's calendar and have it read; what was known of another one is dropped."""
    BusyFeed.objects.filter(
        coach=coach
    ).delete()  # a new row: what is being read of the old one is thrown away
    BusySpan.objects.filter(coach=coach).delete()
    feed = BusyFeed(coach=coach)
    feed.address = address
    feed.save()
    queue.enqueue(READ, feed=str(feed.pk))
    trail.record(events.CALENDAR_CHANGED, at=now, target=coach, by=by)
    return feed


@transaction.atomic
def take_away(coach: Coach, *, by: User, now: datetime) -> None:
    """Forget a coach's calendar and all that was known of it."""
    gone, _rows = BusyFeed.objects.filter(coach=coach).delete()
    BusySpan.objects.filter(coach=coach).delete()
    if gone:
        trail.record(events.CALENDAR_CHANGED, at=now, target=coach, by=by)


def ask_for_all() -> int:
    """Have the calendar of each coach who holds calls read; return how many."""
    feeds = list(BusyFeed.objects.filter(coach__is_active=True).values_list("pk", flat=True))
    for feed in feeds:
        queue.enqueue(READ, feed=str(feed))
    return len(feeds)


def read(feed_id: UUID | str, *, now: datetime) -> None:
    """Read one calendar. Where that fails, what was known before still counts and the fault is kept."""
    feed = BusyFeed.objects.select_related("coach__user").filter(pk=feed_id).first()
    if feed is None:
        return
    between = (now - timedelta(days=1), now + AHEAD)
    try:
        content = fetching.fetch(feed.address, near=settings.CALENDARS_MAY_BE_NEAR)
        busy = busy_times.read(content, zone=feed.coach.time_zone, between=between)
    except fetching.CannotRead as refused:
        _note(feed, refused.fault, now=now)
    except busy_times.NotACalendar:
        _note(feed, Fault.NOT_A_CALENDAR, now=now)
    else:
        _keep(feed, busy, now=now)


def _note(feed: BusyFeed, fault: Fault, *, now: datetime) -> None:
    BusyFeed.objects.filter(pk=feed.pk).update(asked_at=now, fault=fault)


@transaction.atomic
def _keep(feed: BusyFeed, busy: list[Span], *, now: datetime) -> None:
    """Put the busy times in place of those known before; a calendar that was taken away meanwhile leaves none."""
    Coach.objects.select_for_update(no_key=True).get(pk=feed.coach_id)
    if not BusyFeed.objects.filter(pk=feed.pk).update(asked_at=now, read_at=now, fault=""):
        return
    BusySpan.objects.filter(coach=feed.coach_id).delete()
    BusySpan.objects.bulk_create(
        BusySpan(coach_id=feed.coach_id, starts_at=start, ends_at=end) for start, end in busy
    )


def is_stale(feed: BusyFeed, *, now: datetime) -> bool:
    """Return whether a calendar was asked and could not be read for a day or more, or never yet."""
    return bool(feed.asked_at) and (feed.read_at is None or now - feed.read_at > STALE)
