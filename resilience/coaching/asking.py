"""Two messages that ask somebody to choose: other people to talk to, and what "CANCEL" was meant to say."""

from datetime import datetime

from resilience.coaching import outbox as calls_outbox
from resilience.coaching import reminders
from resilience.coaching.models import Booking, Status
from resilience.messaging import mails, outbox
from resilience.messaging.models import Channel

OTHERS, CANCEL_ASKED = "others", "cancel_asked"


def plan_others(booking: Booking, *, now: datetime) -> None:
    """Plan the way to other people, for somebody whose call ended since one of the two knew the other."""
    outbox.forget(target_id=booking.pk, now=now, kinds=[reminders.RATE], reason="kept apart")
    reminders.plan_as(booking, OTHERS, channel=Channel.SMS, now=now, not_after=now + reminders.A_DAY)


def plan_cancel_asked(booking: Booking, *, now: datetime) -> None:
    """Plan the e-mail that asks what "CANCEL" meant: the carrier takes it as "no more texts"."""
    reminders.plan_as(booking, CANCEL_ASKED, channel=Channel.EMAIL, now=now, not_after=booking.starts_at)


@outbox.handles(OTHERS)
class Others(calls_outbox._Text):
    """Other people to talk to."""


@outbox.handles(OTHERS + reminders.BY_MAIL)
class OthersMail(calls_outbox._Mail):
    """The same by e-mail."""


@outbox.handles(CANCEL_ASKED)
class CancelAsked(calls_outbox._Mail):
    """What was meant: the appointment, or the texts."""

    subject = mails.A_QUESTION
    wants = (Status.BOOKED,)


calls_outbox.MAILS.add(OTHERS + reminders.BY_MAIL)
