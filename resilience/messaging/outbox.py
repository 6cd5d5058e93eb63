"""The outbox: plan an intention once, claim it with one conditional update, then act.

An app gives each of its kinds a handler in `<app>/outbox.py`:

    @outbox.handles("booked_sms")
    class BookedSms:
        def still_wanted(self, row, *, now) -> str: ...         # "" when wanted, else why it is skipped
        def send(self, row, delivery, *, now) -> None: ...      # raises what telephony.gateway names, or Unwanted
        def went_out(self, row, delivery, *, now) -> bool: ...  # optional: looked up after a crash; as `send`
        def instead(self, row, *, reason, now) -> None: ...     # optional: it will not arrive; what is left to do
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.messaging import waiting
from resilience.messaging.models import Delivery, DeliveryState, Outgoing, State
from resilience.telephony import gateway

log = structlog.get_logger(__name__)

AT_ONCE = 50
GONE_QUIET = timedelta(minutes=5)
LOOK_FOR = timedelta(seconds=25)  # and one answer more: the queue stops a task after sixty
LONG_ENOUGH = timedelta(days=1)  # after that nobody waits for the carrier to tell

TOO_LATE, BUSY, NOT_OUT, UNTOLD = "too late", "carrier busy", "did not go out", "cannot be told"

Clock = Callable[[], datetime]

_handlers: dict[str, object] = {}


class Unhandled(Exception):
    """No app has said how this kind is sent."""


class Unwanted(Exception):
    """At the last moment nobody is to be sent this; the message says why, in a code without words of theirs."""


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
    claimed = 0
    for row in due(at=now):
        at = clock()
        if _claim(row, now=at):
            claimed += 1
            _send_alone(row, now=at)
    return claimed


def due(*, at: datetime) -> list[Outgoing]:
    """Return up to fifty rows that wait and are due, the oldest first."""
    rows = Outgoing.objects.filter(state=State.DUE, due_at__lte=at).order_by("due_at")
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
    reason = handler.still_wanted(row, now=now)
    if reason:
        _settle(row, State.SKIPPED, now=now, reason=reason)
        return
    with translation.override(_language(row)):
        _try(row, begin(row, now=now), handler, now=now)


def _language(row: Outgoing) -> str:
    """Return the language in which its recipient signed in last."""
    return (row.recipient and row.recipient.language) or settings.LANGUAGE_CODE


def _too_late(row: Outgoing, *, now: datetime) -> None:
    tried = row.attempts > 1
    _end(row, State.FAILED if tried else State.SKIPPED, reason=BUSY if tried else TOO_LATE, now=now)


def _try(row: Outgoing, delivery: Delivery, handler: object, *, now: datetime) -> None:
    try:
        handler.send(row, delivery, now=now)
    except gateway.TryLater as later:
        _again(row, delivery, now=now, after=later.retry_after)
    except gateway.Refused as refused:
        _refused(row, delivery, reason=str(refused.reason), now=now)
    except gateway.Unknown:
        _move(delivery, DeliveryState.UNKNOWN, now=now, error="no answer")
        _settle(row, State.UNKNOWN, now=now, reason="no answer")
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
    _still_mine(row).update(state=State.DUE, due_at=due_at)


def _refused(row: Outgoing, delivery: Delivery, *, reason: str, now: datetime) -> None:
    _move(delivery, DeliveryState.FAILED, now=now, error=reason)
    _end(row, State.FAILED, reason=reason, now=now)
    log.warning("message refused", outgoing=str(row.pk), kind=row.kind, reason=reason)


@transaction.atomic
def _end(row: Outgoing, state: str, *, reason: str, now: datetime) -> None:
    """Settle a row that will not arrive, together with what goes instead."""
    if _settle(row, state, now=now, reason=reason):
        _other_way(row, reason=reason, now=now)


@transaction.atomic
def undelivered(row: Outgoing, *, reason: str, now: datetime) -> None:
    """Do, once, what is to be done instead of a message of which the carrier says later that it never arrived."""
    gone = Outgoing.objects.filter(pk=row.pk, state__in=[State.SENDING, State.SENT, State.UNKNOWN])
    if gone.update(state=State.FAILED, settled_at=now, reason=reason):
        _other_way(row, reason=reason, now=now)


def _other_way(row: Outgoing, *, reason: str, now: datetime) -> None:
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
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.STARTED).update(
        state=state, changed_at=now, error=error
    )


def reconcile(*, now: datetime, clock: Clock | None = None) -> int:
    """Look up what a crash or a silent carrier left open; return how many rows were settled.

    A row that has been SENDING for five minutes was left by a crash. It is sent again only where its handler
    finds that it did not go out; where nobody can tell, it stays UNKNOWN and the trail says so, once. Rows come in
    any order and for a short time only, so that one that the carrier never answers for holds nobody up.
    """
    clock = clock or (lambda: now)
    _crashed(now=now)
    settled = 0
    for row in Outgoing.objects.filter(state=State.UNKNOWN).exclude(reason=UNTOLD).order_by("?")[:AT_ONCE]:
        if clock() - now > LOOK_FOR:
            break
        try:
            settled += _look_up_alone(row, now=clock())
        except gateway.TryLater:
            break
    return settled


def _crashed(*, now: datetime) -> None:
    left = Outgoing.objects.filter(state=State.SENDING, claimed_at__lt=now - GONE_QUIET)
    left.update(state=State.UNKNOWN, settled_at=now, reason="worker stopped")


def _look_up_alone(row: Outgoing, *, now: datetime) -> int:
    """Look one row up. Raises TryLater: the carrier is busy for the others too."""
    try:
        return _look_up(row, now=now)
    except (gateway.Unknown, gateway.Refused) as error:
        log.warning("row not looked up", outgoing=str(row.pk), kind=row.kind, reason=type(error).__name__)
        return _untold(row, now=now) if row.settled_at < now - LONG_ENOUGH else 0
    except Unwanted:
        return _untold(row, now=now)
    except gateway.TryLater:
        raise
    except Exception:  # it ends as one that cannot be told
        log.exception("row cannot be looked up", outgoing=str(row.pk), kind=row.kind)
        return _untold(row, now=now)


def _look_up(row: Outgoing, *, now: datetime) -> int:
    delivery = row.deliveries.order_by("-started_at").first()
    if delivery is None:  # claimed, and stopped before the carrier was called
        return _not_found(row, now=now)
    if delivery.ref:
        return _found(row, now=now)
    look = getattr(_handlers[row.kind], "went_out", None)
    if look is None:
        return _untold(row, now=now)
    return _found(row, now=now) if look(row, delivery, now=now) else _not_found(row, now=now)


@transaction.atomic
def _untold(row: Outgoing, *, now: datetime) -> int:
    """Leave the row for good: it may have gone out, and is not sent again."""
    Outgoing.objects.filter(pk=row.pk).update(reason=UNTOLD)
    trail.record(events.MESSAGE_UNKNOWN, at=now, target=row, kind=row.kind)
    _other_way(row, reason=UNTOLD, now=now)
    return 1


def _found(row: Outgoing, *, now: datetime) -> int:
    return Outgoing.objects.filter(pk=row.pk, state=State.UNKNOWN).update(
        state=State.SENT, settled_at=now, reason="found at the carrier"
    )


@transaction.atomic
def _not_found(row: Outgoing, *, now: datetime) -> int:
    waits = Outgoing.objects.filter(pk=row.pk, state=State.UNKNOWN)
    if now < row.not_after:
        return waits.update(state=State.DUE, reason="")
    ended = waits.update(state=State.FAILED, settled_at=now, reason=NOT_OUT)
    if ended:
        _other_way(row, reason=NOT_OUT, now=now)
    return ended
