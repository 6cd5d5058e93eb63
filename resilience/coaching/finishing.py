"""When no more calls are to come for somebody, so that the questions after the calls may follow."""

from datetime import datetime

from resilience.coaching import offers
from resilience.coaching.models import CallDecline
from resilience.measures import timepoints
from resilience.participants.models import Enrolment


def look(enrolment: Enrolment, *, now: datetime) -> bool:
    """Note, once, that the calls are done: all that are offered were held, or one was and they want no other.

    Return whether it was noted now. Those who never had a call are asked when the time for calls is over.
    """
    held = offers.calls_held(enrolment)
    no_more = (
        held >= enrolment.cohort.programme.calls_offered
        or CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).exists()
    )
    if held == 0 or not no_more:
        return False
    noted = Enrolment.objects.filter(pk=enrolment.pk, calls_done_at=None).update(calls_done_at=now)
    if noted:
        enrolment.refresh_from_db(fields=["calls_done_at"])
        timepoints.refresh(enrolment=enrolment, now=now)
    return bool(noted)
