"""One-letter replies to our texts: 1 is fine, C cancels, R sends the way to other times."""

from datetime import datetime

from resilience.coaching import asking, reminders
from resilience.coaching import booking as bookings
from resilience.coaching.models import Booking, Status
from resilience.messaging import inbound
from resilience.participants import numbers_of

FINE, CANCEL, CHANGE = "1", "C", "R"
ENDS_TEXTS = "CANCEL"  # to the carrier, and to whoever sent it perhaps something else


@inbound.on_reply
def take(*, number_index: str, word: str, now: datetime) -> bool:
    """Do what a reply asks of the one booking that it can mean; return whether it was for us.

    Where two people share the number, or nothing is booked, nothing happens: the page is the way.
    """
    if word not in (FINE, CANCEL, CHANGE):
        return False
    found = _to_come(number_index, now=now)
    if len(found) != 1:
        return False
    if word == CANCEL:
        _cancel(found[0], now=now)
    elif word == CHANGE:
        reminders.plan_change(found[0], now=now)
    else:
        numbers_of.confirm(found[0].participant, now=now)
    return True


@inbound.on_stop
def ask(*, number_index: str, word: str, now: datetime) -> None:
    """Ask by e-mail what "CANCEL" was meant to say, where it can mean an appointment: that one stands."""
    found = _to_come(number_index, now=now) if word == ENDS_TEXTS else []
    if len({booking.participant_id for booking in found}) == 1:
        asking.plan_cancel_asked(found[0], now=now)


def _to_come(number_index: str, *, now: datetime) -> list[Booking]:
    """Return the next two bookings at a number."""
    found = Booking.objects.filter(
        participant__phone_index=number_index, status=Status.BOOKED, starts_at__gt=now
    )
    return list(
        found.select_related("participant__user", "coach__user", "enrolment").order_by("starts_at")[:2]
    )


def _cancel(booking: Booking, *, now: datetime) -> None:
    try:
        bookings.cancel(booking, by=booking.participant.user, now=now)
    except bookings.TooLate:
        return
