"""The two of them: who talks with whom, and since when."""

from datetime import datetime
from uuid import UUID

from resilience.coaching.models import Coach, CoachingRelationship
from resilience.participants.models import Enrolment


def begin(*, enrolment: Enrolment, coach: Coach, now: datetime) -> CoachingRelationship:
    """Return the living relationship of these two; it begins now unless it has begun already."""
    relationship, _fresh = CoachingRelationship.objects.get_or_create(
        enrolment=enrolment, coach=coach, active_to=None, defaults={"active_from": now}
    )
    return relationship


def apart(*, participant_id: UUID) -> set[UUID]:
    """Return the coaches from whom this person is kept apart: one of the two knows the other."""
    ended = CoachingRelationship.objects.filter(
        enrolment__participant_id=participant_id, kept_apart_at__isnull=False
    )
    return set(ended.values_list("coach_id", flat=True))


def chosen_name(enrolment: Enrolment) -> str:
    """Return the first name that somebody chose for their coach; empty where none was given."""
    return enrolment.participant.chosen_name
