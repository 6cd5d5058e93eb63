"""STOP is honoured for ever, by number and sender; the number is kept as a keyed hash."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from resilience.audit import events, trail
from resilience.messaging.models import OptOut


def index(number: str) -> str:
    """Return the keyed hash under which an E.164 number is found again."""
    return salted_hmac("resilience.number", number, algorithm="sha256").hexdigest()


def sender() -> str:
    """Return what texts come from: the messaging service where there is one, else the number."""
    return settings.TWILIO_MESSAGING_SERVICE_SID or settings.TWILIO_NUMBER


def record(*, number: str, now: datetime) -> None:
    """Note that this number wants no texts; a second STOP changes nothing."""
    record_hashed(number_index=index(number), now=now)


def record_hashed(*, number_index: str, now: datetime) -> None:
    """The same, where only the number's hash is known."""
    row, fresh = OptOut.objects.get_or_create(
        number_index=number_index, sender=sender(), ended_at=None, defaults={"since": now}
    )
    if fresh:
        trail.record(events.OPTED_OUT, at=now, target=row)


def end(*, number: str, now: datetime) -> None:
    """Note that this number wants texts again."""
    for row in OptOut.objects.filter(number_index=index(number), sender=sender(), ended_at=None):
        OptOut.objects.filter(pk=row.pk).update(ended_at=now)
        trail.record(events.OPTED_IN, at=now, target=row)


def stands(*, number: str) -> bool:
    """Return whether texts to this number are not wanted."""
    return OptOut.objects.filter(number_index=index(number), sender=sender(), ended_at=None).exists()
