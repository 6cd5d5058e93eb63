"""Calls that we never heard the end of: ask the carrier, and settle what nobody will tell us of any more."""

from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef

from resilience.coaching import calls, dialling, events, following, outcomes
from resilience.coaching.models import Booking, Call, CallLeg, Status
from resilience.messaging import outbox
from resilience.messaging.models import Outgoing
from resilience.telephony import gateway, lines

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=15)
AT_ONCE = 50
NOT_OVER = ["WAITING", "RINGING", "ANSWERED"]


def sweep(*, now: datetime, clock: outbox.Clock | None = None) -> int:
    """Look up lines that went quiet, then settle calls whose time is over; return how many were settled.

    Lines are looked up for a short time only, by `clock`: the queue stops a task after sixty seconds.
    """
    _look_up_all(now=now, clock=clock or (lambda: now))
    settled = 0
    for booking in _unsettled(now=now):
        call = dialling.open_call(booking, now=now)
        events.note(call, kind=outcomes.GIVEN_UP, at=now, once=f"{call.pk}:GIVEN_UP")
        calls.go_on(call, now=now)
        settled += 1
    return settled


def _quiet_legs(*, now: datetime) -> list[CallLeg]:
    """Return legs that have a name at the carrier and should be over, or were rung long ago and never answered."""
    legs = CallLeg.objects.filter(state__in=NOT_OVER, rung_at__lt=now - QUIET, call__ended_at=None).exclude(
        ref=""
    )
    return list(legs.select_related("call__booking").order_by("?")[:AT_ONCE])


def _look_up_all(*, now: datetime, clock: outbox.Clock) -> None:
    """Look up in any order, so that a line that the carrier never answers for stands before no other for ever."""
    for leg in _quiet_legs(now=now):
        if clock() - now > outbox.LOOK_FOR:
            return
        try:
            _look_up(leg, now=now)
        except gateway.TryLater:
            return


def _look_up(leg: CallLeg, *, now: datetime) -> None:
    """Ask after one line. Raises TryLater: the carrier is busy for the others too."""
    try:
        seen = lines.voice().look_up(gateway.CallRef(leg.ref))
    except (gateway.Refused, gateway.Unknown) as error:
        log.warning("call not found at the carrier", call=str(leg.call_id), reason=type(error).__name__)
        return
    if not seen.state.is_final:
        return
    ended_at = (leg.accepted_at or seen.created_at) + timedelta(seconds=seen.seconds or 0)
    found = gateway.LegChanged(call=seen.call, state=seen.state, seconds=seen.seconds, at=min(ended_at, now))
    following.leg_changed(leg, found, now=now)


def _unsettled(*, now: datetime) -> list[Booking]:
    """Return bookings whose time, and a quarter of an hour after it, is over without anything settled."""
    rung = Outgoing.objects.filter(target_id=OuterRef("pk"), kind=dialling.KIND)  # made here, not imported
    over = Booking.objects.filter(Exists(rung), status=Status.BOOKED, blocked_until__lt=now - QUIET)
    ended = Call.objects.filter(ended_at__isnull=False).values("booking")
    related = ("coach", "enrolment__cohort__programme", "participant__user")
    return list(over.exclude(pk__in=ended).select_related(*related).order_by("starts_at")[:AT_ONCE])
