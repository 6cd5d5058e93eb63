"""The owner of a route is told once, a month before it ends, and once more when it is no longer shown."""

from datetime import datetime, timedelta

from resilience import clock
from resilience.accounts.models import User
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.organisations import support
from resilience.organisations.models import State, SupportRoute

ENDS_SOON, HAS_ENDED = "support_ends_soon", "support_has_ended"
BEFORE = timedelta(days=30)
A_FORTNIGHT = timedelta(days=14)


def warn(*, now: datetime) -> None:
    """Put a message into the outbox for each route that ends within a month or has ended; each only once."""
    day = clock.local_day(now, support.ZONE)
    for route in SupportRoute.objects.filter(state=State.PUBLISHED, expires_on__lte=day + BEFORE):
        kind = HAS_ENDED if route.expires_on < day else ENDS_SOON
        for person in told(route):
            _plan(route, kind, person, now=now)


def told(route: SupportRoute) -> list[User]:
    """Return the owner while they keep the route; after that everybody who does, so that nobody's leaving hides it."""
    leads = support.leads_of(route.organisation)
    return [lead for lead in leads if lead.pk == route.owner] or leads


def _plan(route: SupportRoute, kind: str, person: User, *, now: datetime) -> None:
    outbox.plan(
        key=f"{kind}:{route.pk}:{person.pk}",
        kind=kind,
        channel=Channel.EMAIL,
        recipient=person,
        target_id=route.pk,
        due_at=now,
        not_after=now + A_FORTNIGHT,
    )
