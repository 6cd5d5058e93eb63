"""The action log: what was raised, which post took it on, what was done."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.organisations.models import Organisation, Unit
from resilience.organisations.system_models import ActionState, SystemAction


class NoPost(Exception):
    """Something is taken on, or done, by a post: none was named."""


def organisations_of(manager: User) -> QuerySet[Organisation]:
    """Return the organisations of the programmes that somebody manages."""
    slugs = roles.programmes(manager, Role.MANAGER)
    found = Organisation.objects.order_by("name")
    return found if slugs is None else found.filter(programmes__slug__in=slugs).distinct()


def of(organisation: Organisation) -> QuerySet[SystemAction]:
    """Return what is being done in an organisation, the newest first."""
    return SystemAction.objects.filter(organisation=organisation).select_related("unit")


@transaction.atomic
def add(
    *, organisation: Organisation, unit: Unit | None, factor: str, what: str, post: str, state: str,
    by: User | None, now: datetime,
) -> SystemAction:  # fmt: skip
    """Put an action into the log. Raises NoPost."""
    today = clock.local_day(now, "Europe/London")
    action = SystemAction(organisation=organisation, unit=unit, factor=factor, what=what, raised_on=today)
    _stand(action, post=post, state=state, today=today)
    trail.record(events.SYSTEM_ACTION_ADDED, at=now, target=action, by=by, factor=factor, state=state)
    return action


@transaction.atomic
def change(action: SystemAction, *, what: str, post: str, state: str, by: User | None, now: datetime) -> None:
    """Say how an action stands now; a state that it had before keeps its day. Raises NoPost."""
    action.what = what
    _stand(action, post=post, state=state, today=clock.local_day(now, "Europe/London"))
    trail.record(
        events.SYSTEM_ACTION_CHANGED, at=now, target=action, by=by, factor=action.factor, state=state
    )


def _stand(action: SystemAction, *, post: str, state: str, today: date) -> None:
    if state != ActionState.RAISED and not post:
        raise NoPost
    action.post, action.state = post, state
    action.taken_on = None if state == ActionState.RAISED else action.taken_on or today
    action.done_on = (action.done_on or today) if state == ActionState.DONE else None
    action.save()
