"""What a crash or a silent carrier left open: looked up at the carrier, and sent again only where it did not go out."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import translation

from resilience.audit import events, trail
from resilience.messaging import outbox
from resilience.messaging.models import Outgoing, State
from resilience.telephony import gateway

log = structlog.get_logger(__name__)

GONE_QUIET = timedelta(minutes=5)
LOOK_FOR = timedelta(seconds=25)  # and one answer more: the queue stops a task after sixty
AT_MOST = 1_000
SILENT = 3  # so many without an answer, one after the other: the carrier is out of reach for the others too
LONG_ENOUGH = timedelta(days=1)  # after that nobody waits for the carrier to tell


def reconcile(*, now: datetime, clock: outbox.Clock | None = None) -> int:
    """Look up what a crash or a silent carrier left open; return how many rows were settled.

    A row that has been SENDING for five minutes was left by a crash. It is sent again only where its handler
    finds that it did not go out; where nobody can tell, it stays UNKNOWN and the trail says so, once. Rows come in
    any order and for a short time only, so that one that the carrier never answers for holds nobody up; but after
    an outage a thousand are to be looked up before they are too old to be of use.
    """
    clock = clock or (lambda: now)
    _crashed(now=now)
    settled = silent = 0
    left_open = Outgoing.objects.filter(state=State.UNKNOWN).exclude(reason=outbox.UNTOLD).order_by("?")
    for row in left_open.select_related("recipient")[:AT_MOST]:
        if clock() - now > LOOK_FOR or silent == SILENT:
            break
        try:
            settled += _look_up_alone(row, now=clock())
        except gateway.TryLater:
            break
        except gateway.Unknown:
            silent += 1
        else:
            silent = 0
    return settled


def _crashed(*, now: datetime) -> None:
    left = Outgoing.objects.filter(state=State.SENDING, claimed_at__lt=now - GONE_QUIET)
    left.update(state=State.UNKNOWN, settled_at=now, reason="worker stopped")


def _look_up_alone(row: Outgoing, *, now: datetime) -> int:
    """Look one row up. Raises TryLater where the carrier is busy, and Unknown where it does not answer."""
    try:
        with translation.override(outbox.language_of(row)):  # it is found again by the words that were sent
            return _look_up(row, now=now)
    except (gateway.Unknown, gateway.Refused) as error:
        log.warning("row not looked up", outgoing=str(row.pk), kind=row.kind, reason=type(error).__name__)
        if row.settled_at < now - LONG_ENOUGH:
            return _untold(row, now=now)
        if isinstance(error, gateway.Unknown):
            raise
        return 0
    except outbox.Unwanted:
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
    look = getattr(outbox.handler_of(row.kind), "went_out", None)
    if look is None:
        return _untold(row, now=now)
    return _found(row, now=now) if look(row, delivery, now=now) else _not_found(row, now=now)


@transaction.atomic
def _untold(row: Outgoing, *, now: datetime) -> int:
    """Leave the row for good: it may have gone out, and is not sent again."""
    Outgoing.objects.filter(pk=row.pk).update(reason=outbox.UNTOLD)
    trail.record(events.MESSAGE_UNKNOWN, at=now, target=row, kind=row.kind)
    outbox.other_way(row, reason=outbox.UNTOLD, now=now)
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
    ended = waits.update(state=State.FAILED, settled_at=now, reason=outbox.NOT_OUT)
    if ended:
        outbox.other_way(row, reason=outbox.NOT_OUT, now=now)
    return ended
