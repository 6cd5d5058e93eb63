"""When calls are open to somebody, and what they said to the offer."""

import enum
from dataclasses import dataclass
from datetime import datetime

from resilience.audit import events, trail
from resilience.coaching.models import Booking, Call, CallDecline, Outcome, Status
from resilience.measures import occasions, timepoints
from resilience.measures.models import Timepoint
from resilience.participants import consent, reasons
from resilience.participants.models import Coaching, Enrolment, Purpose, Stage

OPENED_BY = "t2"


class Offer(enum.StrEnum):
    """How the offer of calls stands for one person."""

    NONE = "NONE"  # the programme has no calls
    STOPPED = "STOPPED"  # they stopped taking part
    NOT_AGREED = "NOT_AGREED"  # they did not agree to calls; they still may
    CLOSED = "CLOSED"  # the time for calls is over
    USED = "USED"  # every call that is offered was held
    BOOKED = "BOOKED"  # one is booked
    DECLINED = "DECLINED"  # they said no; they may still book
    EARLY = "EARLY"  # not open yet; "sooner" is allowed and marked
    OPEN = "OPEN"


BOOKABLE = frozenset({Offer.OPEN, Offer.EARLY, Offer.DECLINED})


class NotOffered(Exception):
    """No call can be booked now; `offer` says why."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(str(offer))
        self.offer = offer


@dataclass(frozen=True)
class Standing:
    """The offer, whether a booking made now is early, how many calls were held, and the one to come."""

    offer: Offer
    early: bool
    held: int
    upcoming: Booking | None

    @property
    def bookable(self) -> bool:
        """Return whether a call can be booked now."""
        return self.offer in BOOKABLE


def standing(enrolment: Enrolment, *, now: datetime) -> Standing:
    """Return how the offer of calls stands for somebody."""
    upcoming = open_booking(enrolment, now=now)
    held, early = calls_held(enrolment), not opened(enrolment, now=now)
    offer = _offer(enrolment, upcoming=upcoming, held=held, early=early, now=now)
    return Standing(offer=offer, early=early, held=held, upcoming=upcoming)


def _offer(enrolment: Enrolment, *, upcoming: Booking | None, held: int, early: bool, now: datetime) -> Offer:
    programme = enrolment.cohort.programme
    if programme.coaching == Coaching.NONE:
        return Offer.NONE
    if enrolment.withdrawn_at is not None:
        return Offer.STOPPED
    if not consent.given(enrolment, Purpose.CALLS):
        return Offer.NOT_AGREED
    if upcoming is not None:
        return Offer.BOOKED
    if held >= programme.calls_offered:
        return Offer.USED
    if now >= closes_at(enrolment):
        return Offer.CLOSED
    if CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).exists():
        return Offer.DECLINED
    return Offer.EARLY if early else Offer.OPEN


def closes_at(enrolment: Enrolment) -> datetime:
    """Return when the time for calls is over for somebody."""
    return timepoints.calls_close(enrolment)


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
