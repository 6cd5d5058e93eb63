"""Somebody rings the platform's number: into their room around the time of their call, or a neutral word.

A caller's number can be made up, so nothing is said of any appointment, and the way in asks for a key.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from resilience.coaching import dialling
from resilience.coaching.models import CAME_IN_FROM, Booking, Call, CallLeg, Side, Status
from resilience.messaging import optouts
from resilience.telephony import gateway

EARLY = timedelta(minutes=10)


class Repeated(Exception):
    """This call came in before: the notice is a repeat."""


@transaction.atomic
def leg_for(event: gateway.LineAsks, *, now: datetime) -> CallLeg | None:
    """Return a leg for this caller, or None: nobody known, nothing booked now, or more than one person or booking.

    Raises Repeated.
    """
    _refuse_a_repeat(event)
    found = _bookings_of(event.caller, now=now) if event.caller else []
    if len(found) != 1:
        return None
    booking, side = found[0]
    call = dialling.open_call(booking, now=now)
    Call.objects.select_for_update().get(pk=call.pk)
    _refuse_a_repeat(event)  # of two that came at once, the second finds the first's leg here
    return CallLeg.objects.create(
        call=call, side=side, attempt=CAME_IN_FROM + call.legs.filter(attempt__gte=CAME_IN_FROM).count(),
        token=secrets.token_urlsafe(32), ref=event.call, state=gateway.CallState.ANSWERED, rung_at=now,
    )  # fmt: skip


def _refuse_a_repeat(event: gateway.LineAsks) -> None:
    if CallLeg.objects.filter(ref=event.call).exists():
        raise Repeated


def _bookings_of(caller: str, *, now: datetime) -> list[tuple[Booking, Side]]:
    index = optouts.index(caller)
    soon = Booking.objects.filter(status=Status.BOOKED, starts_at__lte=now + EARLY, ends_at__gt=now)
    found = [(booking, Side.PARTICIPANT) for booking in soon.filter(participant__phone_index=index)]
    return found + [(booking, Side.COACH) for booking in soon.filter(coach__phone_index=index)]
