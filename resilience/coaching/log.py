"""A coach's own log of learning: encrypted, and read by that coach alone."""

from datetime import datetime

from resilience.coaching.development_models import LogEntry
from resilience.coaching.models import Coach

MOST_SHOWN = 100


def write(*, coach: Coach, words: str, now: datetime) -> LogEntry:
    """Keep an entry."""
    entry = LogEntry(coach=coach, words=words.strip(), at=now)
    entry.save()
    return entry


def of(coach: Coach) -> list[LogEntry]:
    """Return a coach's entries, the newest first."""
    return list(LogEntry.objects.filter(coach=coach).select_related("coach__user")[:MOST_SHOWN])
