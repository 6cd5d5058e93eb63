"""What the field register says of keeping messages, carried out."""

from datetime import datetime, timedelta

import structlog

from resilience.messaging.models import CarrierRecord, CarrierTrouble, InboundText, Outgoing

log = structlog.get_logger(__name__)

NINETY_DAYS = timedelta(days=90)
THIRTY_DAYS = timedelta(days=30)  # the carrier repeats no text that is older


def let_go(*, now: datetime) -> int:
    """Delete messages that could last have gone out ninety days ago, with each attempt, and the names of texts.

    Return how many rows.
    """
    sent, _by_model = Outgoing.objects.filter(not_after__lt=now - NINETY_DAYS).delete()
    came, _by_model = InboundText.objects.filter(arrived_at__lt=now - THIRTY_DAYS).delete()
    over, _by_model = CarrierTrouble.objects.filter(ended_at__lt=now - NINETY_DAYS).delete()
    kept, _by_model = CarrierRecord.objects.filter(noted_at__lt=now - NINETY_DAYS).delete()
    if kept:
        log.error("the carrier never deleted what it was asked to", records=kept)
    return sent + came + over + kept
