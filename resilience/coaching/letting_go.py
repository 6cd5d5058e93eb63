"""What the field register says of keeping a call's lines and notices, carried out. What came of the call stays."""

from datetime import datetime, timedelta

from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import CallEvent, CallLeg

NINETY_DAYS = timedelta(days=90)


def let_go(*, now: datetime) -> int:
    """Erase the notices and lines of calls of ninety days ago, and the times freed before; return how many rows."""
    before = now - NINETY_DAYS
    notices, _by_model = CallEvent.objects.filter(call__started_at__lt=before).erase()
    lines, _by_model = CallLeg.objects.filter(call__started_at__lt=before).delete()
    freed, _by_model = FreedTime.objects.filter(ends_at__lt=before).delete()
    return notices + lines + freed
