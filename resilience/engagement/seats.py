"""Ask for a place at a live session, wait for one, give it back: one winner for the last place.

Whoever acts has their enrolment locked first, then the live session; what stands in the seats is read after that.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement import seat_notices, taking_part
from resilience.engagement.models import WANTED, LiveSession, Seat, SeatState
from resilience.messaging import outbox
from resilience.participants.models import Enrolment


class NotOffered(Exception):
    """There is no such live session for this person, or it was called off."""


class TooLate(Exception):
    """It has begun: nobody can ask for a place or give one back."""


@dataclass(frozen=True)
class Standing:
    """A live session, how many places are left, and where one person stands."""

    session: LiveSession
    free: int
    state: str

    @property
    def taken(self) -> bool:
        """Return whether they have a place."""
        return self.state == SeatState.TAKEN

    @property
    def waits(self) -> bool:
        """Return whether they are on the waiting list."""
        return self.state == SeatState.WAITING


@transaction.atomic
def ask(*, enrolment: Enrolment, session: UUID, by: User, at: datetime) -> Seat:
    """Return somebody's place, or their wait for one where all are taken; asking twice changes nothing.

    Raises taking_part.Stopped, NotOffered or TooLate.
    """
    taking_part.require(taking_part.lock(enrolment))
    found = _lock(session, enrolment)
    if found.called_off_at is not None:
        raise NotOffered
    _still_to_come(found, at=at)
    seat = Seat.objects.filter(live_session=found, enrolment=enrolment).first()
    if seat is not None and seat.state in WANTED:
        return seat
    seat = seat or Seat(live_session=found, enrolment=enrolment)
    seat.state = SeatState.TAKEN if left(found) > 0 else SeatState.WAITING
    seat.asked_at = at
    seat.save()
    if seat.state == SeatState.TAKEN:
        seat_notices.plan_reminder(seat, at=at)
    trail.record(events.SEAT_ASKED, at=at, target=seat, by=by, state=str(seat.state))
    return seat


@transaction.atomic
def give_back(*, enrolment: Enrolment, session: UUID, by: User, at: datetime) -> None:
    """Give a place, or the wait for one, back; whoever has waited longest moves up. Raises NotOffered or TooLate."""
    taking_part.lock(enrolment)
    found = _lock(session, enrolment)
    _still_to_come(found, at=at)
    seat = Seat.objects.filter(live_session=found, enrolment=enrolment, state__in=WANTED).first()
    if seat is None:
        return
    seat.state = SeatState.GIVEN_BACK
    seat.save(update_fields=["state"])
    outbox.forget(target_id=seat.pk, now=at, reason="given back")
    trail.record(events.SEAT_GIVEN_BACK, at=at, target=seat, by=by)
    move_up(found, at=at)


def give_all_back(enrolment: Enrolment, *, by: User, at: datetime) -> int:
    """Give back every place that is still to come; return how many. Call with the enrolment locked."""
    mine = Seat.objects.filter(enrolment=enrolment, state__in=WANTED, live_session__starts_at__gt=at)
    to_come = list(mine.order_by("live_session_id").values_list("live_session_id", flat=True))
    for session in to_come:
        give_back(enrolment=enrolment, session=session, by=by, at=at)
    return len(to_come)


def move_up(session: LiveSession, *, at: datetime) -> None:
    """Give the places that are free to whoever has waited longest, and tell them. Call with the session locked."""
    room = left(session) if session.called_off_at is None and at < session.starts_at else 0
    waiting = Seat.objects.filter(live_session=session, state=SeatState.WAITING).order_by("asked_at", "pk")
    for seat in waiting.select_related("live_session", "enrolment__participant__user")[: max(0, room)]:
        seat.state = SeatState.TAKEN
        seat.save(update_fields=["state"])
        seat_notices.plan_moved_up(seat, at=at)
        trail.record(events.SEAT_MOVED_UP, at=at, target=seat)


def left(session: LiveSession) -> int:
    """Return how many places are free."""
    return session.capacity - session.seats.filter(state=SeatState.TAKEN).count()


def _lock(session: UUID, enrolment: Enrolment) -> LiveSession:
    """Return the live session of somebody's programme, locked. Raises NotOffered."""
    mine = LiveSession.objects.filter(programme__cohorts=enrolment.cohort_id, pk=session)
    found = mine.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotOffered
    return found


def _still_to_come(session: LiveSession, *, at: datetime) -> None:
    if at >= session.starts_at:
        raise TooLate


def standings(enrolment: Enrolment, *, now: datetime) -> list[Standing]:
    """Return the live sessions that are not over, the next one first; one that was called off only to who asked."""
    found = _of(enrolment).filter(ends_at__gt=now).order_by("starts_at", "pk")
    rows = [_standing(each) for each in found]
    return [each for each in rows if each.session.called_off_at is None or each.state in WANTED]


def standing(enrolment: Enrolment, session: UUID) -> Standing | None:
    """Return where somebody stands with one live session of their programme, or None where there is none."""
    found = _of(enrolment).filter(pk=session).first()
    return _standing(found) if found else None


def _of(enrolment: Enrolment) -> QuerySet[LiveSession]:
    mine = LiveSession.objects.filter(programme__cohorts=enrolment.cohort_id)
    own = Seat.objects.filter(live_session=OuterRef("pk"), enrolment=enrolment).values("state")
    taken = Count("seats", filter=Q(seats__state=SeatState.TAKEN))
    return mine.annotate(taken=taken, own=Coalesce(Subquery(own), Value("")))


def _standing(row: LiveSession) -> Standing:
    return Standing(row, max(0, row.capacity - row.taken), row.own)
