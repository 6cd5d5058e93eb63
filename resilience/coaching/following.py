"""Follow what the carrier tells us of a leg and of a room: each thing once, states forward only."""

from datetime import datetime

from django.db import transaction

from resilience.coaching import asking, calls, dialling, events, keeping_apart, outcomes
from resilience.coaching.models import CallLeg
from resilience.participants import numbers_of
from resilience.telephony import gateway
from resilience.telephony.gateway import CallState, RoomChange

RANK = {CallState.WAITING: 0, CallState.RINGING: 1, CallState.ANSWERED: 2}
OF_ROOM = {
    RoomChange.JOINED: outcomes.JOINED, RoomChange.LEFT: outcomes.LEFT,
    RoomChange.STARTED: outcomes.ROOM_STARTED, RoomChange.ENDED: outcomes.ROOM_ENDED,
}  # fmt: skip


def leg_of(token: str) -> CallLeg | None:
    """Return the leg that a callback address names, or None."""
    found = CallLeg.objects.filter(token=token.replace("\x00", ""))  # PostgreSQL does not take a zero
    related = ("coach", "enrolment__cohort__programme", "participant__user")
    return found.select_related(*[f"call__booking__{each}" for each in related]).first()


def is_over(leg: CallLeg) -> bool:
    """Return whether the line is down."""
    return CallState(leg.state).is_final


def fits(leg: CallLeg, ref: str) -> bool:
    """Return whether the carrier's name is this leg's; the first callback may tell us the name."""
    if ref and not leg.ref:
        dialling.remember(leg, ref)
        leg.ref = ref
    return not ref or leg.ref == ref


@transaction.atomic
def asked(leg: CallLeg, event: gateway.LineAsks, *, now: datetime) -> bool:
    """Keep that the line asked what to do once it was answered; return whether it is new."""
    once = f"{leg.pk}:ASKED:{event.once}"
    return events.note(leg.call, kind="ASKED", at=now, leg=leg, once=once)


@transaction.atomic
def accepted(leg: CallLeg, *, now: datetime) -> bool:
    """Keep that 1 was pressed; return whether it is new."""
    if not events.note(leg.call, kind=outcomes.ACCEPTED, at=now, leg=leg, once=f"{leg.pk}:ACCEPTED"):
        return False
    CallLeg.objects.filter(pk=leg.pk).update(accepted_at=now)
    if dialling.rang_theirs(leg):
        numbers_of.confirm(leg.call.booking.participant, now=now)
    return True


@transaction.atomic
def declined(leg: CallLeg, *, now: datetime) -> bool:
    """Keep that 2 was pressed, and act on it; return whether it is new."""
    if not events.note(leg.call, kind=outcomes.NOT_NOW, at=now, leg=leg, once=f"{leg.pk}:NOT_NOW"):
        return False
    calls.go_on(leg.call, now=now)
    return True


@transaction.atomic
def wrong_number(leg: CallLeg, *, now: datetime) -> bool:
    """Keep that a stranger answered, and ring that number no more; return whether it is new."""
    if not events.note(leg.call, kind=outcomes.WRONG_NUMBER, at=now, leg=leg, once=f"{leg.pk}:WRONG_NUMBER"):
        return False
    numbers_of.take_away(leg.call.booking.participant, now=now)
    calls.go_on(leg.call, now=now)
    return True


@transaction.atomic
def known(leg: CallLeg, *, now: datetime) -> bool:
    """Keep that one of the two knows the other, and keep them apart from now on; return whether it is new."""
    if not events.note(leg.call, kind=outcomes.KNOWN, at=now, leg=leg, once=f"{leg.pk}:KNOWN"):
        return False
    booking = leg.call.booking
    keeping_apart.not_with(coach=booking.coach, enrolment=booking.enrolment, side=leg.side, by=None, now=now)
    asking.plan_others(booking, now=now)
    calls.go_on(leg.call, now=now)
    return True


@transaction.atomic
def other_key(leg: CallLeg, event: gateway.LineAsks, *, now: datetime) -> bool:
    """Keep that another key, or none, was pressed; return whether it is new."""
    once = f"{leg.pk}:KEY:{event.once or event.key}"
    return events.note(leg.call, kind="OTHER_KEY" if event.key else "SILENT", at=now, leg=leg, once=once)


@transaction.atomic
def leg_changed(leg: CallLeg, event: gateway.LegChanged, *, now: datetime) -> bool:
    """Follow a leg to the state that the carrier names; return whether anything changed.

    A late or repeated state changes nothing, and the first final state stays.
    """
    behind = [state for state in CallState if not state.is_final and RANK[state] < RANK.get(event.state, 9)]
    at = event.at or now
    moved = CallLeg.objects.filter(pk=leg.pk, state__in=behind).update(
        state=event.state.value, **({"ended_at": at} if event.state.is_final else {})
    )
    if not moved:
        return False
    once = f"{leg.pk}:{event.state}"
    events.note(
        leg.call, kind=event.state.value, at=at, leg=leg, once=once, order=event.order, seconds=event.seconds
    )
    if event.state.is_final:
        calls.go_on(leg.call, now=now)
    return True


@transaction.atomic
def room_changed(leg: CallLeg, event: gateway.RoomChanged, *, now: datetime) -> bool:
    """Keep who came into the room or left it, or that it started or ended; return whether it is new."""
    if event.room != leg.call.room:
        return False
    of_leg = event.change in (RoomChange.JOINED, RoomChange.LEFT)
    whose = _leg_in(leg, event) if of_leg else None
    if of_leg and whose is None:
        return False
    kind = OF_ROOM[event.change]
    once = (
        f"{leg.call.pk}:{kind}:{whose.pk if whose else ''}:{event.order}:{event.at and event.at.isoformat()}"
    )
    fresh = events.note(leg.call, kind=kind, at=event.at or now, leg=whose, once=once, order=event.order)
    if fresh:
        calls.go_on(leg.call, now=now)
    return fresh


def _leg_in(leg: CallLeg, event: gateway.RoomChanged) -> CallLeg | None:
    """Return the leg of the same call that the carrier means: the room tells of both sides at one address."""
    named = leg.call.legs.filter(ref=event.call).first() if event.call else None
    if named is not None:
        return named
    if event.side == leg.side.lower():
        return leg
    return leg.call.legs.filter(side=event.side.upper(), accepted_at__isnull=False).order_by("rung_at").last()
