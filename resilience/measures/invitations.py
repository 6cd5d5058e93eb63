"""Tell somebody that a short page is ready, and remind them once."""

from datetime import datetime, timedelta

from resilience.measures.models import Timepoint
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.participants.models import Enrolment

READY, REMINDER = "page_ready", "page_reminder"
REMIND_AFTER = timedelta(days=3)


def plan(*, enrolment: Enrolment, timepoint: Timepoint, due_at: datetime, now: datetime) -> None:
    """Plan one message when a time point falls due and one reminder; the first page follows joining at once."""
    if timepoint.position > 1:
        _plan(READY, enrolment, timepoint, due_at=now, until=due_at + timedelta(days=timepoint.window_days))
    remind_at = max(due_at + REMIND_AFTER, now + REMIND_AFTER)
    _plan(
        REMINDER, enrolment, timepoint, due_at=remind_at, until=due_at + timedelta(days=timepoint.window_days)
    )


def _plan(
    kind: str, enrolment: Enrolment, timepoint: Timepoint, *, due_at: datetime, until: datetime
) -> None:
    if due_at >= until:
        return
    outbox.plan(
        key=f"{kind}:{enrolment.pk}:{timepoint.key}",
        kind=kind,
        channel=Channel.EMAIL,
        recipient=enrolment.participant.user,
        target_id=enrolment.pk,
        version=timepoint.position,
        due_at=due_at,
        not_after=until,
    )
