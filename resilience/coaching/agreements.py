"""What two people agree before they talk: proposed by one, agreed by both, changed by a new version alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching.models import Agreement, Booking, CoachingRelationship, Side
from resilience.participants import backing

FIELD = {Side.PARTICIPANT: "participant_agreed_at", Side.COACH: "coach_agreed_at"}


class Outdated(Exception):
    """A newer version has been proposed since; that one is to be looked at."""


class NotOffered(ValueError):
    """The programme does not offer this role."""


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


@dataclass(frozen=True)
class Terms:
    """What one of the two proposes."""

    role: str
    goal: str
    agenda: str
    left_out: tuple[str, ...] = ()
    own_words: str = ""


def versions(relationship: CoachingRelationship) -> list[Agreement]:
    """Return each version, the newest first."""
    return list(relationship.agreements.order_by("-version"))


def newest(relationship: CoachingRelationship) -> Agreement | None:
    """Return the version that was proposed last, agreed or not."""
    return relationship.agreements.order_by("-version").first()


def standing(relationship: CoachingRelationship) -> Agreement | None:
    """Return the newest version that both agreed, or None."""
    return relationship.agreements.filter(agreed_at__isnull=False).order_by("-version").first()


@transaction.atomic
def propose(
    *, relationship: CoachingRelationship, terms: Terms, side: str, by: User, now: datetime
) -> Agreement:
    """Keep a new version, to which only whoever proposes it has agreed. Raises NotOffered or Stopped."""
    locked = _lock(relationship)
    if terms.role not in backing.roles_of(locked.enrolment.cohort.programme):
        raise NotOffered(terms.role)
    before = newest(locked)
    made = Agreement(
        relationship=locked, version=before.version + 1 if before else 1, role=terms.role, goal=terms.goal,
        agenda=terms.agenda, left_out=sorted(terms.left_out), proposed_by=side, proposed_at=now,
        **{FIELD[Side(side)]: now},
    )  # fmt: skip
    made.own_words = terms.own_words.strip()
    made.save()
    trail.record(events.AGREEMENT_PROPOSED, at=now, target=locked, by=by, side=side, version=made.version)
    return made


@transaction.atomic
def accept(agreement: Agreement, *, side: str, by: User, now: datetime) -> Agreement:
    """Agree to the newest version; agreed it is once both did. Doing it again changes nothing.

    Raises Outdated where a newer version has been proposed since, or Stopped.
    """
    relationship = _lock(agreement.relationship)
    latest = newest(relationship)
    if latest is None or latest.pk != agreement.pk:
        raise Outdated
    if getattr(latest, FIELD[Side(side)]) is not None:
        return latest
    setattr(latest, FIELD[Side(side)], now)
    if latest.participant_agreed_at and latest.coach_agreed_at:
        latest.agreed_at = now
        CoachingRelationship.objects.filter(pk=relationship.pk).update(role=latest.role)
    latest.save(update_fields=[FIELD[Side(side)], "agreed_at"])
    trail.record(
        events.AGREEMENT_ACCEPTED, at=now, target=relationship, by=by, side=side, version=latest.version
    )
    return latest


def read(
    relationship: CoachingRelationship, *, by: User, now: datetime
) -> tuple[Agreement | None, list[Agreement]]:
    """Return the version that was proposed last and all of them; that a coach read them is written down."""
    found = versions(relationship)
    if found and by.pk != relationship.enrolment.participant.user_id:
        trail.record(events.AGREEMENT_READ, at=now, target=relationship.enrolment, by=by)
    return (found[0] if found else None), found


def has_agreed(agreement: Agreement, *, side: str) -> bool:
    """Return whether this side has agreed to a version."""
    return getattr(agreement, FIELD[Side(side)]) is not None


def waits_for(relationship: CoachingRelationship | None, *, side: str) -> bool:
    """Return whether this side has something to do: nothing is proposed yet, or the other side waits."""
    latest = newest(relationship) if relationship else None
    return relationship is not None and (latest is None or not has_agreed(latest, side=side))


def proposed_by_coach(booking: Booking | None) -> Agreement | None:
    """Return what the coach of a booking proposes and the participant has yet to answer, or None."""
    if booking is None:
        return None
    theirs = Agreement.objects.filter(
        relationship__enrolment=booking.enrolment_id, relationship__coach=booking.coach_id,
        relationship__active_to=None,
    )  # fmt: skip
    latest = theirs.order_by("-version").first()
    return None if latest is None or has_agreed(latest, side=Side.PARTICIPANT) else latest


def known(left_out: Iterable[str], choices: Iterable[tuple[str, str]]) -> list[str]:
    """Return in words what is to be left out."""
    words = dict(choices)
    return [str(words[code]) for code in left_out if code in words]


def _lock(relationship: CoachingRelationship) -> CoachingRelationship:
    """Lock the two of them. Raises Stopped."""
    found = CoachingRelationship.objects.select_for_update(of=("self",))
    locked = found.select_related(
        "enrolment__participant__user", "enrolment__cohort__programme__call_backing"
    ).get(pk=relationship.pk)
    if locked.enrolment.withdrawn_at is not None:
        raise Stopped
    return locked
