"""Refusals that the operator must end: told once while they last, and looked into again until they are over."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F

from resilience.messaging.carrier_models import CarrierTrouble
from resilience.telephony import gateway, lines
from resilience.telephony.gateway import Reason

log = structlog.get_logger(__name__)

FOR_THE_OPERATOR = (Reason.ACCOUNT, Reason.CONFIGURATION, Reason.FILTERED, Reason.MESSAGE)
A_WEEK = timedelta(days=7)


def note(reason: Reason | None, *, evidence: str, now: datetime) -> None:
    """Keep a refusal that the operator must end, and alert once; any other changes nothing."""
    if reason not in FOR_THE_OPERATOR:
        return
    trouble, fresh = CarrierTrouble.objects.get_or_create(
        reason=reason, evidence=evidence[:60], ended_at=None, defaults={"first_at": now, "last_at": now}
    )
    if fresh:
        log.error("the carrier refuses, and the operator must act", reason=str(reason), evidence=evidence)
    else:
        CarrierTrouble.objects.filter(pk=trouble.pk).update(last_at=now, times=F("times") + 1)


def account_is_refused() -> bool:
    """Return whether the carrier does not take our name and secret: then nothing goes out."""
    return CarrierTrouble.objects.filter(reason=Reason.ACCOUNT, ended_at=None).exists()


def standing() -> list[CarrierTrouble]:
    """Return what the operator must look at, the newest first."""
    return list(CarrierTrouble.objects.filter(ended_at=None).order_by("-last_at"))


def look_again(*, now: datetime) -> int:
    """End what is over: a refused account once it is taken again, anything else after a quiet week; return how many."""
    ended = CarrierTrouble.objects.filter(ended_at=None)
    quiet = ended.exclude(reason=Reason.ACCOUNT).filter(last_at__lt=now - A_WEEK).update(ended_at=now)
    if not account_is_refused() or not _account_is_taken(now=now):
        return quiet
    return quiet + ended.filter(reason=Reason.ACCOUNT).update(ended_at=now)


def _account_is_taken(*, now: datetime) -> bool:
    """Return whether the carrier answers a question that sends nothing."""
    try:
        lines.text().find(to=settings.TWILIO_NUMBER, since=now, until=now)
    except (gateway.Refused, gateway.TryLater, gateway.Unknown):
        return False
    return True
