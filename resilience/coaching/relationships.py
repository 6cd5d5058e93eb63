"""The two of them: who talks with whom, since when, and as what."""

from datetime import datetime

from django.db.models import F

from resilience.coaching.models import Booking, Coach, CoachingRelationship, Status
from resilience.participants.models import Enrolment
from resilience.participants.roles_of_calls import ALWAYS


def begin(*, enrolment: Enrolment, coach: Coach, now: datetime) -> CoachingRelationship:
    """Return the living relationship of these two: it begins now, unless they talked before, when it goes on.

    What they agreed hangs on it, and holds again for whoever changed their coach and came back.
    """
    before = CoachingRelationship.objects.filter(enrolment=enrolment, coach=coach)
    newest = before.order_by(F("active_to").desc(nulls_first=True)).first()
    if newest is None:
        return CoachingRelationship.objects.create(enrolment=enrolment, coach=coach, active_from=now)
    if newest.active_to is not None:
        newest.active_to = None
        newest.save(update_fields=["active_to"])
    return newest


def of(booking: Booking) -> CoachingRelationship | None:
    """Return the living relationship of the two who share a booking, or None where it has ended."""
    found = CoachingRelationship.objects.filter(enrolment=booking.enrolment_id, coach=booking.coach_id)
    return (
        found.filter(active_to=None)
        .select_related("enrolment__participant__user", "enrolment__cohort__programme", "coach__user")
        .first()
    )


def open_to_coach(booking: Booking) -> CoachingRelationship | None:
    """Return the relationship for as long as the coach may read what belongs to it.

    A call that is cancelled, a change of coach and stopping each close it.
    """
    if booking.status != Status.BOOKED or booking.enrolment.withdrawn_at is not None:
        return None
    return of(booking)


def role_of(booking: Booking) -> str:
    """Return as what the coach of a booking talks with the other: what the two agreed, else as a coach."""
    found = CoachingRelationship.objects.filter(enrolment=booking.enrolment_id, coach=booking.coach_id)
    return found.order_by("-active_from").values_list("role", flat=True).first() or ALWAYS.value


def chosen_name(enrolment: Enrolment) -> str:
    """Return the first name that somebody chose for their coach; empty where none was given."""
    return enrolment.participant.chosen_name
