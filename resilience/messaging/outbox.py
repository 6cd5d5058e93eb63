"""The outbox: plan an intention once, claim it with one conditional update, then act.

An app gives each of its kinds a handler in `<app>/outbox.py`:

    @outbox.handles("booked_sms")
    class BookedSms:
        def still_wanted(self, row, *, now) -> str: ...         # "" when wanted, else why it is skipped
        def send(self, row, delivery, *, now) -> None: ...      # raises what telephony.gateway names
        def went_out(self, row, delivery, *, now) -> bool: ...  # optional: looked up after a crash
        def instead(self, row, *, reason, now) -> None: ...     # optional: plan another way when refused
"""

import random
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import Count, F

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.messaging.models import Delivery, DeliveryState, Outgoing, State
from resilience.telephony import gateway

log = structlog.get_logger(__name__)

AT_ONCE = 50
MOST_TRIES = 6
GONE_QUIET = timedelta(minutes=5)

_handlers: dict[str, object] = {}


class Unhandled(Exception):
    """No app has said how this kind is sent."""


def handles(kind: str) -> Callable[[type], type]:
    """Register the decorated class as the handler of `kind`."""

    def keep(handler: type) -> type:
        _handlers[kind] = handler()
        return handler

    return keep


def plan(
    *,
    key: str,
    kind: str,
    channel: str,
    due_at: datetime,
    not_after: datetime,
    recipient: User | None = None,
    target_id: UUID | None = None,
    version: int = 0,
) -> None:
    """Put one intention into the outbox; a second one of the same key changes nothing. Raises Unhandled."""
    if kind not in _handlers:
        raise Unhandled(kind)
    row = Outgoing(
        key=key, kind=kind, channel=channel, due_at=due_at, not_after=not_after, recipient=recipient,
        target_id=target_id, version=version,
    )  # fmt: skip
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)


def forget(*, target_id: UUID, now: datetime, kinds: Iterable[str] | None = None, reason: str = "taken back") -> int:
    """Skip what still waits for this target; return how many rows that were."""
    waiting = Outgoing.objects.filter(target_id=target_id, state=State.DUE)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    return waiting.update(state=State.SKIPPED, settled_at=now, reason=reason)


def send_due(*, now: datetime) -> int:
    """Send what is due and still wanted; return how many rows were claimed. Call outside a transaction."""
    claimed = 0
    for row in due(at=now):
        if _claim(row, now=now):
            claimed += 1
            _send(row, now=now)
    return claimed


def due(*, at: datetime) -> list[Outgoing]:
    """Return up to fifty rows that wait and are due, the oldest first."""
    rows = Outgoing.objects.filter(state=State.DUE, due_at__lte=at).order_by("due_at")
    return list(rows.select_related("recipient")[:AT_ONCE])


def _claim(row: Outgoing, *, now: datetime) -> bool:
    won = Outgoing.objects.filter(pk=row.pk, state=State.DUE, due_at=row.due_at).update(
        state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    row.attempts += won
    return won == 1


def _send(row: Outgoing, *, now: datetime) -> None:
    handler = _handlers[row.kind]
    reason = "too late" if now > row.not_after else handler.still_wanted(row, now=now)
    if reason:
        _settle(row, State.SKIPPED, now=now, reason=reason)
        return
    delivery = begin(row, now=now)
    try:
        handler.send(row, delivery, now=now)
    except gateway.TryLater as later:
        _again(row, delivery, now=now, after=later.retry_after)
    except gateway.Refused as refused:
        _refused(row, delivery, handler, reason=str(refused.reason), now=now)
    except gateway.Unknown:
        _unknown(row, delivery, now=now)
    else:
        _move(delivery, DeliveryState.ACCEPTED, now=now)
        _settle(row, State.SENT, now=now)


def begin(row: Outgoing, *, now: datetime) -> Delivery:
    """Store an attempt before the carrier is called, and return it: its token rides in the callback's address."""
    return Delivery.objects.create(outgoing=row, token=secrets.token_urlsafe(32), started_at=now, changed_at=now)


def _again(row: Outgoing, delivery: Delivery, *, now: datetime, after: timedelta | None) -> None:
    _move(delivery, DeliveryState.FAILED, now=now, error="try later")
    wait = after or timedelta(seconds=2**row.attempts + random.random())  # noqa: S311 - spreads retries, guards nothing
    if row.attempts >= MOST_TRIES or now + wait > row.not_after:
        _settle(row, State.FAILED, now=now, reason="carrier busy")
        _other_way(row, reason="carrier busy", now=now)
        return
    Outgoing.objects.filter(pk=row.pk).update(state=State.DUE, due_at=now + wait)


def _refused(row: Outgoing, delivery: Delivery, handler: object, *, reason: str, now: datetime) -> None:
    _move(delivery, DeliveryState.FAILED, now=now, error=reason)
    _settle(row, State.FAILED, now=now, reason=reason)
    _other_way(row, reason=reason, now=now)
    log.warning("message refused", outgoing=str(row.pk), kind=row.kind, reason=reason)


def _other_way(row: Outgoing, *, reason: str, now: datetime) -> None:
    instead = getattr(_handlers[row.kind], "instead", None)
    if instead is not None:
        instead(row, reason=reason, now=now)


def _unknown(row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
    _move(delivery, DeliveryState.UNKNOWN, now=now, error="no answer")
    _settle(row, State.UNKNOWN, now=now, reason="no answer")


def _settle(row: Outgoing, state: str, *, now: datetime, reason: str = "") -> None:
    Outgoing.objects.filter(pk=row.pk).update(state=state, settled_at=now, reason=reason)


def _move(delivery: Delivery, state: str, *, now: datetime, error: str = "") -> None:
    """Move an attempt on, unless a callback that came first has moved it already."""
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.STARTED).update(
        state=state, changed_at=now, error=error
    )


def reconcile(*, now: datetime) -> int:
    """Look up what a crash or a silent carrier left open; return how many rows were settled.

    A row that has been SENDING for five minutes was left by a crash. It is sent again only where its handler
    finds that it did not go out; where nobody can tell, it stays UNKNOWN and the trail says so, once.
    """
    _crashed(now=now)
    settled = 0
    for row in Outgoing.objects.filter(state=State.UNKNOWN).exclude(reason="cannot be told")[:AT_ONCE]:
        settled += _look_up(row, now=now)
    return settled


def _crashed(*, now: datetime) -> None:
    left = Outgoing.objects.filter(state=State.SENDING, claimed_at__lt=now - GONE_QUIET)
    left.update(state=State.UNKNOWN, settled_at=now, reason="worker stopped")


def _look_up(row: Outgoing, *, now: datetime) -> int:
    delivery = row.deliveries.order_by("-started_at").first()
    look = getattr(_handlers[row.kind], "went_out", None)
    if delivery is None or delivery.ref or look is None:
        return _without_looking(row, delivery, now=now)
    try:
        out = look(row, delivery, now=now)
    except (gateway.TryLater, gateway.Unknown, gateway.Refused):
        return 0
    return _found(row, now=now) if out else _not_found(row, now=now)


def _without_looking(row: Outgoing, delivery: Delivery | None, *, now: datetime) -> int:
    if delivery is None:  # claimed, and stopped before the carrier was called
        return _not_found(row, now=now)
    if delivery.ref:
        return _found(row, now=now)
    Outgoing.objects.filter(pk=row.pk).update(reason="cannot be told")
    trail.record(events.MESSAGE_UNKNOWN, at=now, target=row, kind=row.kind)
    return 1


def _found(row: Outgoing, *, now: datetime) -> int:
    return Outgoing.objects.filter(pk=row.pk, state=State.UNKNOWN).update(
        state=State.SENT, settled_at=now, reason="found at the carrier"
    )


def _not_found(row: Outgoing, *, now: datetime) -> int:
    state, reason = (State.DUE, "") if now < row.not_after else (State.SKIPPED, "too late")
    return Outgoing.objects.filter(pk=row.pk, state=State.UNKNOWN).update(state=state, reason=reason)


def oldest_due_seconds(*, now: datetime) -> float:
    """Return for how long the oldest due row has waited, in seconds; 0 when nothing waits."""
    first = Outgoing.objects.filter(state=State.DUE, due_at__lte=now).order_by("due_at").first()
    return (now - first.due_at).total_seconds() if first else 0.0


def by_state() -> dict[str, int]:
    """Return how many rows stand in each state."""
    counted = Outgoing.objects.values_list("state").annotate(rows=Count("pk"))
    return dict(counted.order_by("state"))
