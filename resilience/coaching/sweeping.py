"""Calls that we never heard the end of: ask the carrier, and settle what nobody will tell us of any more."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from resilience.coaching import calls, dialling, events, following, looking_up, outcomes
from resilience.coaching.models import Booking, Call, CallLeg, Status
from resilience.messaging.models import Outgoing, State
from resilience.telephony import gateway

QUIET = timedelta(minutes=15)
AT_ONCE = 50
NOT_OVER = ["WAITING", "RINGING", "ANSWERED"]


def sweep(*, now: datetime) -> int:
    """Look up lines that went quiet, go on with calls under way, settle those that are over or left by everybody.

    Return how many were settled.
    """
    looking_up.one_by_one(_quiet_legs(now=now), lambda leg: _look_up(leg, now=now))
    for call in _under_way(now=now):
        calls.go_on(call, now=now)
    over = [*_unsettled(now=now), *_left(now=now)]
    for booking in over:
        call = dialling.open_call(booking, now=now)
        events.note(call, kind=outcomes.GIVEN_UP, at=now, once=f"{call.pk}:GIVEN_UP")
        calls.go_on(call, now=now)
    return len(over)


def _quiet_legs(*, now: datetime) -> list[CallLeg]:
    """Return legs that have a name at the carrier and should be over, or were rung long ago and never answered."""
    legs = CallLeg.objects.filter(state__in=NOT_OVER, rung_at__lt=now - QUIET, call__ended_at=None).exclude(
        ref=""
    )
    # In any order, so that a line that the carrier never answers for stands before no other for ever.
    return list(legs.select_related("call__booking").order_by("?")[:AT_ONCE])


def _look_up(leg: CallLeg, *, now: datetime) -> None:
    """Follow a leg to how it ended at the carrier. Raises gateway.TryLater or gateway.Unknown."""
    seen = looking_up.seen(leg)
    if seen is None or not seen.state.is_final:
        return
    ended_at = (leg.accepted_at or seen.created_at) + timedelta(seconds=seen.seconds or 0)
    found = gateway.LegChanged(call=seen.call, state=seen.state, seconds=seen.seconds, at=min(ended_at, now))
    following.leg_changed(leg, found, now=now)


def _under_way(*, now: datetime) -> list[Call]:
    """Return calls whose time it is: a notice may be lost, or a ring skipped just as the coach came back."""
    found = Call.objects.filter(ended_at=None, version=F("booking__version"), booking__status=Status.BOOKED)
    return list(found.filter(booking__starts_at__lte=now, booking__ends_at__gt=now)[:AT_ONCE])


def _unsettled(*, now: datetime) -> list[Booking]:
    """Return bookings whose time, and a quarter of an hour after it, is over without anything settled."""
    return list(_open_bookings().filter(blocked_until__lt=now - QUIET)[:AT_ONCE])


def _left(*, now: datetime) -> list[Booking]:
    """Return bookings within their time that nobody is on the line for any more, and no ring is to come."""
    to_ring = Outgoing.objects.filter(
        target_id=OuterRef("pk"), kind=dialling.KIND, state__in=[State.DUE, State.SENDING, State.UNKNOWN]
    )
    begun = _open_bookings().filter(starts_at__lt=now - dialling.GRACE, blocked_until__gte=now - QUIET)
    found = begun.exclude(Exists(to_ring))[:AT_ONCE]
    return [each for each in found if _nobody_there(each)]


def _nobody_there(booking: Booking) -> bool:
    call = booking.calls.filter(version=booking.version).first()
    return call is None or outcomes.nobody_on_the_line(events.of(call))


def _open_bookings() -> QuerySet[Booking]:
    rung = Outgoing.objects.filter(target_id=OuterRef("pk"), kind=dialling.KIND)  # made here, not imported
    ended = Call.objects.filter(ended_at__isnull=False).values("booking")
    booked = Booking.objects.filter(Exists(rung), status=Status.BOOKED).exclude(pk__in=ended)
    related = ("coach", "enrolment__cohort__programme", "participant__user")
    return booked.select_related(*related).order_by("starts_at")
