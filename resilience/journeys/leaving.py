"""People who worked here and hold no role any more: a year after they were last here their sign-in goes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from resilience.accounts.models import RoleGrant, User
from resilience.audit import events, trail
from resilience.coaching.models import (
    AvailabilityException,
    AvailabilityRule,
    Booking,
    Coach,
    CoachingRelationship,
)
from resilience.privacy import keys

TWELVE_MONTHS = timedelta(days=365)
AT_ONCE = 200


def let_go(*, now: datetime) -> int:
    """Erase those who left a year ago; return how many.

    Of a coach the number and the hours go at once; the name stays until the last of their calls is let go of.
    """
    gone = _gone(now=now)
    for hours in (AvailabilityRule, AvailabilityException):
        hours.objects.filter(coach__user__in=gone).delete()
    Coach.objects.filter(user__in=gone).update(phone="", phone_index="")
    people = list(
        gone.exclude(_has(Booking) | _has(CoachingRelationship)).select_related("data_key")[:AT_ONCE]
    )
    for person in people:
        erase(person, now=now)
    return len(people)


@transaction.atomic
def erase(user: User, *, now: datetime) -> None:
    """Delete a sign-in, its key first. What an editor wrote for the pages stays, and no longer leads to anybody."""
    trail.record(events.ERASED, at=now, target=user)
    keys.destroy(user.data_key, at=now)
    Coach.objects.filter(user=user).delete()
    user.delete()


def _gone(*, now: datetime) -> QuerySet[User]:
    """Return people who hold no role, take part in nothing, and were last here more than twelve months ago."""
    before, living = now - TWELVE_MONTHS, RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None)
    quiet = User.objects.filter(Q(last_login=None) | Q(last_login__lt=before), joined_at__lt=before)
    return quiet.filter(~Exists(living), participant=None)


def _has(model: type[Booking] | type[CoachingRelationship]) -> Exists:
    return Exists(model.objects.filter(coach__user=OuterRef("pk")))
