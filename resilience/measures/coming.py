"""The short pages that are still to come for somebody, each with its day where it has one."""

from dataclasses import dataclass
from datetime import date, datetime

from resilience import clock
from resilience.measures import timepoints
from resilience.participants import consent
from resilience.participants.models import Enrolment, Purpose


@dataclass(frozen=True)
class Asked:
    """A short page to come; without a day while it waits for something that has no day yet."""

    label: str
    day: date | None


def of(enrolment: Enrolment, *, now: datetime) -> tuple[Asked, ...]:
    """Return what is to come for somebody, in days of their own zone; nothing for those outside the evaluation."""
    if enrolment.withdrawn_at is not None or not consent.given(enrolment, Purpose.EVALUATION):
        return ()
    zone = enrolment.participant.time_zone
    plan = timepoints.plan_of(enrolment.cohort.programme_id)
    due = timepoints.due_dates(enrolment, plan)
    opens = {
        each.pk: clock.days_after(due[each.pk], -each.early_days, zone) for each in plan if each.pk in due
    }
    later = [each for each in plan if each.planned.all() and (each.pk not in opens or opens[each.pk] > now)]
    return tuple(
        Asked(each.label, clock.local_day(opens[each.pk], zone) if each.pk in opens else None)
        for each in later
    )
