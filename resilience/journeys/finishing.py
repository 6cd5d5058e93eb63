"""Reaching the end of the modules."""

from datetime import datetime

from resilience.measures import timepoints
from resilience.participants.models import Enrolment


def modules_done(*, enrolment: Enrolment, at: datetime) -> bool:
    """Note, once, that every module is behind somebody; what falls due by it is made. Return whether it was new."""
    noted = Enrolment.objects.filter(pk=enrolment.pk, modules_done_at=None, withdrawn_at=None).update(
        modules_done_at=at
    )
    if noted:
        enrolment.modules_done_at = at
        timepoints.refresh(enrolment=enrolment, now=at)
    return bool(noted)
