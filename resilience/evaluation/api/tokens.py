"""Secrets by which a program reads: made for one programme, shown once, kept as a hash, ended by a day."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.evaluation.models import AccessToken
from resilience.participants.models import Programme

BEGINS = "rsl_"  # by which a scanner for leaked secrets knows one
LONGEST = timedelta(days=366)


class NotForSoLong(Exception):
    """A token ends within a year, and not before it begins."""


class OnlyForEvaluators(Exception):
    """Somebody does not evaluate this programme."""


@transaction.atomic
def make(*, user: User, programme: Programme, name: str, ends_at: datetime, now: datetime) -> str:
    """Return a new secret; only its hash is stored. Raises NotForSoLong and OnlyForEvaluators."""
    if not now < ends_at <= now + LONGEST:
        raise NotForSoLong
    if not roles.holds(user, Role.EVALUATOR, programme=programme.slug):
        raise OnlyForEvaluators
    secret = BEGINS + secrets.token_urlsafe(32)
    made = AccessToken.objects.create(
        user=user, programme=programme, name=name, hash=_hash(secret), made_at=now, ends_at=ends_at
    )
    trail.record(events.PROGRAM_LET_IN, at=now, target=made, by=user, programme=programme.slug)
    return secret


@transaction.atomic
def end(token: AccessToken, *, by: User, now: datetime) -> None:
    """End a token at once; one that is over stays as it is."""
    if AccessToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=now):
        trail.record(events.PROGRAM_SHUT_OUT, at=now, target=token, by=by)


def find(secret: str, *, now: datetime) -> AccessToken | None:
    """Return the token behind a secret while it holds, and while its owner still evaluates the programme."""
    living = AccessToken.objects.filter(
        hash=_hash(secret), ended_at=None, ends_at__gt=now, user__is_active=True
    )
    found = living.select_related("user", "programme").first()
    if found is None or not roles.holds(found.user, Role.EVALUATOR, programme=found.programme.slug):
        return None
    return found


def _hash(secret: str) -> str:
    """A plain hash is enough: there are too many secrets of this length to try."""
    return hashlib.sha256(secret.encode()).hexdigest()
