"""Text messages: sent through the port, followed by their callbacks."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from resilience.messaging import optouts, outbox, troubles
from resilience.messaging.models import Delivery, DeliveryState
from resilience.telephony import gateway, lines

CLOSE_ENOUGH = timedelta(minutes=10)
SHORTEST_LIFE = timedelta(minutes=1)
LONGEST_LIFE = timedelta(hours=4)
NOT_DELIVERED = "not delivered"

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


# What a text has room for beside ASCII, among the signs that we write; one other sign would more than halve its room.
ROOM_FOR = set("£€§¥¡¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùü")
INSTEAD = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "œ": "oe"}
)

_listeners: list[Callable[..., None]] = []
_doubters: list[Callable[..., None]] = []


def on_no_mobile(listener: Callable[..., None]) -> Callable[..., None]:
    """Register `listener(number_index=)`, told of a number where texts cannot arrive."""
    _listeners.append(listener)
    return listener


def on_doubt(listener: Callable[..., None]) -> Callable[..., None]:
    """Register `listener(number_index=, now=)`, told of a number that the carrier says nobody has."""
    _doubters.append(listener)
    return listener


def send(*, delivery: Delivery, to: str, body: str, now: datetime) -> None:
    """Hand a text to the carrier; the attempt has its name for it then. Raises gateway.Refused, TryLater or Unknown."""
    number_index = optouts.index(to)
    Delivery.objects.filter(pk=delivery.pk).update(number_index=number_index)
    left = delivery.outgoing.not_after - now
    try:
        delivery.ref = lines.text().send(
            to=to,
            body=plain(body),
            status_path=f"/telephony/sms/{delivery.token}/status/",
            valid_for=max(SHORTEST_LIFE, min(left, LONGEST_LIFE)),
        )
    except gateway.Refused as refused:
        _heed(refused.reason, number_index=number_index, now=now)
        raise


def plain(body: str) -> str:
    """Return a text in letters that keep it one part: a sign that has no room loses its accent, never its letter."""
    return "".join(
        each if each.isascii() or each in ROOM_FOR else _bare(each) for each in body.translate(INSTEAD)
    )


def _bare(sign: str) -> str:
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare.isascii() else sign


def _heed(reason: gateway.Reason | None, *, number_index: str, now: datetime) -> None:
    """Text no more where they said STOP, where texts cannot arrive, or until they say whether the number is right."""
    if reason is gateway.Reason.OPTED_OUT:
        optouts.record_hashed(number_index=number_index, now=now)
    elif reason is gateway.Reason.NOT_MOBILE:
        for listener in _listeners:
            listener(number_index=number_index)
    elif reason is gateway.Reason.NUMBER:
        for doubter in _doubters:
            doubter(number_index=number_index, now=now)


def went_out(*, delivery: Delivery, to: str, body: str) -> bool:
    """Return whether the carrier lists this text around the time of the attempt. Raises as `send` does."""
    begun = delivery.started_at
    listed = lines.text().find(to=to, since=begun - CLOSE_ENOUGH, until=begun + CLOSE_ENOUGH)
    return any(seen.body == plain(body) for seen in listed)


@transaction.atomic
def follow(change: gateway.TextChanged, *, token: str, now: datetime) -> bool:
    """Move the attempt that `token` names to where the carrier says it is; return whether anything changed.

    Only forward: a late or repeated notice changes nothing, and the first final state stays. What did not arrive
    goes another way, once.
    """
    token = token.replace("\x00", "")  # PostgreSQL does not take a zero
    delivery = Delivery.objects.select_related("outgoing").filter(token=token).first()
    if delivery is None or delivery.ref not in ("", change.message):
        return False
    state = REACHED[change.state]
    behind = [known for known, rank in RANK.items() if rank < RANK[state]]
    moved = Delivery.objects.filter(pk=delivery.pk, state__in=behind).update(
        state=state, changed_at=now, error=str(change.reason or ""), ref=change.message
    )
    if moved and state == DeliveryState.FAILED:
        troubles.note(change.reason, evidence=change.evidence, now=now)
        _failed(delivery, change.reason, now=now)
    return bool(moved)


def _failed(delivery: Delivery, reason: gateway.Reason | None, *, now: datetime) -> None:
    if delivery.number_index:
        _heed(reason, number_index=delivery.number_index, now=now)
    row = delivery.outgoing
    if not row.deliveries.filter(
        started_at__gt=delivery.started_at
    ).exists():  # else a later try is under way
        outbox.undelivered(row, reason=str(reason or NOT_DELIVERED), now=now)
