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
    noted = _no_more(enrolment, held) and _note_the_end(enrolment, now=now)
    if held:
        timepoints.refresh(enrolment=enrolment, now=now)
    return noted


def take_back(enrolment: Enrolment) -> None:
    """Forget what `look` noted of a call that turns out not to count: one of the two knew the other."""
    held = offers.calls_held(enrolment)
    milestones.take_back(enrolment=enrolment, what=Reached.CALL, about=str(held + 1))
    if not _no_more(enrolment, held):
        Enrolment.objects.filter(pk=enrolment.pk).update(calls_done_at=None)


def _no_more(enrolment: Enrolment, held: int) -> bool:
    if not held or held >= enrolment.cohort.programme.calls_offered:
        return held > 0
    return CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).exists()


def _note_the_end(enrolment: Enrolment, *, now: datetime) -> bool:
    noted = Enrolment.objects.filter(pk=enrolment.pk, calls_done_at=None).update(calls_done_at=now)
    if noted:
        enrolment.refresh_from_db(fields=["calls_done_at"])
    return bool(noted)
