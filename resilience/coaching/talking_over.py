"""A coach asks for a talk: with their own supervisor about a call, or with a lead about somebody. It names nobody."""

from datetime import datetime, timedelta

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching.models import Coach, CoachWish, Wish
from resilience.measures import covers
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.participants import backing
from resilience.participants.models import Programme

SUPERVISOR, LEAD = "coach_talk_over", "coach_worried"
THREE_DAYS, A_DAY = timedelta(days=3), timedelta(days=1)


class Nobody(Exception):
    """There is nobody to whom it could be passed on; nothing was kept."""


@transaction.atomic
def ask_the_supervisor(*, coach: Coach, programme: Programme, now: datetime) -> CoachWish:
    """Write to the coaches' supervisor that this coach would like to talk a call over. Raises Nobody.

    About which call, and with whom it was, is neither kept nor sent.
    """
    if not backing.stands(programme):
        raise Nobody
    wish = _wish(coach, programme, Wish.TALK_OVER, now=now)
    _plan(wish, SUPERVISOR, None, until=now + THREE_DAYS, now=now)
    return wish


@transaction.atomic
def ask_a_lead(*, coach: Coach, programme: Programme, now: datetime) -> CoachWish:
    """Write to each lead who stands by in the programme that this coach asks to be rung now. Raises Nobody."""
    leads = covers.leads_of(programme)
    if not leads:
        raise Nobody
    wish = _wish(coach, programme, Wish.WORRIED, now=now)
    for lead in leads:
        _plan(wish, LEAD, lead, until=now + A_DAY, now=now)
    return wish


def worried_lately(coach: Coach, *, programme: Programme, now: datetime) -> CoachWish | None:
    """Return this coach's newest wish of the last day that a lead gets in touch, or None."""
    theirs = CoachWish.objects.filter(coach=coach, programme=programme, kind=Wish.WORRIED)
    return theirs.filter(asked_at__gt=now - A_DAY).order_by("-asked_at").first()


def _wish(coach: Coach, programme: Programme, kind: str, *, now: datetime) -> CoachWish:
    wish = CoachWish.objects.create(coach=coach, programme=programme, kind=kind, asked_at=now)
    trail.record(events.COACH_ASKED_FOR_A_TALK, at=now, target=wish, kind=str(kind))
    return wish


def _plan(wish: CoachWish, kind: str, to: User | None, *, until: datetime, now: datetime) -> None:
    outbox.plan(
        key=f"{kind}:{wish.pk}:{to.pk if to else ''}", kind=kind, channel=Channel.EMAIL, recipient=to,
        target_id=wish.pk, due_at=now, not_after=until,
    )  # fmt: skip
