"""What the field register says of keeping sign-ins, drafts and roles, carried out."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from resilience import clock
from resilience.accounts.models import Draft, RoleGrant

THIRTY_DAYS = timedelta(days=30)
SIX_YEARS = timedelta(days=6 * 365 + 2)


def let_go(*, now: datetime) -> int:
    """Delete sign-ins that have run out, drafts of thirty days and roles that ended six years ago; return how many."""
    # Sign-ins run out by the machine's clock: moving the demonstration on must not sign everybody out.
    sign_ins, _by_model = Session.objects.filter(expire_date__lt=clock.machine_now()).delete()
    drafts, _by_model = Draft.objects.filter(saved_at__lt=now - THIRTY_DAYS).delete()
    roles, _by_model = RoleGrant.objects.filter(ended_at__lt=now - SIX_YEARS).delete()
    return sign_ins + drafts + roles
