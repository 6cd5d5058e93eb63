"""Outcomes are made from a call's events, and can be made again."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from resilience.coaching import events, outcomes
from resilience.coaching.models import Call, CallEvent
from resilience.coaching.outcomes import Settled

MADE = ["outcome", "minutes", "bridged_at", "ended_at"]


def resettle(*, batch: int = 500) -> int:
    """Make every outcome again from its events; return how many differed. Nobody is told anything.

    A call whose notices were let go of keeps the outcome that it has.
    """
    changed = 0
    for keys in _batches(batch):
        with transaction.atomic():
            different = _differences(_known().filter(pk__in=keys).select_for_update(of=("self",)))
            Call.objects.bulk_update(different, MADE)
            changed += len(different)
    return changed


def compare(*, batch: int = 500) -> list[Call]:
    """Return the calls as they should be wherever the stored ones differ; change nothing."""
    return [call for keys in _batches(batch) for call in _differences(_known().filter(pk__in=keys))]


def _known() -> QuerySet[Call]:
    return Call.objects.filter(Exists(CallEvent.objects.filter(call=OuterRef("pk"))))


def _batches(size: int) -> Iterator[list[UUID]]:
    keys = list(_known().order_by("pk").values_list("pk", flat=True))
    yield from (keys[start : start + size] for start in range(0, len(keys), size))


def _differences(found: QuerySet[Call]) -> list[Call]:
    stored = list(found)
    known = events.of_all(stored)
    return [call for call in stored if _made_again(call, outcomes.settle(known[call.pk]))]


def _made_again(call: Call, settled: Settled | None) -> bool:
    """Give a call what its events come to; return whether it held anything else."""
    before = [getattr(call, name) for name in MADE]
    call.outcome = "" if settled is None or settled.pending else settled.outcome
    call.minutes = settled and settled.minutes
    call.bridged_at, call.ended_at = settled and settled.bridged_at, settled and settled.ended_at
    return before != [getattr(call, name) for name in MADE]
