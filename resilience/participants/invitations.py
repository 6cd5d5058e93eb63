"""Links that let somebody join a cohort; only the hash of a link's code is stored."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import Cohort, Invitation

FOUR_WEEKS = timedelta(weeks=4)


class NotGood(Exception):
    """The link cannot be used; the class says why."""


class Unknown(NotGood):
    """No invitation has this code."""


class Expired(NotGood):
    """Its time is over."""


class Used(NotGood):
    """It was for one person, who has joined."""


def make(
    *,
    cohort: Cohort,
    by: User | None,
    now: datetime,
    many: bool = False,
    channel: str = "e-mail",
    lasts: timedelta = FOUR_WEEKS,
) -> str:
    """Return the link of a new invitation; this is the only moment at which anybody sees it."""
    code = secrets.token_urlsafe(16)
    invitation = Invitation.objects.create(
        cohort=cohort, code_hash=_hash(code), channel=channel, many=many, made_at=now, expires_at=now + lasts
    )
    trail.record(events.INVITATION_SENT, at=now, target=invitation, by=by, channel=channel)
    return f"{settings.PUBLIC_BASE_URL}/join/{code}/"


def find(code: str, *, now: datetime) -> Invitation:
    """Return the invitation that may still be used. Raises Unknown, Expired or Used."""
    invitation = (
        Invitation.objects.filter(code_hash=_hash(code))
        .select_related("cohort__programme__organisation")
        .first()
    )
    if invitation is None:
        raise Unknown
    return check(invitation, now=now)


def check(invitation: Invitation, *, now: datetime) -> Invitation:
    """Return `invitation` where it may still be used. Raises Expired or Used."""
    if invitation.used_at is not None and not invitation.many:
        raise Used
    if invitation.expires_at <= now:
        raise Expired
    return invitation


def opened(invitation: Invitation, *, now: datetime) -> None:
    """Note that the link was opened, the first time."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=now)


def use(invitation: Invitation, *, now: datetime) -> None:
    """Use the invitation up. Raises Expired, or Used where somebody was quicker."""
    check(invitation, now=now)
    if invitation.many:
        Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now)
    elif not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now):
        raise Used


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
