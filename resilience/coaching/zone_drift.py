"""Booked calls whose wall time is no longer what was agreed, as a country changed its clocks. Nothing is moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from resilience.coaching.models import LIVE, Booking

log = structlog.get_logger()


@dataclass(frozen=True)
class Drift:
    """One call: the wall time that was agreed, and what its moment is called there now."""

    booking: UUID
    time_zone: str
    agreed: str
    now_reads: str


def wall(moment: datetime, zone: str) -> str:
    """Return a moment as a booking keeps it: 2026-11-03T14:30 by the clock of a zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def find(*, now: datetime) -> Iterator[Drift]:
    """Yield the coming calls whose moment reads otherwise by the rules of today."""
    coming = Booking.objects.filter(status__in=LIVE, starts_at__gt=now).order_by("starts_at")
    for booking in coming.only("starts_at", "time_zone", "local_start").iterator():
        reads = wall(booking.starts_at, booking.time_zone)
        if reads != booking.local_start:
            yield Drift(booking.pk, booking.time_zone, booking.local_start, reads)


def report(*, now: datetime) -> int:
    """Write a line for the operator where calls have drifted; return how many have."""
    found = [str(each.booking) for each in find(now=now)]
    if found:
        log.warning("calls_drifted", calls=len(found), bookings=found[:20])
    return len(found)
