"""What there is for somebody when every part is behind them: how long things stay, and when we ask again."""

from dataclasses import dataclass
from datetime import date, datetime

from resilience import clock
from resilience.journeys import keeping
from resilience.measures import timepoints
from resilience.participants import consent
from resilience.participants.models import Enrolment, Purpose


@dataclass(frozen=True)
class Asked:
    """A short page to come; without a day while it waits for something that has no day yet."""

    label: str
    day: date | None


@dataclass(frozen=True)
class Closing:
    """The last day on which what they made is still here, if they never come back, and the pages to come."""

    stays_until: date
    to_come: tuple[Asked, ...]


def of(enrolment: Enrolment, *, now: datetime) -> Closing:
    """Return what the end says to somebody."""
    zone = enrolment.participant.time_zone
    stays = clock.local_day(now + keeping.TWELVE_MONTHS, zone)
    asks = consent.given(enrolment, Purpose.EVALUATION)
    return Closing(stays, _to_come(enrolment, now=now) if asks else ())


def _to_come(enrolment: Enrolment, *, now: datetime) -> tuple[Asked, ...]:
    zone = enrolment.participant.time_zone
    planned = timepoints.plan_of(enrolment.cohort.programme_id)
    due = timepoints.due_dates(enrolment, planned)
    later = [each for each in planned if each.pk not in due or due[each.pk] > now]
    return tuple(
        Asked(each.label, clock.local_day(due[each.pk], zone) if each.pk in due else None) for each in later
    )
