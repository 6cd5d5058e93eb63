"""How much waits in the outbox, and for how long."""

from datetime import datetime

from django.db.models import Count

from resilience.messaging.models import Outgoing, State


def oldest_due_seconds(*, now: datetime) -> float:
    """Return for how long the oldest due row has waited, in seconds; 0 when nothing waits."""
    first = Outgoing.objects.filter(state=State.DUE, due_at__lte=now).order_by("due_at").first()
    return (now - first.due_at).total_seconds() if first else 0.0


def by_state() -> dict[str, int]:
    """Return how many rows stand in each state."""
    counted = Outgoing.objects.values_list("state").annotate(rows=Count("pk"))
    return dict(counted.order_by("state"))
