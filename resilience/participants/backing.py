"""Calls stay off until a programme names who backs its coaches: a supervisor, cover, and what the calls are."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import CallBacking, Coaching, Programme
from resilience.participants.roles_of_calls import ALWAYS, RoleOfCalls


class NotBacked(Exception):
    """Calls were to be switched on, and nobody backs the coaches yet."""


def of(programme: Programme) -> CallBacking | None:
    """Return who backs the coaches of a programme, or None."""
    return CallBacking.objects.filter(programme=programme).first()


def stands(programme: Programme) -> bool:
    """Return whether the coaches of a programme have a supervisor, cover and a scope."""
    return hasattr(programme, "call_backing")


def before_calls(programme: Programme) -> None:
    """Let a change of a programme through, but not one that switches its calls on unbacked. Raises NotBacked."""
    switched_on = programme.coaching != Coaching.NONE and _has_none(programme)
    if switched_on and not stands(programme):
        raise NotBacked


def _has_none(programme: Programme) -> bool:
    return Programme.objects.filter(pk=programme.pk, coaching=Coaching.NONE).exists()


@transaction.atomic
def enter(
    *, programme: Programme, supervisor: str, supervisor_email: str, cover: str, scope: str,
    roles: Iterable[str] = (), by: User | None, now: datetime,
) -> CallBacking:  # fmt: skip
    """Keep who backs the coaches, in place of what stood. The role of a coach is always offered."""
    offered = [role.value for role in RoleOfCalls if role == ALWAYS or role in set(roles)]
    values = {
        "supervisor": supervisor.strip(), "supervisor_email": supervisor_email, "cover": cover.strip(),
        "scope": scope.strip(), "roles": offered, "entered_by": by.pk if by else None, "entered_at": now,
    }  # fmt: skip
    kept, _fresh = CallBacking.objects.update_or_create(programme=programme, defaults=values)
    trail.record(events.CALLS_BACKED, at=now, target=programme, by=by)
    return kept


def roles_of(programme: Programme) -> list[str]:
    """Return the roles in which somebody may talk with a participant of this programme."""
    return list(programme.call_backing.roles) if stands(programme) else [ALWAYS.value]
