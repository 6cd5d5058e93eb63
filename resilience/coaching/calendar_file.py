"""Calendar files: one private appointment, without names, numbers or what it is about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import Booking, Status
from resilience.engagement.models import LiveSession

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
    _addressed(event, attendee)
    calendar.add_component(event)
    return calendar.to_ical()


def attachment(booking: Booking, *, attendee: str, now: datetime) -> tuple[str, str, str]:
    """Return the file as an attachment of an e-mail: name, content, type."""
    content = of(booking, attendee=attendee, now=now).decode()
    return "appointment.ics", content, f"text/calendar; method={method(booking)}; charset=utf-8"


def cancelling(freed: FreedTime, *, attendee: str, now: datetime) -> tuple[str, str, str]:
    """Return the attachment that takes a call out of a calendar when only its time is still known."""
    calendar = _calendar(CANCEL)
    event = _appointment(freed.pk, freed.starts_at, freed.ends_at, version=freed.version, now=now)
    event.add("status", "CANCELLED")
    _addressed(event, attendee)
    calendar.add_component(event)
    return "appointment.ics", calendar.to_ical().decode(), f"text/calendar; method={CANCEL}; charset=utf-8"


def _addressed(event: Event, attendee: str) -> None:
    event.add("organizer", f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    event.add("attendee", f"mailto:{attendee}", parameters={"RSVP": "FALSE"})


def feed(bookings: Iterable[Booking], *, now: datetime) -> bytes:
    """Return a coach's calendar feed: the codes of their bookings, cancelled ones included."""
    calendar = _calendar(PUBLISH)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for booking in bookings:
        calendar.add_component(_event(booking, now=now))
    return calendar.to_ical()


def of_live_session(session: LiveSession, *, now: datetime) -> bytes:
    """Return the file that puts a live session into somebody's calendar."""
    calendar = _calendar(PUBLISH)
    event = _appointment(session.pk, session.starts_at, session.ends_at, version=session.version, now=now)
    event.add("status", "CANCELLED" if session.called_off_at else "CONFIRMED")
    calendar.add_component(event)
    return calendar.to_ical()


def _calendar(what: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", what)
    return calendar


def _event(booking: Booking, *, now: datetime) -> Event:
    event = _appointment(booking.pk, booking.starts_at, booking.ends_at, version=booking.version, now=now)
    event.add("status", "CANCELLED" if booking.status == Status.CANCELLED else "CONFIRMED")
    return event


def _appointment(key: UUID, starts_at: datetime, ends_at: datetime, *, version: int, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@appointments")
    event.add("sequence", version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", _("Private appointment"))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event
