"""What a programme settles about its calls: how long one is, how many there are, and until when."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import Programme


@transaction.atomic
def settle(
    *, programme: Programme, minutes: int, offered: int, close_after_days: int, by: User, now: datetime
) -> None:
    """Change how calls are from now on. Calls that are booked keep their length."""
    programme.call_minutes, programme.calls_offered = minutes, offered
    programme.calls_close_after_days = close_after_days
    programme.save(update_fields=["call_minutes", "calls_offered", "calls_close_after_days"])
    trail.record(events.CALLS_SET, at=now, target=programme, by=by, minutes=minutes, offered=offered)
