"""What the telephone network charges for calls: asked of it once a call is over, kept with the call (R04)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Sum

from resilience.coaching import looking_up
from resilience.coaching.models import Call, CallLeg
from resilience.participants.models import Programme

TOLD_AFTER = timedelta(hours=1)  # the network settles its price some minutes after a call
ASKED_FOR = timedelta(days=7)
AT_ONCE = 50


def ask(*, now: datetime) -> int:
    """Ask for the cost of calls that are over; return of how many it is known now. A network that is away waits."""
    return looking_up.one_by_one(_unpriced(now=now), _keep)


def of_programme(programme: Programme) -> list[dict]:
    """Return what calls cost, and how many those are, for each currency."""
    known = Call.objects.filter(booking__enrolment__cohort__programme=programme, carrier_cost__isnull=False)
    return list(
        known.values("carrier_currency")
        .annotate(cost=Sum("carrier_cost"), calls=Count("pk"))
        .order_by("carrier_currency")
    )


def _unpriced(*, now: datetime) -> Iterable[Call]:
    rung = CallLeg.objects.filter(call=OuterRef("pk")).exclude(ref="")
    over = Call.objects.filter(
        Exists(rung), carrier_cost=None, ended_at__lt=now - TOLD_AFTER, ended_at__gt=now - ASKED_FOR
    )
    # In any order, so that a call that the network never prices stands before no other for ever.
    return over.prefetch_related("legs").order_by("?")[:AT_ONCE]


def _keep(call: Call) -> bool:
    """Keep the sum of its lines once each has a price; one that the network no longer knows costs nothing."""
    total, currency = Decimal(0), ""
    for leg in call.legs.all():
        seen = looking_up.seen(leg) if leg.ref else None
        if seen is None:
            continue
        if seen.cost is None:
            return False
        total, currency = total + seen.cost, seen.currency
    return bool(Call.objects.filter(pk=call.pk).update(carrier_cost=total, carrier_currency=currency[:3]))
