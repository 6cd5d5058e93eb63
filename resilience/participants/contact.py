"""The one gate before any message or call: withdrawn, paused, not agreed to, opted out, no number."""

from datetime import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from resilience.messaging import optouts, outbox
from resilience.messaging.models import OptOut
from resilience.participants import consent
from resilience.participants.models import ConsentRecord, Enrolment, Purpose, Readiness

PAUSED, NOT_NOW = "paused", "not now"
FOR_A_WHILE = (PAUSED, NOT_NOW)  # what ends again: a message waits for it as long as it is of use


class NotReachable(outbox.Unwanted):
    """This person is not to be reached this way now; the message says why, in a code without words of theirs."""


def email(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the address to write to; whoever said "not now" is written to by nothing of ours. Raises NotReachable."""
    if enrolment.readiness == Readiness.NOT_NOW:
        raise NotReachable(NOT_NOW)
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


def pages(enrolment: Enrolment, *, now: datetime) -> None:
    """Do nothing where word of short pages is wanted now, in whatever way. Raises NotReachable."""
    email(enrolment, now=now)
    if enrolment.no_pages_since is not None:
        raise NotReachable("wants no word of pages")
    if not enrolment.participant.user.is_active:
        raise NotReachable("no sign-in")


def takes_texts(enrolment: str) -> Case:
    """Return what tells in a query, for many people at once, whether `text_number` would find a number.

    `enrolment` is the way from the row that is asked for to its Enrolment.
    """
    agreed = ConsentRecord.objects.filter(enrolment=OuterRef(enrolment), purpose=Purpose.TEXTS).order_by(
        "-at"
    )
    number = f"{enrolment}__participant__phone_index"
    stopped = OptOut.objects.filter(number_index=OuterRef(number), sender=optouts.sender(), ended_at=None)
    person = f"{enrolment}__participant"
    has_number = Q(**{f"{person}__phone_takes_texts": True, f"{person}__phone_doubted_at": None}) & ~Q(
        **{number: ""}
    )
    said = Coalesce(Subquery(agreed.values("given")[:1]), Value(False))
    return Case(
        When(has_number & ~Exists(stopped), then=said), default=Value(False), output_field=BooleanField()
    )


def text_number(enrolment: Enrolment, *, now: datetime) -> str:
    """Return the E.164 number to text. Raises NotReachable."""
    _still_here(enrolment)
    participant = enrolment.participant
    if not consent.given(enrolment, Purpose.TEXTS):
        raise NotReachable("texts not agreed to")
    if not participant.phone or not participant.phone_takes_texts:
        raise NotReachable("no number for texts")
    if participant.phone_doubted_at is not None:
        raise NotReachable("number in doubt")
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
        raise NotReachable(PAUSED)
