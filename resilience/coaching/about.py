"""A card about oneself, for the other alone: three things, each of which may stay empty. It is in no export."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching.models import AboutCoach, AboutMe, Coach, CoachingRelationship
from resilience.participants.models import Enrolment

LINES = ("person", "learning", "work")
OF_COACH = (*LINES, "learned")


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


@transaction.atomic
def write(*, enrolment: Enrolment, lines: Mapping[str, str], by: User, now: datetime) -> None:
    """Keep what somebody wants their coach to know, in place of what stood; all empty takes it away. Raises Stopped."""
    if enrolment.withdrawn_at is not None:
        raise Stopped
    card = AboutMe.objects.filter(enrolment=enrolment).first() or AboutMe(enrolment=enrolment)
    _keep(card, LINES, lines, now=now)
    trail.record(events.ABOUT_ME_CHANGED, at=now, target=enrolment, by=by)


@transaction.atomic
def write_as_coach(*, coach: Coach, lines: Mapping[str, str], by: User, now: datetime) -> None:
    """Keep what a coach wants those they talk with to know, in place of what stood; all empty takes it away."""
    card = AboutCoach.objects.filter(coach=coach).first() or AboutCoach(coach=coach)
    _keep(card, OF_COACH, lines, now=now)
    trail.record(events.ABOUT_ME_CHANGED, at=now, target=coach, by=by)


def _keep(
    card: AboutMe | AboutCoach, names: tuple[str, ...], lines: Mapping[str, str], *, now: datetime
) -> None:
    words = {name: lines.get(name, "").strip() for name in names}
    if not any(words.values()):
        if not card._state.adding:
            card.delete()
        return
    for name, told in words.items():
        setattr(card, name, told)
    card.changed_at = now
    card.save()


def own(enrolment: Enrolment) -> AboutMe | None:
    """Return somebody's own card."""
    return AboutMe.objects.select_related("enrolment__participant__user").filter(enrolment=enrolment).first()


def of_coach(coach: Coach) -> AboutCoach | None:
    """Return a coach's card."""
    return AboutCoach.objects.select_related("coach__user").filter(coach=coach).first()


def read(relationship: CoachingRelationship, *, by: User, now: datetime) -> AboutMe | None:
    """Return the card of the one who takes part; that the coach read it is written down."""
    card = own(relationship.enrolment)
    if card is not None and by.pk != relationship.enrolment.participant.user_id:
        trail.record(events.ABOUT_ME_READ, at=now, target=relationship.enrolment, by=by)
    return card
