"""What is written to somebody about their place at a live session, and when.

Each row is keyed by the seat, when it was asked for and the session's version; what is behind never fires.
"""

from datetime import datetime, timedelta

from resilience.engagement.models import WANTED, LiveSession, Seat, SeatState
from resilience.messaging import outbox
from resilience.messaging.models import Channel

REMINDER, MOVED_UP, CHANGED, CALLED_OFF = "seat_reminder", "seat_moved_up", "seat_changed", "seat_called_off"
A_DAY = timedelta(days=1)


def plan_reminder(seat: Seat, *, at: datetime) -> None:
    """Plan the word of the day before; whoever asks later than that has the date before them already."""
    due_at = seat.live_session.starts_at - A_DAY
    if at < due_at:
        _plan(REMINDER, seat, due_at=due_at)


def plan_moved_up(seat: Seat, *, at: datetime) -> None:
    """Plan the word that a place has come free for somebody who waited, and the reminder."""
    _plan(MOVED_UP, seat, due_at=at)
    plan_reminder(seat, at=at)


def plan_changed(session: LiveSession, *, at: datetime) -> None:
    """Plan the word of another time or place, and the reminder by the new one."""
    for seat in _wanted(session):
        outbox.forget(target_id=seat.pk, now=at, reason="it changed")
        if at < session.starts_at:
            _plan(CHANGED, seat, due_at=at)
        if seat.state == SeatState.TAKEN:
            plan_reminder(seat, at=at)


def plan_called_off(session: LiveSession, *, at: datetime) -> None:
    """Plan the word that it does not take place."""
    for seat in _wanted(session):
        outbox.forget(target_id=seat.pk, now=at, reason="called off")
        _plan(CALLED_OFF, seat, due_at=at)


def _wanted(session: LiveSession) -> list[Seat]:
    found = Seat.objects.filter(live_session=session, state__in=WANTED).order_by("pk")
    seats = list(found.select_related("enrolment__participant__user"))
    for seat in seats:
        seat.live_session = session
    return seats


def _plan(kind: str, seat: Seat, *, due_at: datetime) -> None:
    session = seat.live_session
    outbox.plan(
        key=f"{kind}:{seat.pk}:{seat.asked_at:%Y%m%d%H%M%S}:v{session.version}",
        kind=kind,
        channel=Channel.EMAIL,
        recipient=seat.enrolment.participant.user,
        target_id=seat.pk,
        version=session.version,
        due_at=due_at,
        not_after=session.starts_at,
    )
