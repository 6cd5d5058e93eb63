"""Text messages: sent through the port, followed by their callbacks."""

from datetime import datetime, timedelta

from resilience.messaging.models import Delivery, DeliveryState
from resilience.telephony import gateway, lines

CLOSE_ENOUGH = timedelta(minutes=10)
SHORTEST_LIFE = timedelta(minutes=1)
LONGEST_LIFE = timedelta(hours=4)

REACHED = {
    gateway.TextState.WAITING: DeliveryState.ACCEPTED,
    gateway.TextState.SENT: DeliveryState.SENT,
    gateway.TextState.DELIVERED: DeliveryState.DELIVERED,
    gateway.TextState.UNDELIVERED: DeliveryState.FAILED,
    gateway.TextState.FAILED: DeliveryState.FAILED,
    gateway.TextState.CANCELLED: DeliveryState.FAILED,
}
RANK = {
    DeliveryState.STARTED: 0, DeliveryState.UNKNOWN: 0, DeliveryState.ACCEPTED: 1, DeliveryState.SENT: 2,
    DeliveryState.DELIVERED: 9, DeliveryState.FAILED: 9,
}  # fmt: skip


def send(*, delivery: Delivery, to: str, body: str, now: datetime) -> None:
    """Hand a text to the carrier. Raises gateway.Refused, TryLater or Unknown."""
    left = delivery.outgoing.not_after - now
    ref = lines.text().send(
        to=to,
        body=body,
        status_path=f"/telephony/sms/{delivery.token}/status/",
        valid_for=max(SHORTEST_LIFE, min(left, LONGEST_LIFE)),
    )
    Delivery.objects.filter(pk=delivery.pk).update(ref=ref)


def went_out(*, delivery: Delivery, to: str, body: str) -> bool:
    """Return whether the carrier lists this text around the time of the attempt. Raises as `send` does."""
    begun = delivery.started_at
    listed = lines.text().find(to=to, since=begun - CLOSE_ENOUGH, until=begun + CLOSE_ENOUGH)
    return any(seen.body == body for seen in listed)


def follow(change: gateway.TextChanged, *, token: str, now: datetime) -> bool:
    """Move the attempt that `token` names to where the carrier says it is; return whether anything changed.

    Only forward: a late or repeated notice changes nothing, and the first final state stays.
    """
    token = token.replace("\x00", "")  # PostgreSQL does not take a zero
    delivery = Delivery.objects.filter(token=token).first()
    if delivery is None:
        return False
    state = REACHED[change.state]
    behind = [known for known, rank in RANK.items() if rank < RANK[state]]
    moved = Delivery.objects.filter(pk=delivery.pk, state__in=behind).update(
        state=state, changed_at=now, error=str(change.reason or ""), ref=change.message or delivery.ref
    )
    return bool(moved)
