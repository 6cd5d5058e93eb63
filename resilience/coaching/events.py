"""What happened on a call, as evidence: each notice once, without numbers, in the words of `outcomes`."""

from datetime import datetime

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
    rows = CallEvent.objects.filter(call=call).values_list(
        "kind", "at", "leg", "leg__side", "leg__attempt", "facts"
    )
    return [
        outcomes.Seen(
            kind=kind, at=at, leg=str(leg or ""), side=side or "", came_in=(attempt or 0) >= CAME_IN_FROM, facts=facts
        )
        for kind, at, leg, side, attempt, facts in rows
    ]  # fmt: skip
