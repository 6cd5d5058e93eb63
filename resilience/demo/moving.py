"""Where the demonstration's clock may be moved on to."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q

from resilience import clock
from resilience.accounts.models import User
from resilience.coaching.models import Booking, Status
from resilience.measures import timepoints
from resilience.messaging import optouts, quiet
from resilience.messaging.models import Outgoing, State
from resilience.participants.models import Enrolment

A_MOMENT = timedelta(seconds=1)
NEXT_CALL = "next-call"


class NothingComes(Exception):
    """There is no such thing ahead."""


def target(step: str, *, user: object, now: datetime, numbers: Collection[str] = ()) -> datetime:
    """Return the moment that a button means to `user`, who sees the telephones of these `numbers` on the desk.

    Raises NothingComes, or KeyError for a button that is none.
    """
    found = next_call(now, user=user, numbers=numbers) if step == NEXT_CALL else STEPS[step](now)
    if found is None:
        raise NothingComes
    return found


def parse(text: str) -> datetime | None:
    """Return the moment that `to=` names (ISO 8601, UTC where it says nothing else), or None."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def go(moment: datetime) -> None:
    """Move every process on. Raises clock.NeverBack."""
    clock.move_to(moment)


def next_call(now: datetime, *, user: object = None, numbers: Collection[str] = ()) -> datetime | None:
    """Return when the next booked call starts: of the person signed in, else of these telephones, else anybody's."""
    coming = Booking.objects.filter(status=Status.BOOKED, starts_at__gt=now).order_by("starts_at")
    starts = coming.values_list("starts_at", flat=True)
    first = starts.filter(_of_user(user)).first() if isinstance(user, User) else None
    return first or starts.filter(_of_telephones(numbers)).first() or starts.first()


def _of_user(user: User) -> Q:
    return Q(participant__user=user) | Q(coach__user=user)


def _of_telephones(numbers: Collection[str]) -> Q:
    marks = [optouts.index(number) for number in numbers]
    return Q(participant__phone_index__in=marks) | Q(coach__phone_index__in=marks)


def next_due(now: datetime) -> datetime | None:
    """Return when the next message, call or page of questions falls due, or None."""
    waiting = Outgoing.objects.filter(state=State.DUE, due_at__gt=now).order_by("due_at")
    moments = [next_call(now), waiting.values_list("due_at", flat=True).first(), _next_timepoint(now)]
    ahead = [moment for moment in moments if moment is not None]
    return min(ahead) + A_MOMENT if ahead else None


def _next_timepoint(now: datetime) -> datetime | None:
    active = Enrolment.objects.filter(withdrawn_at=None, cohort__programme__is_synthetic=False)
    plans: dict = {}
    ahead = []
    for enrolment in active.select_related("cohort"):
        programme = enrolment.cohort.programme_id
        plan = plans.get(programme) or plans.setdefault(programme, timepoints.plan_of(programme))
        ahead += [moment for moment in timepoints.due_dates(enrolment, plan).values() if moment > now]
    return min(ahead, default=None)


def days_on(now: datetime, *, days: int) -> datetime:
    """Return so many days on; where that is in the night the morning after it, when messages go out."""
    return quiet.after(now + timedelta(days=days), zone=settings.TIME_ZONE)


STEPS = {
    "next-due": next_due,
    "day": partial(days_on, days=1),
    "week": partial(days_on, days=7),
}
