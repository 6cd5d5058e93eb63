"""Whom to ring next, and when: each try is planned once, and taken up again where it was skipped."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from resilience.coaching import dialling, outcomes
from resilience.coaching.models import CAME_IN_FROM, Booking, Call, Side
from resilience.coaching.outcomes import Seen
from resilience.messaging.models import Outgoing, State

A_BREATH = timedelta(seconds=20)


def plan_next(call: Call, known: Sequence[Seen], *, side: str, now: datetime) -> None:
    """Plan the next try of one side where one is fair: the participant's only while the coach is there."""
    if side == Side.PARTICIPANT and (left := outcomes.dropped_at(known)):
        _once_more(call, left=left, now=now)
        return
    tried = outcomes.again(known, side=side)
    if tried is None or (side == Side.PARTICIPANT and not outcomes.in_room(known, side=Side.COACH)):
        return
    booking = call.booking
    until = booking.starts_at + dialling.GRACE if side == Side.COACH else booking.ends_at
    due_at = max(now, _earliest(call, side=side, tried=tried))
    if tried == 0 and due_at > until:
        return
    _plan(booking, side=side, number=tried + 1, due_at=due_at, not_after=max(until, due_at))


def _once_more(call: Call, *, left: datetime, now: datetime) -> None:
    """Plan one ring for a line that dropped: at the end of a talk both are gone before it comes."""
    due_at = max(now, left + A_BREATH)
    rung = call.legs.filter(side=Side.PARTICIPANT, attempt__lt=CAME_IN_FROM).count()
    _plan(
        call.booking,
        side=Side.PARTICIPANT,
        number=rung + 1,
        due_at=due_at,
        not_after=due_at + dialling.SHORTEST,
    )


def _earliest(call: Call, *, side: str, tried: int) -> datetime:
    """Return when a side may be rung: not before the agreed time, and some minutes after its first try."""
    rung = call.legs.filter(side=side, attempt__lt=CAME_IN_FROM, rung_at__isnull=False).order_by("rung_at")
    first = rung.first() if tried else None
    return first.rung_at + dialling.NOW_AND_THEN[tried] if first else call.booking.starts_at


def _plan(booking: Booking, *, side: str, number: int, due_at: datetime, not_after: datetime) -> None:
    """Plan a try. One that was skipped, since the coach had left or was there already, stands again."""
    key = str(dialling.Attempt(str(booking.pk), booking.version, side, number))
    again = Outgoing.objects.filter(key=key, state=State.SKIPPED).update(
        state=State.DUE, due_at=due_at, not_after=not_after, attempts=0, settled_at=None, reason=""
    )
    if not again:
        dialling.plan(booking, side=side, number=number, due_at=due_at, not_after=not_after)
