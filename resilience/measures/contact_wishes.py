"""Ask to be contacted: kept, passed on to each lead of the programme, and taken by one of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.measures import covers
from resilience.measures.models import ContactWish
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.participants.models import Enrolment, Programme

WISH, WAITS = "contact_wish", "contact_wish_waits"
THREE_DAYS = timedelta(days=3)
FIRST_CONTACT_WITHIN = 4  # hours, where no cover says otherwise: TRUST.md section 4
A_DAY = 24


class Nobody(Exception):
    """There is no lead to whom it could be passed on; nothing was kept."""


class Taken(Exception):
    """Another lead has taken it."""


@transaction.atomic
def ask(*, enrolment: Enrolment, how: str, safe_time: str, now: datetime) -> ContactWish:
    """Keep the wish and write to each lead; asking again before somebody took it changes it. Raises Nobody."""
    leads = covers.leads_of(enrolment.programme)
    if not leads:
        raise Nobody
    waiting = ContactWish.objects.select_for_update().filter(enrolment=enrolment, taken_at=None).first()
    wish = waiting or ContactWish(enrolment=enrolment)
    wish.by, wish.safe_time, wish.asked_at = how, safe_time, now
    wish.save()
    for lead in leads:
        _plan(wish, lead, kind=WISH, due_at=now)
        for hours in _hours_until_told_again(enrolment.programme):
            _plan(wish, lead, kind=WAITS, due_at=now + timedelta(hours=hours), mark=f":{hours}")
    trail.record(events.CONTACT_ASKED, at=now, target=wish)
    return wish


def _plan(wish: ContactWish, lead: User, *, kind: str, due_at: datetime, mark: str = "") -> None:
    outbox.plan(
        key=f"{kind}:{wish.pk}:{lead.pk}{mark}", kind=kind, channel=Channel.EMAIL, recipient=lead,
        target_id=wish.pk, due_at=due_at, not_after=due_at + THREE_DAYS,
    )  # fmt: skip


def _hours_until_told_again(programme: Programme) -> list[int]:
    """Return after how many hours the leads are told that nobody has taken a wish; taking it ends this."""
    cover = covers.standing_in(programme)
    first = cover.answer_within_hours if cover else FIRST_CONTACT_WITHIN
    return [first, first + A_DAY]


def waiting_for(lead: User) -> Iterable[ContactWish]:
    """Return the wishes that wait in the programmes that somebody leads in, the oldest first."""
    return _of(lead).filter(taken_at=None)


def taken_by(lead: User) -> Iterable[ContactWish]:
    """Return the wishes that somebody has taken, the newest first, with whom to contact."""
    return _of(lead).filter(taken_by=lead.pk).order_by("-taken_at")


def _of(lead: User) -> object:
    slugs = roles.programmes(lead, Role.SAFEGUARDING_LEAD)
    found = ContactWish.objects.select_related(
        "enrolment__cohort__programme", "enrolment__participant__user__data_key"
    )
    return found if slugs is None else found.filter(enrolment__cohort__programme__slug__in=slugs)


@transaction.atomic
def take(wish: ContactWish, *, by: User, now: datetime) -> None:
    """Take a wish: from now on this lead sees whom to contact, and nobody else does. Raises Taken."""
    if not ContactWish.objects.filter(pk=wish.pk, taken_at=None).update(taken_by=by.pk, taken_at=now):
        raise Taken
    outbox.forget(target_id=wish.pk, now=now, reason="taken by a lead")
    trail.record(events.CONTACT_TAKEN, at=now, target=wish, by=by)
