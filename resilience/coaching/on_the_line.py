"""Minutes of a call are no idle minutes: a coach who talks stays signed in, with the page of the call open."""

from datetime import datetime, timedelta
from uuid import UUID

from resilience.accounts import device
from resilience.coaching.models import Booking, Status

TO_PREPARE = timedelta(minutes=10)


@device.busy
def in_calls(user: UUID | str, *, since: datetime, now: datetime) -> timedelta:
    """Return how long somebody prepared or held calls of theirs between these moments."""
    theirs = Booking.objects.filter(
        coach__user=user, status=Status.BOOKED, starts_at__lt=now + TO_PREPARE, blocked_until__gt=since
    )
    taken, reached = timedelta(), since
    for one in theirs.order_by("starts_at"):
        begun, over = max(reached, one.starts_at - TO_PREPARE), min(now, _end(one))
        if over > begun:
            taken, reached = taken + (over - begun), over
    return taken


def _end(one: Booking) -> datetime:
    """Return when a call is over: when the line says so, else at its agreed end, or while they talk as it is cut."""
    newest = one.calls.filter(version=one.version).first()
    if newest is not None and newest.ended_at is not None:
        return newest.ended_at
    talking = newest is not None and newest.bridged_at is not None
    return one.blocked_until if talking else one.ends_at
