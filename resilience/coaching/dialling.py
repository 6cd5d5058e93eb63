"""Ring one telephone at a time: each try is one row of the outbox, looked at again at the last moment."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from resilience.accounts.models import User
from resilience.coaching import events, firewall, outcomes, relationships
from resilience.coaching.models import Booking, Call, CallLeg, Side, Status
from resilience.messaging import optouts, outbox
from resilience.messaging.models import Channel, Delivery
from resilience.participants import contact
from resilience.telephony import gateway, lines

KIND = "call_leg"

GRACE = timedelta(minutes=15)
NOW_AND_THEN = (timedelta(), timedelta(minutes=3), timedelta(minutes=8))  # after the first try of that side
SHORTEST = timedelta(minutes=1)
CLOSE_ENOUGH = timedelta(minutes=2)


@dataclass(frozen=True)
class Attempt:
    """One try at reaching one side of a booking at one version; it is the key of its row in the outbox."""

    booking: str
    version: int
    side: str
    number: int

    def __str__(self) -> str:
        return f"{KIND}:{self.booking}:v{self.version}:{self.side}:{self.number}"

    @classmethod
    def read(cls, key: str) -> Self:
        """Return the attempt that a key names."""
        _kind, booking, version, side, number = key.split(":")
        return cls(booking, int(version[1:]), side, int(number))


def plan(booking: Booking, *, side: str, number: int = 1, due_at: datetime, not_after: datetime) -> None:
    """Plan one try; the same try is planned once only."""
    outbox.plan(
        key=str(Attempt(str(booking.pk), booking.version, side, number)),
        kind=KIND,
        channel=Channel.CALL,
        recipient=_whose(booking, side),
        target_id=booking.pk,
        version=booking.version,
        due_at=due_at,
        not_after=not_after,
    )


def _whose(booking: Booking, side: str) -> User:
    return booking.coach.user if side == Side.COACH else booking.participant.user


def open_call(booking: Booking, *, now: datetime) -> Call:
    """Return the call of a booking at its version; its room has a random name."""
    call, _fresh = Call.objects.get_or_create(
        booking=booking,
        version=booking.version,
        defaults={
            "room": secrets.token_urlsafe(24),
            "started_at": now,
            "role": relationships.role_of(booking),
        },
    )
    return call


def why_not(booking: Booking, attempt: Attempt, *, now: datetime) -> str:
    """Return why this telephone is not to be rung now, or an empty string."""
    if booking.status != Status.BOOKED:
        return "cancelled"
    if booking.version != attempt.version:
        return "the booking changed"
    if firewall.between(booking.coach, booking.participant):
        return "kept apart"
    try:
        number(booking, attempt.side, now=now)
        contact.call_number(booking.enrolment, now=now)
    except contact.NotReachable as refused:
        return str(refused)[:60]
    call = Call.objects.filter(booking=booking, version=booking.version).first()
    known = events.of(call) if call else []
    if outcomes.declined(known, side=attempt.side):
        return "not now"
    if outcomes.in_room(known, side=attempt.side):
        return "there already"
    if attempt.side == Side.PARTICIPANT and not outcomes.in_room(known, side=Side.COACH):
        return "the coach is not there"
    return ""


def number(booking: Booking, side: str, *, now: datetime) -> str:
    """Return the number of one side. Raises contact.NotReachable."""
    if side == Side.PARTICIPANT:
        return contact.call_number(booking.enrolment, now=now)
    if not booking.coach.phone:
        raise contact.NotReachable("the coach has no number")
    return booking.coach.phone


def ring(booking: Booking, attempt: Attempt, *, delivery: Delivery, now: datetime) -> None:
    """Ring. The leg is stored before the carrier is asked, since its callbacks may come before the answer.

    Raises what the gateway raises, or contact.NotReachable.
    """
    to = number(booking, attempt.side, now=now)
    leg = _leg(booking, attempt, now=now)
    Delivery.objects.filter(pk=delivery.pk).update(number_index=optouts.index(to))
    CallLeg.objects.filter(pk=leg.pk).update(rung_at=now)  # of this very try: a busy carrier may take minutes
    ref = lines.voice().ring(
        to=to,
        answer_path=f"/telephony/voice/{leg.token}/gate/",
        status_path=f"/telephony/voice/{leg.token}/status/",
        time_limit=time_left(booking, now=now) + SHORTEST,
    )
    remember(leg, ref)
    Delivery.objects.filter(pk=delivery.pk).update(ref=ref)
    if not Booking.objects.filter(pk=booking.pk, status=Status.BOOKED, version=booking.version).exists():
        lines.voice().hang_up(ref)  # cancelled or moved in the moment between the last look and the ring


def rang_theirs(leg: CallLeg) -> bool:
    """Return whether we rang the participant on this leg, at the number that is theirs still."""
    booking = leg.call.booking
    attempt = Attempt(str(booking.pk), leg.call.version, leg.side, leg.attempt)
    tried = Delivery.objects.filter(outgoing__key=str(attempt)).exclude(number_index="")
    return (
        leg.side == Side.PARTICIPANT and tried.filter(number_index=booking.participant.phone_index).exists()
    )


def give_up(booking: Booking, attempt: Attempt, *, now: datetime) -> Call | None:
    """Keep that a try never rang, and return its call; None where nobody waits for this telephone any more."""
    if booking.status != Status.BOOKED or booking.version != attempt.version:
        return None
    call = open_call(booking, now=now)
    if call.ended_at is not None or outcomes.in_room(events.of(call), side=attempt.side):
        return None
    leg = _leg(booking, attempt, now=now)
    if not CallLeg.objects.filter(pk=leg.pk, ref="").update(state=gateway.CallState.FAILED, ended_at=now):
        return None  # it did ring: the carrier has told us its name
    events.note(call, kind=outcomes.LINE_FAILED, at=now, leg=leg, once=f"{leg.pk}:FAILED")
    return call


def _leg(booking: Booking, attempt: Attempt, *, now: datetime) -> CallLeg:
    leg, _fresh = CallLeg.objects.get_or_create(
        call=open_call(booking, now=now), side=attempt.side, attempt=attempt.number,
        defaults={"token": secrets.token_urlsafe(32)},
    )  # fmt: skip
    return leg


def remember(leg: CallLeg, ref: str) -> None:
    """Keep the carrier's name for a leg, unless a callback was quicker."""
    CallLeg.objects.filter(pk=leg.pk, ref="").update(ref=ref)


def time_left(booking: Booking, *, now: datetime) -> timedelta:
    """Return how long the line may stay open: to the end of the coach's time and the gap after it."""
    return max(booking.blocked_until - now, SHORTEST)


def listed_under(booking: Booking, side: str) -> str:
    """Return the number under which the carrier lists what went to one side. Raises contact.NotReachable."""
    who = booking.coach if side == Side.COACH else booking.participant
    if not who.phone:
        raise contact.NotReachable("no number")
    return who.phone


def rang(booking: Booking, attempt: Attempt, *, delivery: Delivery) -> bool:
    """Return whether a try went out, after a crash or a silence: a callback came, or the carrier lists it.

    Raises what the gateway raises, or contact.NotReachable where nobody can tell any more.
    """
    leg = CallLeg.objects.filter(
        call__booking=booking, call__version=attempt.version, side=attempt.side, attempt=attempt.number
    ).first()
    if leg is None:
        return False
    return bool(leg.ref) or _listed(leg, to=listed_under(booking, attempt.side), begun=delivery.started_at)


def _listed(leg: CallLeg, *, to: str, begun: datetime) -> bool:
    """Return whether the carrier lists a call of that moment that is no other leg's, and keep its name."""
    listed = lines.voice().find(to=to, since=begun - CLOSE_ENOUGH, until=begun + CLOSE_ENOUGH)
    taken = set(CallLeg.objects.filter(ref__in=[seen.call for seen in listed]).values_list("ref", flat=True))
    mine = [seen for seen in listed if seen.call not in taken]
    if mine:
        remember(leg, mine[0].call)
    return bool(mine)
