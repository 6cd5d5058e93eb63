"""How the messages about a live session are sent: still wanted, then one neutral e-mail without its title."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from resilience import languages
from resilience.engagement import seat_notices
from resilience.engagement.models import Seat, SeatState
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import contact

GONE, CHANGED = "gone", "it changed"


class _SeatMail:
    """An e-mail about somebody's place as it stands now; what changed since leaves it unsent."""

    template = ""
    subject = mails.APPOINTMENT
    only_with_a_place = True

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        seat = _seat(row)
        if seat is None or seat.enrolment.withdrawn_at is not None or seat.state == SeatState.GIVEN_BACK:
            return GONE
        if seat.live_session.version != row.version:
            return CHANGED
        if self.only_with_a_place and seat.state != SeatState.TAKEN:
            return "no place"
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        seat = _seat(row)
        if seat is None:
            raise outbox.Unwanted(GONE)
        words = render_to_string(f"engagement/messages/{self.template}.txt", _facts(seat)).strip()
        mails.send(to=contact.appointment_email(seat.enrolment), subject=self.subject, body=words)


@outbox.handles(seat_notices.REMINDER)
class Reminder(_SeatMail):
    """The word of the day before."""

    template = "reminder"


@outbox.handles(seat_notices.MOVED_UP)
class MovedUp(_SeatMail):
    """A place has come free for somebody who waited."""

    template = "moved_up"


@outbox.handles(seat_notices.CHANGED)
class Changed(_SeatMail):
    """Another time or place."""

    template = "changed"
    subject = mails.APPOINTMENT_CHANGED
    only_with_a_place = False


@outbox.handles(seat_notices.CALLED_OFF)
class CalledOff(_SeatMail):
    """It does not take place."""

    template = "called_off"
    subject = mails.APPOINTMENT_CHANGED
    only_with_a_place = False


def _seat(row: Outgoing) -> Seat | None:
    related = ("live_session", "enrolment__participant__user")
    return Seat.objects.select_related(*related).filter(pk=row.target_id).first()


def _facts(seat: Seat) -> dict:
    zone = ZoneInfo(seat.enrolment.participant.time_zone)
    return {
        "at": seat.live_session.starts_at.astimezone(zone),
        "zone": str(zone),
        "page": languages.link(f"/my/meetings/{seat.live_session_id}/"),
        "waits": seat.state == SeatState.WAITING,
    }
