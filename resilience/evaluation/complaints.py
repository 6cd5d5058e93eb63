"""How many complaints were made of a programme: nobody but an evaluator can tell, since they come to people."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.models import Evaluation


@transaction.atomic
def tell(*, evaluation: Evaluation, number: int | None, by: User | None, now: datetime) -> None:
    """Keep the number: 0 says that somebody looked and found none, None that nobody knows."""
    if number == evaluation.complaints:
        return
    evaluation.complaints = number
    evaluation.save(update_fields=["complaints"])
    trail.record(events.COMPLAINTS_TOLD, at=now, target=evaluation, by=by)
