"""Somebody rings the platform's number: into their room around the time of their call, or a neutral word.

A caller's number can be made up, so nothing is said of any appointment, and the way in asks for a key.
"""

import secrets
from datetime import datetime, timedelta

from resilience.coaching import dialling
from resilience.coaching.models import Booking, CallLeg, Side, Status
from resilience.messaging import optouts
from resilience.telephony import gateway

EARLY = timedelta(minutes=10)
INBOUND_FROM = 11  # the tries that we make are numbered below this


def leg_for(event: gateway.LineAsks, *, now: datetime) -> CallLeg | None:
    """Return a leg for this caller, or None: nobody known, nothing booked now, or more than one person or booking."""
    if not event.caller:
        return None
    index = optouts.index(event.caller)
    soon = Booking.objects.filter(status=Status.BOOKED, starts_at__lte=now + EARLY, ends_at__gt=now)
    found = [(booking, Side.PARTICIPANT) for booking in soon.filter(participant__phone_index=index)]
    found += [(booking, Side.COACH) for booking in soon.filter(coach__phone_index=index)]
    if len(found) != 1:
        return None
    booking, side = found[0]
    call = dialling.open_call(booking, now=now)
    return CallLeg.objects.create(
        call=call, side=side, attempt=INBOUND_FROM + call.legs.filter(attempt__gte=INBOUND_FROM).count(),
        token=secrets.token_urlsafe(32), ref=event.call, state=gateway.CallState.ANSWERED, rung_at=now,
    )  # fmt: skip


def known(event: gateway.LineAsks) -> bool:
    """Return whether this call came in before: the notice is a repeat."""
    return CallLeg.objects.filter(ref=event.call).exists()
