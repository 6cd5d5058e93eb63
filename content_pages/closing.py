"""What there is for somebody when every part is behind them: how long things stay, and when we ask again."""

from dataclasses import dataclass
from datetime import date, datetime

from resilience import clock
from resilience.journeys import keeping
from resilience.measures import coming
from resilience.participants.models import Enrolment


@dataclass(frozen=True)
class Closing:
    """The last day on which what they made is still here, if they never come back, and the pages to come."""

    stays_until: date
    to_come: tuple[coming.Asked, ...]


def of(enrolment: Enrolment, *, now: datetime) -> Closing:
    """Return what the end says to somebody."""
    zone = enrolment.participant.time_zone
    stays = clock.local_day(now + keeping.TWELVE_MONTHS, zone)
    return Closing(stays, coming.of(enrolment, now=now))
