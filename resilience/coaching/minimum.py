"""What a coach does before the first live call: the own profile, the manual, and a practice call with a colleague."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import caseload, manual
from resilience.coaching.bookable import Why
from resilience.coaching.development_models import CompetencyProfile, PracticeCall
from resilience.coaching.models import AvailabilityRule, Coach


class OwnCall(Exception):
    """Nobody signs off their own practice call."""


class ToCome(Exception):
    """A practice call that is still to come cannot be signed off."""


@transaction.atomic
def sign_off(*, coach: Coach, held_date: date, by: User, now: datetime) -> PracticeCall:
    """Keep that a practice call was held and went well enough; the first word stands. Raises OwnCall or ToCome."""
    if coach.user_id == by.pk:
        raise OwnCall
    if held_date > now.date():
        raise ToCome
    signed, fresh = PracticeCall.objects.get_or_create(
        coach=coach, defaults={"held_date": held_date, "signed_off_by": by, "at": now}
    )
    if fresh:
        trail.record(events.PRACTICE_SIGNED_OFF, at=now, target=coach, by=by)
    look(coach, now=now)
    return signed


def look(coach: Coach, *, now: datetime) -> bool:
    """Let a coach be booked once the minimum is met, and return whether it is; what was met stays met."""
    if not coach.in_training:
        return True
    if missing(coach):
        return False
    Coach.objects.filter(pk=coach.pk).update(in_training=False)
    coach.in_training = False
    trail.record(events.COACH_READY, at=now, target=coach)
    return True


def missing(coach: Coach) -> list[Why]:
    """Return what of the minimum is not done yet; nothing for somebody who has met it, or coached before it came."""
    return _missing(_looked_up([coach])[0], {}) if coach.in_training else []


def stands(coach: Coach) -> dict:
    """Return for their pages what stands between one coach and a booking, what is unread, and whether they are full."""
    [(_coach, why)] = with_reasons([coach])
    unread = len(manual.unread(coach)) if Why.NO_READING in why else 0
    return {"why": why, "unread": unread, "full_with": caseload.full_with(coach)}


def with_reasons(coaches: Iterable[Coach]) -> list[tuple[Coach, list[Why]]]:
    """Return coaches, each with what stands between them and a booking; an empty list means that they can be booked.

    The same few queries however many coaches there are.
    """
    parts: dict = {}
    return [(coach, _reasons(coach, parts)) for coach in _looked_up(coaches)]


def _looked_up(coaches: Iterable[Coach]) -> list[Coach]:
    own = CompetencyProfile.objects.filter(coach=OuterRef("pk"), by=OuterRef("pk"), answered_at__isnull=False)
    found = Coach.objects.filter(pk__in=[coach.pk for coach in coaches]).select_related("user")
    asked = found.annotate(
        has_profile=Exists(own),
        has_practice=Exists(PracticeCall.objects.filter(coach=OuterRef("pk"))),
        has_phone=~Q(phone=""),  # asked of the database: opening each number would cost a key each
        has_hours=Exists(AvailabilityRule.objects.filter(coach=OuterRef("pk"))),
    )
    return list(asked.prefetch_related("programmes", "manual_read", "practice_call").order_by("shown_name"))


def _missing(coach: Coach, parts: dict) -> list[Why]:
    if not coach.in_training:
        return []
    found = {
        Why.NO_PROFILE: not coach.has_profile,
        Why.NO_READING: bool(manual.unread(coach, parts)),
        Why.NO_PRACTICE: not coach.has_practice,
    }
    return [why for why, is_so in found.items() if is_so]


def _reasons(coach: Coach, parts: dict) -> list[Why]:
    if not coach.is_active:
        return [Why.ENDED]
    rest = {
        Why.NO_PHONE: not coach.has_phone,
        Why.NO_PROGRAMME: not coach.programmes.all(),
        Why.NO_HOURS: not coach.has_hours,
    }
    return _missing(coach, parts) + [why for why, is_so in rest.items() if is_so]
