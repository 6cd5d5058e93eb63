"""What happened on a call, as evidence: each notice once, without numbers, in the words of `outcomes`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from resilience.coaching import outcomes
from resilience.coaching.models import CAME_IN_FROM, Call, CallEvent, CallLeg


def note(
    call: Call, *, kind: str, at: datetime, once: str, leg: CallLeg | None = None, order: int | None = None,
    **facts: object,
) -> bool:  # fmt: skip
    """Keep one event; return whether it is new."""
    _event, fresh = CallEvent.objects.get_or_create(
        once=once[:160],
        defaults={"call": call, "leg": leg, "kind": kind, "at": at, "sequence": order, "facts": facts},
    )
    return fresh


def of(call: Call) -> list[outcomes.Seen]:
    """Return a call's events as the pure part reads them."""
    return of_all([call])[call.pk]


def of_all(calls: Sequence[Call]) -> dict[UUID, list[outcomes.Seen]]:
    """Return the events of many calls, by call; a call without any has an empty list."""
    found: dict[UUID, list[outcomes.Seen]] = {call.pk: [] for call in calls}
    rows = CallEvent.objects.filter(call__in=found).values_list(
        "call", "kind", "at", "leg", "leg__side", "leg__attempt", "facts"
    )
    for call, kind, at, leg, side, attempt, facts in rows:
        came_in = (attempt or 0) >= CAME_IN_FROM
        found[call].append(
            outcomes.Seen(kind=kind, at=at, leg=str(leg or ""), side=side or "", came_in=came_in, facts=facts)
        )
    return found
