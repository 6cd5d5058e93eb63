"""Live sessions as their pages have them: kept in step, moved, called off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement import seat_notices, seats
from resilience.engagement.models import LiveSession, SeatState
from resilience.participants.models import Programme

TOLD_OF = ("starts_at", "ends_at", "place", "link")


@dataclass(frozen=True)
class Details:
    """What an editor says of a live session."""

    about: str
    title: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    place: str
    link: str
    facilitator: User | None


@transaction.atomic
def keep(*, key: UUID, programme: str, details: Details, at: datetime) -> LiveSession | None:
    """Keep a live session as its page has it now; None where the site runs no such programme.

    Who has a place or waits for one is told of another time or place, and moves up where there is more room.
    """
    of = Programme.objects.filter(slug=programme).first()
    if of is None:
        return None
    before = LiveSession.objects.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    fresh = LiveSession(pk=key, programme=of, **vars(details))
    fresh.version = before.version if before else 1
    moved = before is not None and any(getattr(before, name) != getattr(fresh, name) for name in TOLD_OF)
    again = before is not None and before.called_off_at is not None
    fresh.version += moved or again
    fresh._state.adding = before is None
    fresh.save()
    if moved or again:
        seat_notices.plan_changed(fresh, at=at)
    if before is not None:
        seats.move_up(fresh, at=at)
    return fresh


@transaction.atomic
def call_off(keys: Iterable[UUID], *, at: datetime) -> int:
    """Call off these live sessions, and tell who had a place or waited for one; return how many were called off."""
    standing = LiveSession.objects.select_for_update(of=("self",), no_key=True)
    found = list(standing.filter(pk__in=list(keys), called_off_at=None, starts_at__gt=at).order_by("pk"))
    for session in found:
        session.called_off_at, session.version = at, session.version + 1
        session.save(update_fields=["called_off_at", "version"])
        seat_notices.plan_called_off(session, at=at)
        trail.record(events.LIVE_SESSION_CALLED_OFF, at=at, target=session)
    return len(found)


def counted(programmes: set[str] | None) -> QuerySet[LiveSession]:
    """Return the live sessions of these programmes, or of all, with how many have a place, wait and came."""
    found = LiveSession.objects.all()
    found = found if programmes is None else found.filter(programme__slug__in=programmes)
    return found.select_related("programme").annotate(
        taken=Count("seats", filter=Q(seats__state=SeatState.TAKEN)),
        waiting=Count("seats", filter=Q(seats__state=SeatState.WAITING)),
        came=Count("seats", filter=Q(seats__attended=True)),
    ).order_by("-starts_at")  # fmt: skip
