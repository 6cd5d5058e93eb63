"""What the carrier keeps and nobody needs: all of somebody who had all deleted, and each text that was heeded."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from resilience.accounts.models import User
from resilience.messaging.models import CarrierRecord, Channel, Delivery
from resilience.telephony import gateway, lines

log = structlog.get_logger(__name__)

AT_ONCE = 20


def note_texts(user: User, *, now: datetime) -> None:
    """Note the texts that went to somebody; to be called before they are deleted here."""
    sent = Delivery.objects.filter(outgoing__recipient=user, outgoing__channel=Channel.SMS).exclude(ref="")
    note(sent.values_list("ref", flat=True), is_call=False, now=now)


def note(refs: Iterable[str], *, is_call: bool, now: datetime) -> None:
    """Note texts or calls, as the carrier names them, that are to be deleted there."""
    rows = [CarrierRecord(ref=ref, is_call=is_call, noted_at=now) for ref in refs]
    CarrierRecord.objects.bulk_create(rows, ignore_conflicts=True)


def carry_out() -> int:
    """Let the carrier delete some of what was noted; return how many. What it refuses now is asked for again."""
    done = 0
    for record in CarrierRecord.objects.order_by("?")[:AT_ONCE]:
        try:
            _forget(record)
        except gateway.Refused as refused:
            log.warning("carrier does not delete yet", reason=str(refused.reason), evidence=refused.evidence)
        except (gateway.TryLater, gateway.Unknown):
            break
        else:
            done += record.delete()[0]
    return done


def _forget(record: CarrierRecord) -> None:
    if record.is_call:
        lines.voice().forget(gateway.CallRef(record.ref))
    else:
        lines.text().forget(gateway.MessageRef(record.ref))
