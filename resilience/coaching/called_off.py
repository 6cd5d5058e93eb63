"""A call that our side called off: the participant's pages say so, with other times, until they book another."""

from resilience.coaching import whom
from resilience.coaching.models import Booking, By, Status
from resilience.coaching.ways import Way
from resilience.participants.models import Enrolment


def newest(enrolment: Enrolment) -> Booking | None:
    """Return the newest booking of somebody where our side called it off; None where they booked or cancelled since."""
    bookings = Booking.objects.filter(enrolment=enrolment).exclude(status=Status.HELD)
    found = bookings.select_related("coach").order_by("-made_at").first()
    return found if found is not None and is_ours(found) else None


def is_ours(booking: Booking) -> bool:
    """Return whether our side called a booking off, and not the participant."""
    return booking.status == Status.CANCELLED and booking.cancelled_by != By.PARTICIPANT


def may_try_again(booking: Booking) -> bool:
    """Return whether the same coach can be offered once more at another time."""
    by_telephone = booking.way == Way.PHONE
    return whom.can_talk(booking.enrolment, coach=booking.coach, by_telephone=by_telephone)
