"""When calls are open to somebody, and what they said to the offer."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from resilience.audit import events, trail
from resilience.coaching.models import Booking, Call, CallDecline, Outcome, Status
from resilience.measures import beginning, occasions, timepoints, waiting
from resilience.measures.beginning import Group, State
from resilience.measures.models import Timepoint
from resilience.participants import backing, consent, reasons
from resilience.participants.arms import standing as arms
from resilience.participants.models import (
    WITHOUT_A_COACH,
    Coaching,
    Enrolment,
    Purpose,
    Stage,
)

OPENED_BY = "t2"


class Offer(enum.StrEnum):
    """How the offer of calls stands for one person."""

    NONE = "NONE"  # the programme has no calls, or nobody backs its coaches yet
    NOT_IN_GROUP = "NOT_IN_GROUP"  # the group that they are in has no calls with a coach
    AWAITED = "AWAITED"  # their group is known once their first questions are answered
    WAITING = "WAITING"  # their parts open later, and the calls with them
    STOPPED = "STOPPED"  # they stopped taking part
    NOT_AGREED = "NOT_AGREED"  # they did not agree to calls; they still may
    CLOSED = "CLOSED"  # the time for calls is over
    USED = "USED"  # every call that is offered was held
    BOOKED = "BOOKED"  # one is booked
    DECLINED = "DECLINED"  # they said no; they may still book
    EARLY = "EARLY"  # not open yet; "sooner" is allowed and marked
    OPEN = "OPEN"


WITHOUT_CALLS = frozenset({Offer.NONE, Offer.NOT_IN_GROUP, Offer.AWAITED, Offer.WAITING})
BOOKABLE = frozenset({Offer.OPEN, Offer.EARLY, Offer.DECLINED})


class NotOffered(Exception):
    """No call can be booked now; `offer` says why."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(str(offer))
        self.offer = offer


@dataclass(frozen=True)
class Standing:
    """The offer, whether a booking made now is early, how many calls were held, and the one to come.

    `coaching` is how calls are offered to this person: as their group says, else as the programme does.
    """

    offer: Offer
    early: bool
    held: int
    upcoming: Booking | None
    coaching: str = Coaching.OPTIONAL
    group: Group = beginning.NO_GROUPS

    @property
    def bookable(self) -> bool:
        """Return whether a call can be booked now."""
        return self.offer in BOOKABLE

    @property
    def is_suggested(self) -> bool:
        """Return whether we suggest a call to somebody who has neither had one nor said no."""
        return self._is(Coaching.RECOMMENDED)

    @property
    def is_core(self) -> bool:
        """Return whether a time is proposed to somebody who has neither had a call nor said no."""
        return self._is(Coaching.CORE)

    def _is(self, way: str) -> bool:
        return self.coaching == way and not self.held and self.offer == Offer.OPEN


def standing(enrolment: Enrolment, *, now: datetime) -> Standing:
    """Return how the offer of calls stands for somebody."""
    upcoming, group = open_booking(enrolment, now=now), beginning.of(enrolment, now=now)
    held, early = calls_held(enrolment), not opened(enrolment, now=now)
    offer = _offer(enrolment, group, upcoming=upcoming, held=held, early=early, now=now)
    coaching = arms.coaching(enrolment, group.allocation)
    return Standing(offer=offer, early=early, held=held, upcoming=upcoming, coaching=coaching, group=group)


def _offer(
    enrolment: Enrolment, group: Group, *, upcoming: Booking | None, held: int, early: bool, now: datetime
) -> Offer:
    programme = enrolment.cohort.programme
    if programme.coaching == Coaching.NONE or not backing.stands(programme):
        return Offer.NONE
    if enrolment.withdrawn_at is not None:
        return Offer.STOPPED
    if upcoming is None and (kept := _kept_by_group(enrolment, group, now=now)):
        return kept
    if not consent.given(enrolment, Purpose.CALLS):
        return Offer.NOT_AGREED
    if upcoming is not None:
        return Offer.BOOKED
    if held >= programme.calls_offered:
        return Offer.USED
    if now >= closes_at(enrolment, group):
        return Offer.CLOSED
    if CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).exists():
        return Offer.DECLINED
    return Offer.EARLY if early else Offer.OPEN


def _kept_by_group(enrolment: Enrolment, group: Group, *, now: datetime) -> Offer | None:
    """Return why somebody's group keeps calls from them now, or None; a call that is booked stands all the same."""
    if group.state == State.AWAITED:
        return Offer.AWAITED
    if group.allocation is None:
        return None
    if group.allocation.arm.kind in WITHOUT_A_COACH:
        return Offer.NOT_IN_GROUP
    return Offer.WAITING if waiting.waits(enrolment, group, now=now) else None


def closes_at(enrolment: Enrolment, group: Group) -> datetime:
    """Return when the time for calls is over for somebody: counted from joining, or from the end of a waiting list."""
    begins = waiting.begins_at(enrolment, group)
    days = timedelta(days=enrolment.cohort.programme.calls_close_after_days)
    return begins + days if begins else timepoints.calls_close(enrolment)


def opened(enrolment: Enrolment, *, now: datetime) -> bool:
    """Return whether calls are open: the short page before them was answered, or its window has closed.

    In a programme without that time point they are open from the start.
    """
    if occasions.answered(enrolment, OPENED_BY) or occasions.closed(enrolment, OPENED_BY, now=now):
        return True
    return not Timepoint.objects.filter(programme=enrolment.cohort.programme_id, key=OPENED_BY).exists()


def calls_held(enrolment: Enrolment) -> int:
    """Return how many calls of somebody were held."""
    return Call.objects.filter(booking__enrolment=enrolment, outcome=Outcome.FULFILLED).count()


def open_booking(enrolment: Enrolment, *, now: datetime) -> Booking | None:
    """Return the booking that is still to be held, or None: a missed one leaves the way free for another."""
    booked = Booking.objects.filter(enrolment=enrolment, status=Status.BOOKED, ends_at__gt=now)
    for booking in booked.select_related("coach").order_by("starts_at"):
        if not booking.calls.filter(version=booking.version, ended_at__isnull=False).exists():
            return booking
    return None


def decline(enrolment: Enrolment, *, reason: str = "", by: object, now: datetime) -> None:
    """Accept a no; the reason may be left out, and given or changed later. Booking takes it back."""
    reason = reason if reason in dict(reasons.choices(Stage.CALLS)) else ""
    said, fresh = CallDecline.objects.get_or_create(enrolment=enrolment, defaults={"at": now})
    if fresh or said.taken_back_at is not None:
        trail.record(events.CALL_DECLINED, at=now, target=enrolment, by=by, reason=reason)
    if reason:
        reasons.give(enrolment=enrolment, stage=Stage.CALLS, code=reason, now=now)
    CallDecline.objects.filter(pk=said.pk).update(taken_back_at=None)


def take_back(enrolment: Enrolment, *, now: datetime) -> None:
    """Forget a no: a call was booked after all."""
    CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).update(taken_back_at=now)
