"""One of the two knows the other: they are kept apart from then on, and nobody is asked why."""

from datetime import datetime

from django.db import transaction

from resilience.audit import events, trail
from resilience.coaching import booking as bookings
from resilience.coaching import relationships
from resilience.coaching.models import Booking, By, Coach, CoachingRelationship, Status
from resilience.participants.models import Enrolment


@transaction.atomic
def keep_apart(*, enrolment: Enrolment, coach: Coach, now: datetime) -> CoachingRelationship:
    """End what there is between this person and this coach, and offer the one to the other no more."""
    relationship = relationships.begin(enrolment=enrolment, coach=coach, now=now)
    relationship.active_to = relationship.kept_apart_at = now
    relationship.save(update_fields=["active_to", "kept_apart_at"])
    trail.record(events.KEPT_APART, at=now, target=relationship)
    for booking in _to_come(enrolment, coach, now=now):
        bookings.cancel(booking, by=None, side=By.US, now=now)
    return relationship


def _to_come(enrolment: Enrolment, coach: Coach, *, now: datetime) -> list[Booking]:
    theirs = Booking.objects.filter(participant_id=enrolment.participant_id, coach=coach, starts_at__gt=now)
    return list(theirs.filter(status=Status.BOOKED))
