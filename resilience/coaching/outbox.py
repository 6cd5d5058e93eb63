"""How each kind of message about a call is sent: looked at again at the last moment, then sent once."""

from datetime import datetime, timedelta

from resilience.coaching import calendar_file, calls, dialling, notices, reminders
from resilience.coaching.models import Booking, RelationshipRating, Side, Status
from resilience.messaging import mails, outbox, texts
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import contact, numbers_of
from resilience.telephony.gateway import Reason

GONE, CHANGED, CANCELLED, RATED = "gone", "the booking changed", "cancelled", "answered already"
BY_MAIL_INSTEAD = "by e-mail instead"
BEGUN = "it has begun"
NO_OTHER_WAY = (outbox.TOO_LATE, outbox.UNTOLD)
A_MOMENT = timedelta(minutes=5)


def _wanted(row: Outgoing) -> Booking:
    """Return the booking of a row. Raises outbox.Unwanted where it is gone."""
    booking = _booking(row)
    if booking is None:
        raise outbox.Unwanted(GONE)
    return booking


def _booking(row: Outgoing) -> Booking | None:
    related = ("coach__user", "enrolment__cohort__programme", "enrolment__participant__user")
    booking = Booking.objects.select_related(*related).filter(pk=row.target_id).first()
    if booking is not None:
        booking.participant = booking.enrolment.participant
    return booking


class _Notice:
    """A message about a booking as it stands now; a booking that changed since leaves it unsent."""

    wants = (Status.BOOKED,)
    subject = mails.APPOINTMENT

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is not wanted any more, or an empty string."""
        booking = _booking(row)
        if booking is None:
            return GONE
        if booking.version != row.version:
            return CHANGED
        if booking.status not in self.wants:
            return CANCELLED
        return self._reachable(booking, row, now=now)

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        return ""


class _Text(_Notice):
    """A text where texts are wanted and can arrive; else the same by e-mail."""

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        try:
            row.found = booking, contact.text_number(booking.enrolment, now=now)
        except contact.NotReachable as refused:
            return self._by_mail(booking, row, str(refused), now=now)
        return ""

    def _by_mail(self, booking: Booking, row: Outgoing, reason: str, *, now: datetime) -> str:
        if row.kind + reminders.BY_MAIL in MAILS:
            until = max(row.not_after, now + A_MOMENT)
            reminders.plan_by_mail(booking, row.kind, now=now, not_after=until)
            return BY_MAIL_INSTEAD
        return reason[:60]

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send the text. Raises what the carrier raises."""
        booking, to = row.found
        texts.send(delivery=delivery, to=to, body=notices.words(row.kind, booking, now=now), now=now)

    def went_out(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> bool:
        """Return whether the carrier has it, after a crash or a silence; asked too of somebody who since said STOP.

        Raises what the carrier raises, or outbox.Unwanted where nobody can tell any more.
        """
        booking = _wanted(row)
        to = dialling.listed_under(booking, Side.PARTICIPANT)
        return texts.went_out(
            delivery=delivery, to=to, body=notices.words(row.kind, booking, now=delivery.started_at)
        )

    def instead(self, row: Outgoing, *, reason: str, now: datetime) -> None:
        """Write an e-mail where the text was refused, found no free carrier or did not arrive."""
        booking = _booking(row)
        if reason not in NO_OTHER_WAY and booking is not None and booking.version == row.version:
            self._by_mail(booking, row, reason, now=now)


class _Mail(_Notice):
    """An e-mail to the participant."""

    with_calendar = False

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        try:
            row.found = booking, self._address(booking, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send the e-mail, with the calendar file where it has one."""
        booking, to = row.found
        changed = booking.version > 1 and self.with_calendar
        files = [calendar_file.attachment(booking, attendee=to, now=now)] if self.with_calendar else []
        subject = mails.APPOINTMENT_CHANGED if changed else self.subject
        mails.send(to=to, subject=subject, body=notices.words(row.kind, booking, now=now), attachments=files)

    def _address(self, booking: Booking, *, now: datetime) -> str:
        return contact.appointment_email(booking.enrolment)


@outbox.handles(reminders.BOOKING_TEXT)
class BookingText(_Text):
    """The confirmation by text; the e-mail with the calendar file goes out anyway."""


@outbox.handles(reminders.DAY_BEFORE)
class DayBefore(_Text):
    """The day before."""


@outbox.handles(reminders.HOUR_BEFORE)
class HourBefore(_Text):
    """The hour before."""


class _Missed:
    """Not sent where they were reached after all."""

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        if booking.calls.filter(version=booking.version, bridged_at__isnull=False).exists():
            return "reached after all"
        return super()._reachable(booking, row, now=now)


@outbox.handles(reminders.MISSED)
class Missed(_Missed, _Text):
    """We rang and missed them."""


@outbox.handles(reminders.NOT_NOW)
class NotNow(_Missed, _Text):
    """Other times, for somebody who pressed 2."""


@outbox.handles(reminders.SORRY)
class Sorry(_Text):
    """It could not go ahead from our side, whether it was cancelled or could not be connected."""

    wants = (Status.BOOKED, Status.CANCELLED)


@outbox.handles(reminders.CHANGE)
class Change(_Text):
    """The way to other times, for somebody who asked for it by text."""


class _Rating:
    """Not asked again once it was answered."""

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        if RelationshipRating.objects.filter(call__booking=booking, side=Side.PARTICIPANT).exists():
            return RATED
        return super()._reachable(booking, row, now=now)


@outbox.handles(reminders.RATE)
class Rate(_Rating, _Text):
    """The short page after a call is ready."""


@outbox.handles(reminders.RATE + reminders.BY_MAIL)
class RateMail(_Rating, _Mail):
    """The same by e-mail."""

    subject = mails.PAGE_READY

    def _address(self, booking: Booking, *, now: datetime) -> str:
        return contact.email(booking.enrolment, now=now)


@outbox.handles(reminders.BOOKING_MAIL)
class BookingMail(_Mail):
    """The confirmation, with the calendar file."""

    with_calendar = True


@outbox.handles(reminders.CANCELLED_MAIL)
class CancelledMail(_Mail):
    """It is cancelled, with the file that takes it out of the calendar."""

    wants = (Status.CANCELLED,)
    with_calendar = True


@outbox.handles(reminders.COACH_MAIL)
class CoachMail(_Mail):
    """The coach's copy of any of these."""

    wants = (Status.BOOKED, Status.CANCELLED)
    with_calendar = True

    def _address(self, booking: Booking, *, now: datetime) -> str:
        return booking.coach.user.email


class _ReminderMail(_Mail):
    """Not sent once the call has begun: a text may be reported lost hours later."""

    def _reachable(self, booking: Booking, row: Outgoing, *, now: datetime) -> str:
        return BEGUN if now >= booking.starts_at else super()._reachable(booking, row, now=now)


@outbox.handles(reminders.DAY_BEFORE + reminders.BY_MAIL)
class DayBeforeMail(_ReminderMail):
    """The day before, by e-mail."""


@outbox.handles(reminders.HOUR_BEFORE + reminders.BY_MAIL)
class HourBeforeMail(_ReminderMail):
    """The hour before, by e-mail."""


@outbox.handles(reminders.MOVE_PLEASE)
class MovePlease(_Text):
    """The question whether it could be at another time: the coach's hours have changed."""


@outbox.handles(reminders.MOVE_PLEASE + reminders.BY_MAIL)
class MovePleaseMail(_ReminderMail):
    """The same by e-mail."""


@outbox.handles(reminders.MISSED + reminders.BY_MAIL)
class MissedMail(_Missed, _Mail):
    """We missed them, by e-mail."""


@outbox.handles(reminders.NOT_NOW + reminders.BY_MAIL)
class NotNowMail(_Missed, _Mail):
    """Other times, by e-mail."""


@outbox.handles(reminders.SORRY + reminders.BY_MAIL)
class SorryMail(_Mail):
    """It could not go ahead, by e-mail."""

    wants = (Status.BOOKED, Status.CANCELLED)


MAILS = {
    kind + reminders.BY_MAIL
    for kind in (
        reminders.DAY_BEFORE, reminders.HOUR_BEFORE, reminders.MISSED, reminders.NOT_NOW, reminders.SORRY,
        reminders.RATE, reminders.MOVE_PLEASE,
    )
}  # fmt: skip


@outbox.handles(dialling.KIND)
class RingOut:
    """One telephone is rung, once, for a call that still stands."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why nobody is to be rung, or an empty string."""
        booking = _booking(row)
        if booking is None:
            return GONE
        return dialling.why_not(booking, dialling.Attempt.read(row.key), now=now)

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Ring. Raises what the gateway raises, or outbox.Unwanted."""
        dialling.ring(_wanted(row), dialling.Attempt.read(row.key), delivery=delivery, now=now)

    def went_out(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> bool:
        """Return whether it rang, after a crash or a silence. Raises what the gateway raises, or outbox.Unwanted."""
        return dialling.rang(_wanted(row), dialling.Attempt.read(row.key), delivery=delivery)

    def instead(self, row: Outgoing, *, reason: str, now: datetime) -> None:
        """Let the call go on, or end, without this try: the two are told now and not by the sweep an hour later."""
        booking, attempt = _booking(row), dialling.Attempt.read(row.key)
        if booking and reason == Reason.NUMBER and attempt.side == Side.PARTICIPANT:
            numbers_of.doubt(number_index=booking.participant.phone_index, now=now)
        call = booking and dialling.give_up(booking, attempt, now=now)
        if call is not None:
            calls.go_on(call, now=now)


from resilience.coaching import booking_outbox  # noqa: E402, F401 - its decorators are the registration
