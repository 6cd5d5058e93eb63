"""Who came to a live session: ticked by the facilitator alone, and what counts from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement.models import LiveSession, Seat, SeatState
from resilience.participants import milestones
from resilience.participants.models import Enrolment, Reached


class NotYet(Exception):
    """It has not begun: nobody can have come."""


@dataclass(frozen=True)
class Row:
    """One person on the facilitator's list: the name that they chose, and whether they came."""

    seat: UUID
    name: str
    attended: bool | None


def of_facilitator(user: User) -> list[LiveSession]:
    """Return the live sessions that somebody holds, the newest first."""
    return list(LiveSession.objects.filter(facilitator=user, called_off_at=None).order_by("-starts_at"))


def listed(session: LiveSession) -> list[Row]:
    """Return everybody with a place, by the name that they chose; those who gave none come last."""
    seats = session.seats.filter(state=SeatState.TAKEN).select_related("enrolment__participant__user")
    rows = [Row(seat.pk, seat.enrolment.participant.chosen_name, seat.attended) for seat in seats]
    return sorted(rows, key=lambda row: (not row.name, row.name.casefold(), row.seat))


@transaction.atomic
def tick(session: LiveSession, *, came: Collection[UUID], by: User, at: datetime) -> None:
    """Keep who of those with a place came, and that the others did not. Raises NotYet."""
    if at < session.starts_at:
        raise NotYet
    held = session.seats.select_for_update(of=("self",), no_key=True).filter(state=SeatState.TAKEN)
    for seat in held.select_related("enrolment").order_by("pk"):
        _tick(seat, session, attended=seat.pk in came, at=at)
    trail.record(events.ATTENDANCE_TICKED, at=at, target=session, by=by)


def _tick(seat: Seat, session: LiveSession, *, attended: bool, at: datetime) -> None:
    if seat.attended == attended:
        return
    mine = {"enrolment": seat.enrolment, "what": Reached.LIVE_SESSION, "about": session.about}
    if attended:
        milestones.put(**mine, at=min(at, session.ends_at))
    elif seat.attended:
        milestones.take_back(**mine)
    seat.attended = attended
    seat.save(update_fields=["attended"])


def note_passed(*, now: datetime) -> int:
    """Note for everybody the live sessions whose last date has passed; return how many moments are new.

    Whoever joined after the last date gets none: what hangs on it then comes by its latest day.
    """
    standing = LiveSession.objects.filter(called_off_at=None).values("programme", "about")
    passed = standing.annotate(last=Max("ends_at")).filter(last__lte=now).order_by()
    return sum(_note(each["programme"], each["about"], each["last"]) for each in passed)


def _note(programme: UUID, about: str, last: datetime) -> int:
    there = Enrolment.objects.filter(cohort__programme=programme, withdrawn_at=None, joined_at__lt=last)
    return milestones.reach_all(there, what=Reached.LIVE_SESSION, about=about, at=last)
