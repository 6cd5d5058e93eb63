"""The words of a message about a booking: what varies in them, and the short link of a text."""

import base64
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from resilience import languages
from resilience.coaching.models import Booking, Status
from resilience.coaching.ways import Way
from resilience.page_tags import city
from resilience.telephony import numbers

CODE_BYTES = 5


class NotACode(ValueError):
    """This is not a code that stands in one of our links."""


def words(template: str, booking: Booking, *, now: datetime) -> str:
    """Return the words of one message."""
    return render_to_string(f"coaching/messages/{template}.txt", _facts(booking, now=now)).strip()


def _facts(booking: Booking, *, now: datetime) -> dict:
    zone = ZoneInfo(booking.time_zone)
    days = (booking.starts_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    page = languages.link(f"/calls/{booking.pk}/")
    return {
        "short": short_time(booking.starts_at, zone),
        "clock": clock_time(booking.starts_at, zone),
        "long": long_time(booking.starts_at, zone),
        "today": days == 0,
        "tomorrow": days == 1,
        "number": number(),
        "minutes": round((booking.ends_at - booking.starts_at).total_seconds() / 60),
        "moved": booking.version > 1,
        "rings": booking.way == Way.PHONE,
        "cancelled": booking.status == Status.CANCELLED,
        "link": f"{settings.PUBLIC_BASE_URL}/a/{code(booking.pk)}/",
        "page": page,
        "rate": f"{page}rate/",
        "times": "" if booking.enrolment.withdrawn_at else languages.link("/calls/times/"),
        "coach_page": languages.link("/coach/"),
    }


def number() -> str:
    """Return the number that rings, as people write it."""
    return numbers.shown(settings.TWILIO_NUMBER)


def short_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return "Tue 3 Nov, 2:30 pm"."""
    day = languages.short_day(moment.astimezone(zone))
    return _("%(day)s, %(clock)s") % {"day": day, "clock": clock_time(moment, zone)}


def long_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return "Tuesday 3 November, 2:30 pm (London time)"."""
    day = languages.day(moment.astimezone(zone), "l j F")
    return _("%(day)s, %(clock)s (%(place)s time)") % {
        "day": day, "clock": clock_time(moment, zone), "place": city(str(zone)),
    }  # fmt: skip


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return "2:30 pm"."""
    return languages.clock(moment.astimezone(zone))


def code(booking_id: uuid.UUID) -> str:
    """Return the eight letters that stand for a booking in a text's link; they open nothing without signing in."""
    return base64.b32encode(booking_id.bytes[:CODE_BYTES]).decode()


def ids_of(code: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the lowest and highest id that a code may stand for. Raises NotACode."""
    try:
        start = base64.b32decode(code.upper())
    except ValueError:
        raise NotACode(code) from None
    if len(start) != CODE_BYTES:
        raise NotACode(code)
    rest = 16 - CODE_BYTES
    return uuid.UUID(bytes=start + b"\x00" * rest), uuid.UUID(bytes=start + b"\xff" * rest)
