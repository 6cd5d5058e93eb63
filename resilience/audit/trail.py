"""Write to the trail."""

from datetime import datetime

from django.db import models

from resilience.audit import events
from resilience.audit.models import AuditEvent


class UnknownEvent(Exception):
    """The event's name is not on the closed list in `events.py`."""


def record(
    event: str,
    *,
    at: datetime,
    target: models.Model | None = None,
    by: models.Model | None = None,
    **facts: object,
) -> AuditEvent:
    """Append one event and return it. `facts` hold codes and numbers, never words of a person.

    Raises UnknownEvent for a name that is not on the list.
    """
    if event not in events.ALL:
        raise UnknownEvent(event)
    return AuditEvent.objects.create(
        at=at,
        event=event,
        actor_id=by.pk if by is not None else None,
        target_type=target._meta.label if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        facts=facts,
    )
