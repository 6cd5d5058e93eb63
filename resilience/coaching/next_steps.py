"""The one line that is left of a call: what somebody will try next. Both can read it, and nobody else."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching.models import Booking, Call, NextStep

MOST = 200


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


@transaction.atomic
def keep(*, call: Call, words: str, by: User, now: datetime) -> None:
    """Keep the line of a call in place of what stood; an empty one takes it away. Raises Stopped."""
    enrolment = call.booking.enrolment
    if enrolment.withdrawn_at is not None:
        raise Stopped
    words = words.strip()
    step = NextStep.objects.filter(call=call).first() or NextStep(call=call)
    if not words:
        NextStep.objects.filter(call=call).delete()
        return
    step.words, step.agreed_at = words, now
    step.save()
    trail.record(events.NEXT_STEP_KEPT, at=now, target=enrolment, by=by)


def of_call(call: Call) -> NextStep | None:
    """Return the line of a call, closed still: reading its words opens it."""
    found = NextStep.objects.select_related("call__booking__participant__user")
    return found.filter(call=call).first()


def read(booking: Booking, *, by: User, now: datetime) -> list[NextStep]:
    """Return the lines that these two agreed, the newest first; that somebody else read them is written down."""
    theirs = NextStep.objects.filter(
        call__booking__enrolment=booking.enrolment_id, call__booking__coach=booking.coach_id
    )
    found = list(theirs.select_related("call__booking__participant__user").order_by("-agreed_at"))
    if found and by.pk != booking.participant.user_id:
        trail.record(events.NEXT_STEP_READ, at=now, target=booking.enrolment, by=by)
    return found
