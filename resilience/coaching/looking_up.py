"""Lines looked up at the carrier, a few at a time: until it is away, or so slow that the queue would stop the job."""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

import structlog

from resilience.coaching.models import Call, CallLeg
from resilience.telephony import gateway, lines

Row = TypeVar("Row", Call, CallLeg)

log = structlog.get_logger(__name__)

LOOKING_S = 20  # one more look-up takes ten at most, and the queue stops a job after sixty


def one_by_one(rows: Iterable[Row], look: Callable[[Row], object]) -> int:
    """Call `look` with each row; return how many times it returned something true."""
    found, begun = 0, monotonic()
    for row in rows:
        try:
            found += bool(look(row))
        except (gateway.TryLater, gateway.Unknown) as error:
            call = row.call_id if isinstance(row, CallLeg) else row.pk
            log.warning("carrier not reached", call=str(call), reason=type(error).__name__)
            break
        if monotonic() - begun > LOOKING_S:
            break
    return found


def seen(leg: CallLeg) -> gateway.CallSeen | None:
    """Return a line as the carrier lists it, or None where it has none. Raises gateway.TryLater or gateway.Unknown."""
    try:
        return lines.voice().look_up(gateway.CallRef(leg.ref))
    except gateway.Refused as error:
        log.warning("call not found at the carrier", call=str(leg.call_id), reason=str(error.reason))
        return None
