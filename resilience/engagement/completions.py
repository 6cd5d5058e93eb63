"""Which activities are behind somebody."""

from datetime import datetime
from uuid import UUID

from resilience.engagement import taking_part
from resilience.engagement.models import ActivityCompletion, How
from resilience.participants.models import Enrolment


def complete(*, enrolment: Enrolment, activity: UUID, how: str, at: datetime) -> ActivityCompletion:
    """Return the one completion of an activity; what was skipped may still be done later. Raises Stopped."""
    taking_part.require(enrolment)
    row, fresh = ActivityCompletion.objects.get_or_create(
        enrolment=enrolment, activity=activity, defaults={"how": how, "at": at}
    )
    if not fresh and row.how == How.SKIPPED and how != How.SKIPPED:
        row.how, row.at = how, at
        row.save(update_fields=["how", "at"])
    return row


def behind(enrolment: Enrolment) -> dict[UUID, str]:
    """Return how each activity that is behind somebody ended."""
    return dict(ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "how"))
