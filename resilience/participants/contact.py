"""The one gate before any message or call: withdrawn, paused, not agreed to, opted out, no number."""

from datetime import datetime

from resilience.messaging import optouts, outbox
from resilience.participants import consent
from resilience.participants.models import Enrolment, Purpose, Readiness


class NotReachable(outbox.Unwanted):
    """This person is not to be reached this way now; the message says why, in a code without words of theirs."""


def email(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the address to write to; whoever said "not now" is written to by nothing of ours. Raises NotReachable."""
    if enrolment.readiness == Readiness.NOT_NOW:
        raise NotReachable("not now")
    return promised_email(enrolment, now=now)


def promised_email(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the address for the one message that somebody asked for after "not now". Raises NotReachable."""
    _taking_part(enrolment, now=now)
    return enrolment.participant.user.email


def appointment_email(enrolment: Enrolment) -> str:
    """Return the address for word of an appointment, which a pause does not hold back. Raises NotReachable."""
    _still_here(enrolment)
    if not enrolment.participant.user.is_active:
        raise NotReachable("no sign-in")
    return enrolment.participant.user.email


def text_number(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the E.164 number to text. Raises NotReachable."""
    _still_here(enrolment)
    participant = enrolment.participant
    if not consent.given(enrolment, Purpose.TEXTS):
        raise NotReachable("texts not agreed to")
    if not participant.phone or not participant.phone_takes_texts:
        raise NotReachable("no number for texts")
    if optouts.stands(number=participant.phone):
        raise NotReachable("opted out")
    return participant.phone


def call_number(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the E.164 number to ring. Raises NotReachable."""
    _still_here(enrolment)
    if not consent.given(enrolment, Purpose.CALLS):
        raise NotReachable("calls not agreed to")
    if not enrolment.participant.phone:
        raise NotReachable("no number")
    return enrolment.participant.phone


def _still_here(enrolment: Enrolment) -> None:
    if enrolment.withdrawn_at is not None:
        raise NotReachable("withdrawn")


def _taking_part(enrolment: Enrolment, *, now: datetime) -> None:
    _still_here(enrolment)
    if enrolment.paused_until is not None and enrolment.paused_until > now:
        raise NotReachable("paused")
