"""Calendar files: one private appointment, without names, numbers or what it is about."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from resilience.coaching.models import Booking, Status

PRODUCT = "-//Appointments//EN"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
LOOK_AGAIN = timedelta(hours=1)


def method(booking: Booking) -> str:
    """Return what the calendar is asked to do with this booking as it stands."""
    return CANCEL if booking.status == Status.CANCELLED else REQUEST


def of(booking: Booking, *, attendee: str, now: datetime) -> bytes:
    """Return the file that puts a booking into somebody's calendar, or takes it out once it is cancelled."""
    calendar = _calendar(method(booking))
    event = _event(booking, now=now)
    event.add("organizer", f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    event.add("attendee", f"mailto:{attendee}", parameters={"RSVP": "FALSE"})
    calendar.add_component(event)
    return calendar.to_ical()


def attachment(booking: Booking, *, attendee: str, now: datetime) -> tuple[str, str, str]:
    """Return the file as an attachment of an e-mail: name, content, type."""
    content = of(booking, attendee=attendee, now=now).decode()
    return "appointment.ics", content, f"text/calendar; method={method(booking)}; charset=utf-8"


def feed(bookings: Iterable[Booking], *, now: datetime) -> bytes:
    """Return a coach's calendar feed: the codes of their bookings, cancelled ones included."""
    calendar = _calendar(PUBLISH)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for booking in bookings:
        calendar.add_component(_event(booking, now=now))
    return calendar.to_ical()


def _calendar(what: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", what)
    return calendar


def _event(booking: Booking, *, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{booking.pk}@appointments")
    event.add("sequence", booking.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", _("Private appointment"))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if booking.status == Status.CANCELLED else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event
