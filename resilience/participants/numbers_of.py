"""The telephone number of a participant: stored encrypted, found again by a keyed hash."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.messaging import optouts, outbox, texts
from resilience.messaging.models import Channel
from resilience.participants.models import Participant
from resilience.telephony import numbers

DOUBTED, WRONG = "number_doubted", "number_wrong"
GOOD_FOR = timedelta(days=90)  # telephone companies hand a number on to somebody else
A_WEEK = timedelta(days=7)
KEPT = ["phone", "phone_index", "phone_takes_texts", "phone_doubted_at", "phone_confirmed_at"]


def put(participant: Participant, typed: str, *, by: User | None, now: datetime) -> numbers.Number | None:
    """Store the number that was typed and return it; nothing typed takes the number away. Raises NotANumber."""
    number = numbers.parse(typed) if typed.strip() else None
    if (number.e164 if number else "") == participant.phone and participant.phone_doubted_at is None:
        return number
    participant.phone = number.e164 if number else ""
    participant.phone_index = optouts.index(number.e164) if number else ""
    participant.phone_takes_texts = bool(number and number.can_text)
    participant.phone_doubted_at = participant.phone_confirmed_at = None
    participant.save(update_fields=KEPT)
    trail.record(events.NUMBER_CHANGED, at=now, target=participant, by=by)
    return number


def confirm(participant: Participant, *, now: datetime) -> None:
    """Keep that somebody answered at this number and said yes to a call that they booked."""
    Participant.objects.filter(pk=participant.pk).exclude(phone_index="").update(phone_confirmed_at=now)


def is_confirmed(participant: Participant, *, at: datetime) -> bool:
    """Return whether somebody said yes at this number within the last ninety days."""
    confirmed_at = participant.phone_confirmed_at
    return confirmed_at is not None and at - confirmed_at < GOOD_FOR


def take_away(participant: Participant, *, now: datetime) -> None:
    """Take a number away whose owner says that they booked no call, and ask for the right one by e-mail."""
    put(participant, "", by=None, now=now)
    _ask(participant, WRONG, now=now)


def limits(number: numbers.Number | None) -> str:
    """Return words on what cannot be done with a number; empty where there is nothing to say."""
    if number is None or number.can_text:
        return ""
    return _("That is a landline: we can ring you there, but texts cannot reach it.")


@texts.on_no_mobile
def take_no_texts(*, number_index: str) -> None:
    """Keep that texts cannot arrive at this number: it is written to by e-mail, and rung as before."""
    Participant.objects.filter(phone_index=number_index).update(phone_takes_texts=False)


@texts.on_doubt
def doubt(*, number_index: str, now: datetime) -> None:
    """Keep that nobody has this number, as the carrier says, and ask once: by e-mail, and on the page of calls."""
    for participant in Participant.objects.filter(
        phone_index=number_index, phone_doubted_at=None
    ).select_related("user"):
        Participant.objects.filter(pk=participant.pk).update(phone_doubted_at=now)
        _ask(participant, DOUBTED, now=now)


def _ask(participant: Participant, kind: str, *, now: datetime) -> None:
    outbox.plan(
        key=f"{kind}:{participant.pk}:{now.isoformat()}", kind=kind, channel=Channel.EMAIL,
        recipient=participant.user, target_id=participant.pk, due_at=now, not_after=now + A_WEEK,
    )  # fmt: skip


def whose(number: str) -> Participant | None:
    """Return the participant who gave this E.164 number; none where two people share it."""
    found = list(Participant.objects.filter(phone_index=optouts.index(number)).select_related("user")[:2])
    return found[0] if len(found) == 1 else None
