"""Times that are kept for ten minutes while somebody fills in a form."""

from datetime import datetime

from resilience.coaching.models import Booking, Status
from resilience.participants.models import Enrolment


def of(enrolment: Enrolment, *, now: datetime) -> Booking | None:
    """Return what is kept for somebody now, or None."""
    mine = Booking.objects.filter(enrolment=enrolment, status=Status.HELD, held_until__gt=now)
    return mine.select_related("coach").first()


def drop_expired(*, now: datetime) -> int:
    """Free the times that nobody took within their ten minutes; return how many."""
    dropped, _by_model = Booking.objects.filter(status=Status.HELD, held_until__lte=now).delete()
    return dropped
