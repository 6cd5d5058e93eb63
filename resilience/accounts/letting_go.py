"""What the field register says of keeping drafts, carried out."""

from datetime import datetime, timedelta

from resilience.accounts.models import Draft

THIRTY_DAYS = timedelta(days=30)


def let_go(*, now: datetime) -> int:
    """Delete drafts of thirty days ago; return how many."""
    return Draft.objects.filter(saved_at__lt=now - THIRTY_DAYS).delete()[0]
