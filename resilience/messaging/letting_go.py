"""What the field register says of keeping messages, carried out."""

from datetime import datetime, timedelta

from resilience.messaging.models import Outgoing

NINETY_DAYS = timedelta(days=90)


def let_go(*, now: datetime) -> int:
    """Delete messages that could last have gone out ninety days ago, with each attempt; return how many rows."""
    return Outgoing.objects.filter(not_after__lt=now - NINETY_DAYS).delete()[0]
