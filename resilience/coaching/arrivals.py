"""Somebody rings the platform's number: into their room around the time of their call, or a neutral word.

A caller's number can be made up, so nothing is said of any appointment, and the way in asks for a key. Where the
number is withheld, shared or not known, the code on their own page opens the way.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from resilience.coaching import dialling, pins
from resilience.coaching.models import CAME_IN_FROM, Booking, Call, CallLeg, Side, Status
from resilience.messaging import optouts
from resilience.telephony import gateway

EARLY = timedelta(minutes=10)


class Repeated(Exception):
    """This call came in before: the notice is a repeat."""


class NotYet(Exception):
    """The code is right, and the call is on another day or later on."""

    def __init__(self, booking: Booking, side: str) -> None:
        super().__init__("not yet")
        self.booking, self.side = booking, side


@transaction.atomic
def leg_for(event: gateway.LineAsks, *, now: datetime) -> CallLeg | None:
    """Return a leg for this caller, or None: nobody known, nothing booked now, or more than one person or booking.

    Raises Repeated.
    """
    _refuse_a_repeat(event)
    found = _bookings_of(event.caller, now=now) if event.caller else []
    if len(found) != 1:
        return None
    return _open(event, *found[0], now=now)


@transaction.atomic
def leg_by_code(event: gateway.LineAsks, *, now: datetime) -> CallLeg | None:
    """Return a leg for a caller who keyed in the code of one call, or None. Raises Repeated or NotYet."""
    _refuse_a_repeat(event)
    found = pins.whose(event.key, now=now)
    open_now = [(booking, side) for booking, side in found if booking.starts_at <= now + EARLY]
    if len(open_now) == 1:
        return _open(event, *open_now[0], now=now)
    if len(found) == 1:
        raise NotYet(*found[0])
    return None


def _open(event: gateway.LineAsks, booking: Booking, side: str, *, now: datetime) -> CallLeg:
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
