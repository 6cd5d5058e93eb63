"""The outbox: plan an intention once, claim it with one conditional update, then act.

An app gives each of its kinds a handler in `<app>/outbox.py`:

    @outbox.handles("booked_sms")
    class BookedSms:
        def still_wanted(self, row, *, now) -> str: ...         # "" when wanted, else why it is skipped; or raises Held
        def send(self, row, delivery, *, now) -> None: ...      # raises what telephony.gateway names, or Unwanted
        def went_out(self, row, delivery, *, now) -> bool: ...  # optional: looked up after a crash; as `send`
        def instead(self, row, *, reason, now) -> None: ...     # optional: it will not arrive; what is left to do
"""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from resilience.accounts.models import User
from resilience.messaging import troubles, waiting
from resilience.messaging.models import Delivery, DeliveryState, Outgoing, State
from resilience.telephony import gateway

log = structlog.get_logger(__name__)

AT_ONCE = 50
A_BATCH = 1_000
A_MOMENT = timedelta(seconds=1)
HALF_AN_HOUR = timedelta(minutes=30)

TOO_LATE, BUSY, NOT_OUT, UNTOLD = "too late", "carrier busy", "did not go out", "cannot be told"

Clock = Callable[[], datetime]

_handlers: dict[str, object] = {}


class Unhandled(Exception):
    """No app has said how this kind is sent."""


class Unwanted(Exception):
    """At the last moment nobody is to be sent this; the message says why, in a code without words of theirs."""


class Held(Exception):
    """Wanted, but not now: the row waits until `until`, and is looked at again then."""

    def __init__(self, reason: str, *, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


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
    row = Outgoing(
        key=key, kind=kind, channel=channel, due_at=due_at, not_after=not_after, recipient=recipient,
        target_id=target_id, version=version,
    )  # fmt: skip
    plan_many([row])


def plan_many(rows: Iterable[Outgoing]) -> int:
    """Put many intentions into the outbox, some thousand at a time; one whose key stands there changes nothing.

    Return how many were handed over. Raises Unhandled, with nothing stored of that batch.
    """
    handed, left = 0, iter(rows)
    while batch := list(islice(left, A_BATCH)):
        if unknown := {row.kind for row in batch} - set(_handlers):
            raise Unhandled(*unknown)
        Outgoing.objects.bulk_create(batch, ignore_conflicts=True)
        handed += len(batch)
    return handed


def handler_of(kind: str) -> Any:
    """Return what an app registered for this kind."""
    return _handlers[kind]


def forget(
    *, target_id: UUID, now: datetime, kinds: Iterable[str] | None = None, reason: str = "taken back"
) -> int:
    """Skip what still waits for this target; return how many rows that were."""
    waiting = Outgoing.objects.filter(target_id=target_id, state=State.DUE)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    return waiting.update(state=State.SKIPPED, settled_at=now, reason=reason)


def send_due(*, now: datetime, clock: Clock | None = None) -> int:
    """Send what is due and still wanted; return how many rows were claimed. Call outside a transaction.

    With `clock` each row is claimed and sent at its own moment: a slow carrier makes a turn minutes long.
    """
    clock = clock or (lambda: now)
    return sum(send(row, now=clock()) for row in due(at=now))


def send(row: Outgoing, *, now: datetime) -> bool:
    """Claim one row that is due and send it; return whether it was ours to send. Call outside a transaction."""
    if not _claim(row, now=now):
        return False
    _send_alone(row, now=now)
    return True


def due(*, at: datetime, channels: Collection[str] = (), besides: Collection[UUID] = ()) -> list[Outgoing]:
    """Return up to fifty rows that wait and are due, the oldest first: of some channels only, besides some."""
    rows = Outgoing.objects.filter(state=State.DUE, due_at__lte=at).order_by("due_at")
    if channels:
        rows = rows.filter(channel__in=channels)
    if besides:
        rows = rows.exclude(pk__in=list(besides))
    return list(rows.select_related("recipient")[:AT_ONCE])


def _claim(row: Outgoing, *, now: datetime) -> bool:
    as_seen = Outgoing.objects.filter(pk=row.pk, state=State.DUE, due_at=row.due_at, attempts=row.attempts)
    won = as_seen.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    row.attempts += won
    return won == 1


def _send_alone(row: Outgoing, *, now: datetime) -> None:
    """Send one row; a fault in it holds nobody else up, and the row is looked up later as after a crash."""
    try:
        _send(row, now=now)
    except Exception:  # one faulty row holds up no other
        log.exception("row cannot be sent", outgoing=str(row.pk), kind=row.kind)


def _send(row: Outgoing, *, now: datetime) -> None:
    if now > row.not_after:
        _too_late(row, now=now)
        return
    handler = _handlers[row.kind]
    try:
        reason = handler.still_wanted(row, now=now)
    except Held as held:
        _hold(row, held, now=now)
        return
    if reason:
        _settle(row, State.SKIPPED, now=now, reason=reason)
        return
    with translation.override(language_of(row)):
        _try(row, begin(row, now=now), handler, now=now)


def _hold(row: Outgoing, held: Held, *, now: datetime) -> None:
    """Let a row wait on, uncounted; for as long as it is of use at the most."""
    if now >= row.not_after:
        _settle(row, State.SKIPPED, now=now, reason=str(held)[:60])
        return
    until = min(max(held.until, now + A_MOMENT), row.not_after)
    waits = {"state": State.DUE, "due_at": until, "attempts": row.attempts - 1, "reason": str(held)[:60]}
    _still_mine(row).update(**waits)


def language_of(row: Outgoing) -> str:
    """Return the language in which its recipient signed in last."""
    return (row.recipient and row.recipient.language) or settings.LANGUAGE_CODE


def _too_late(row: Outgoing, *, now: datetime) -> None:
    """End a row that is of no use any more. One that was held until then keeps what held it as the reason."""
    if row.attempts > 1:
        _end(row, State.FAILED, reason=BUSY, now=now)
    elif row.reason:
        _settle(row, State.SKIPPED, now=now, reason=row.reason)
    else:
        _end(row, State.SKIPPED, reason=TOO_LATE, now=now)


def _try(row: Outgoing, delivery: Delivery, handler: object, *, now: datetime) -> None:
    try:
        handler.send(row, delivery, now=now)
    except gateway.TryLater as later:
        _again(row, delivery, now=now, after=later.retry_after)
    except gateway.Refused as refused:
        _refused(row, delivery, refused, now=now)
    except gateway.Unknown:
        _move(delivery, DeliveryState.UNKNOWN, now=now, error="no answer")
        _settle(row, State.UNKNOWN, now=now, reason="no answer")
    except Held as held:
        _move(delivery, DeliveryState.FAILED, now=now, error="not sent")
        _hold(row, held, now=now)
    except Unwanted as why:
        _move(delivery, DeliveryState.FAILED, now=now, error="not sent")
        _settle(row, State.SKIPPED, now=now, reason=str(why)[:60])
    else:
        _move(delivery, DeliveryState.ACCEPTED, now=now)
        _settle(row, State.SENT, now=now)


def begin(row: Outgoing, *, now: datetime) -> Delivery:
    """Store an attempt before the carrier is called, and return it: its token rides in the callback's address."""
    return Delivery.objects.create(
        outgoing=row, token=secrets.token_urlsafe(32), started_at=now, changed_at=now
    )


def _again(row: Outgoing, delivery: Delivery, *, now: datetime, after: timedelta | None) -> None:
    _move(delivery, DeliveryState.FAILED, now=now, error="try later")
    due_at = now + waiting.before_next(channel=row.channel, tries=row.attempts, asked=after)
    if due_at > row.not_after:
        _end(row, State.FAILED, reason=BUSY, now=now)
        return
    _still_mine(row).update(state=State.DUE, due_at=due_at, reason="")


def _refused(row: Outgoing, delivery: Delivery, refused: gateway.Refused, *, now: datetime) -> None:
    reason = str(refused.reason)
    troubles.note(refused.reason, evidence=refused.evidence, now=now)
    _move(delivery, DeliveryState.FAILED, now=now, error=reason)
    _end(row, State.FAILED, reason=reason, now=now)
    log.warning("message refused", outgoing=str(row.pk), kind=row.kind, reason=reason)


@transaction.atomic
def _end(row: Outgoing, state: str, *, reason: str, now: datetime) -> None:
    """Settle a row that will not arrive, together with what goes instead."""
    if _settle(row, state, now=now, reason=reason):
        other_way(row, reason=reason, now=now)


@transaction.atomic
def undelivered(row: Outgoing, *, reason: str, now: datetime) -> None:
    """Do, once, what is to be done instead of a message of which the carrier says later that it never arrived.

    A telephone that was switched off or out of reach is tried once more, half an hour later, while it is of use.
    """
    gone = Outgoing.objects.filter(pk=row.pk, state__in=[State.SENDING, State.SENT, State.UNKNOWN])
    if _worth_another_try(row, reason=reason, now=now):
        gone.update(state=State.DUE, due_at=now + HALF_AN_HOUR, reason=reason)
    elif gone.update(state=State.FAILED, settled_at=now, reason=reason):
        other_way(row, reason=reason, now=now)


def _worth_another_try(row: Outgoing, *, reason: str, now: datetime) -> bool:
    if reason != gateway.Reason.UNREACHABLE or now + HALF_AN_HOUR > row.not_after:
        return False
    return row.deliveries.filter(error=reason).count() == 1


def other_way(row: Outgoing, *, reason: str, now: datetime) -> None:
    """Do what is to be done instead of a message that does not arrive."""
    instead = getattr(_handlers.get(row.kind), "instead", None)
    if instead is None:
        return
    try:
        with transaction.atomic():
            instead(row, reason=reason, now=now)
    except Exception:  # what goes instead is a help, not a condition
        log.exception("nothing could be done instead", outgoing=str(row.pk), kind=row.kind)


def _still_mine(row: Outgoing) -> QuerySet[Outgoing]:
    """Return the row as this worker claimed it; none once a callback or another worker has moved it on."""
    return Outgoing.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)


def _settle(row: Outgoing, state: str, *, now: datetime, reason: str = "") -> int:
    return _still_mine(row).update(state=state, settled_at=now, reason=reason)


def _move(delivery: Delivery, state: str, *, now: datetime, error: str = "") -> None:
    """Move an attempt on, unless a callback that came first has moved it already."""
    named = {"ref": delivery.ref} if delivery.ref else {}
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.STARTED).update(
        state=state, changed_at=now, error=error, **named
    )
