"""When no more calls are to come for somebody, so that the questions after the calls may follow."""

from datetime import datetime

from resilience.coaching import offers
from resilience.coaching.models import CallDecline
from resilience.measures import timepoints
from resilience.participants import milestones
from resilience.participants.models import Enrolment, Reached


def look(enrolment: Enrolment, *, now: datetime) -> bool:
    """Note how many calls were held, and once that they are done: all that are offered, or one and no other is wanted.

    Return whether the end was noted now. Those who never had a call are asked when the time for calls is over.
    """
    held = offers.calls_held(enrolment)
    if held:
        milestones.reach(enrolment=enrolment, what=Reached.CALL, about=str(held), at=now)
    no_more = (
        held >= enrolment.cohort.programme.calls_offered
        or CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).exists()
    )
    noted = held > 0 and no_more and _note_the_end(enrolment, now=now)
    if held:
        timepoints.refresh(enrolment=enrolment, now=now)
    return noted


def _note_the_end(enrolment: Enrolment, *, now: datetime) -> bool:
    noted = Enrolment.objects.filter(pk=enrolment.pk, calls_done_at=None).update(calls_done_at=now)
    if noted:
        enrolment.refresh_from_db(fields=["calls_done_at"])
    return bool(noted)
