"""How often and when the people of a programme are reminded of a short page."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import Programme


@transaction.atomic
def settle(*, programme: Programme, reminders: int, first: int, second: int, by: User, now: datetime) -> None:
    """Keep how many reminders there are, and after how many days.

    Fewer hold at once, for messages that wait too; other days hold for pages that fall due from now on.
    """
    programme.reminders, programme.first_reminder_days, programme.second_reminder_days = (
        reminders,
        first,
        second,
    )
    programme.save(update_fields=["reminders", "first_reminder_days", "second_reminder_days"])
    trail.record(events.REMINDERS_SET, at=now, target=programme, by=by, reminders=reminders)
