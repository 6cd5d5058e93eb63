"""Before a programme asks about thoughts of harm: two leads, a time within which they answer, and routes nearby.

One person proposes it and another confirms it, so that nobody switches such an instrument on alone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, RoleGrant, User
from resilience.audit import events, trail
from resilience.measures import catalogue
from resilience.measures.models import Cover
from resilience.organisations import support
from resilience.participants.models import Programme


class SamePerson(Exception):
    """Whoever proposed it asked to confirm it."""


class NotLeads(Exception):
    """Both have to be safeguarding leads of the programme, and two people."""


class NoRoutes(Exception):
    """The organisation of the programme has published nobody of its own to talk to."""


class NotThere(Exception):
    """Nothing is proposed: somebody else was faster."""


def leads_of(programme: Programme) -> list[User]:
    """Return who may stand by in a programme."""
    grants = RoleGrant.objects.filter(
        role=Role.SAFEGUARDING_LEAD, ended_at=None, programme__in=["", programme.slug], user__is_active=True
    )
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("email"))


@transaction.atomic
def propose(
    *, programme: Programme, first: User, second: User, hours: int, out_of_hours: str, by: User, now: datetime
) -> Cover:
    """Keep who would stand by until a second person confirms it. Raises NotLeads or NoRoutes."""
    _may_stand(programme, first, second)
    Cover.objects.filter(programme=programme, confirmed_at=None, ended_at=None).update(ended_at=now)
    made = Cover.objects.create(
        programme=programme, first_lead=first, second_lead=second, answer_within_hours=hours,
        out_of_hours=out_of_hours, proposed_by=by.pk, proposed_at=now,
    )  # fmt: skip
    trail.record(events.COVER_PROPOSED, at=now, target=made, by=by, programme=programme.slug)
    return made


@transaction.atomic
def confirm(*, programme: Programme, by: User, now: datetime) -> Cover:
    """Let what is proposed stand from now on. Raises NotThere, SamePerson, NotLeads or NoRoutes."""
    proposed = proposed_in(programme, for_update=True)
    if proposed is None:
        raise NotThere
    if proposed.proposed_by == by.pk:
        raise SamePerson
    _may_stand(programme, proposed.first_lead, proposed.second_lead)
    Cover.objects.filter(programme=programme, confirmed_at__isnull=False, ended_at=None).update(ended_at=now)
    proposed.confirmed_by, proposed.confirmed_at = by.pk, now
    proposed.save()
    trail.record(events.COVER_CONFIRMED, at=now, target=proposed, by=by, programme=programme.slug)
    return proposed


@transaction.atomic
def end(*, programme: Programme, by: User, now: datetime) -> None:
    """Nobody stands by any more: such an instrument can no longer be planned, nor is it asked. One person may."""
    ended = Cover.objects.filter(programme=programme, ended_at=None)
    for cover in list(ended):
        trail.record(events.COVER_ENDED, at=now, target=cover, by=by, programme=programme.slug)
    ended.update(ended_at=now)


def proposed_in(programme: Programme, *, for_update: bool = False) -> Cover | None:
    """Return what waits for a second person."""
    found = Cover.objects.select_for_update(of=("self",)) if for_update else Cover.objects
    waiting = found.filter(programme=programme, confirmed_at=None, ended_at=None)
    return waiting.select_related("first_lead", "second_lead").first()


def standing_in(programme: Programme) -> Cover | None:
    """Return who stands by: confirmed, both still leads of the programme, and people nearby to turn to."""
    found = Cover.objects.filter(programme=programme, confirmed_at__isnull=False, ended_at=None)
    cover = found.select_related("first_lead", "second_lead").first()
    if cover is None:
        return None
    try:
        _may_stand(programme, cover.first_lead, cover.second_lead)
    except (NotLeads, NoRoutes):
        return None
    return cover


def unattended(instruments: Iterable[str], programme: Programme) -> set[str]:
    """Return those of the instruments that ask about thoughts of harm while nobody stands by; they are not asked."""
    asking = {key for key in instruments if catalogue.alarms(key)}
    return asking if asking and standing_in(programme) is None else set()


def _may_stand(programme: Programme, first: User, second: User) -> None:
    both = [first, second]
    if first.pk == second.pk or not all(_leads(each, programme) for each in both):
        raise NotLeads
    if not any(
        card.organisation == str(programme.organisation_id) for card in support.cards(programme.organisation)
    ):
        raise NoRoutes


def _leads(user: User, programme: Programme) -> bool:
    return user.is_active and roles.holds(user, Role.SAFEGUARDING_LEAD, programme=programme.slug)
