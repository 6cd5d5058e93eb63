"""The messages of 100,000 people of whom a page has fallen due: planned in batches, counted, each once."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from django.db import connection

from resilience import clock
from resilience.measures import invitations
from resilience.measures.models import Anchor, Occasion, PlannedMeasure, Timepoint
from resilience.messaging.models import Channel, Outgoing
from resilience.participants.models import Programme, Respondent
from tests.benchmarks import figures

KINDS = 3  # the first word and two reminders
A_BATCH = 1_000


class Lost(Exception):
    """A message was not planned, or twice."""


def measure(*, sizes: tuple[int, ...], rounds: int) -> tuple[list[figures.Figure], list[str]]:
    """Return the figure of each size, and what was counted. The people are those whom `reading` made."""
    timepoint = _timepoint()
    found, peaks = [], []
    for size in sizes:
        found.append(_figure(timepoint, size, rounds))
        peaks.append(f"{size:,}: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    slope = figures.exponent([(each.size["people"], each.figure) for each in found])
    return found, [
        f"Messages of {sizes[-1]:,} people: {sizes[-1] * KINDS:,} planned, none twice; planned again, none more.",
        f"Messages: time grows with people at exponent {slope:.2f}; the process took at its highest "
        f"up to {', '.join(peaks)}.",
    ]


def _timepoint() -> Timepoint:
    programme = Programme.objects.get(slug="demonstration")
    timepoint, fresh = Timepoint.objects.get_or_create(
        programme=programme, key="bench-due",
        defaults={"label": "Bench", "position": 91, "anchor": Anchor.ENROLMENT, "offset_days": 1},
    )  # fmt: skip
    if fresh:
        PlannedMeasure.objects.create(timepoint=timepoint, instrument="bench30", position=1)
    return timepoint


def _figure(timepoint: Timepoint, size: int, rounds: int) -> figures.Figure:
    mine, theirs, statements = [], [], {}
    for _ in range(rounds):
        mine.append(_ours(timepoint, size, statements))
        theirs.append(_bare(size))
    ratios = [bare / ours for ours, bare in zip(mine, theirs, strict=True)]
    middle = sorted(range(rounds), key=lambda each: ratios[each])[rounds // 2]
    return figures.Figure(
        "P8, planning", mine[middle] * 1000, "ms", theirs[middle] * 1000, ratios[middle], min(ratios), max(ratios),
        rounds, {"people": size, "messages": size * KINDS, "statements": statements[size]},
    )  # fmt: skip


def _count(counted: Counter, execute: object, *asked: object) -> object:
    counted["statements"] += 1
    return execute(*asked)


def _ours(timepoint: Timepoint, size: int, statements: dict[int, int]) -> float:
    now, counted = clock.now(), Counter()
    _fall_due(timepoint, size, now=now)
    began = time.perf_counter()
    with connection.execute_wrapper(partial(_count, counted)):
        planned = invitations.plan_due(now=now)
    took = time.perf_counter() - began
    statements[size] = counted["statements"]
    again = invitations.plan_due(now=now)
    stored = Outgoing.objects.filter(key__endswith=":bench-due").count()
    if (planned, again, stored) != (size * KINDS, 0, size * KINDS):
        raise Lost(f"{size} people: {planned} planned, {again} once more, {stored} stored")
    _clear(timepoint)
    return took


def _fall_due(timepoint: Timepoint, size: int, *, now: datetime) -> None:
    crowd = Respondent.objects.filter(enrolment__participant__user__email__startswith="crowd-")
    respondents = crowd.values_list("pk", flat=True)[:size].iterator(chunk_size=A_BATCH)
    while batch := list(islice(respondents, A_BATCH)):
        Occasion.objects.bulk_create(
            Occasion(
                respondent_id=each, timepoint=timepoint, instrument="bench30", due_at=now,
                closes_at=now + timedelta(days=28),
            )
            for each in batch
        )  # fmt: skip


def _bare(size: int) -> float:
    """Insert as many rows that need no looking up: the yardstick."""
    now, rows = clock.now(), 0
    began = time.perf_counter()
    while rows < size * KINDS:
        Outgoing.objects.bulk_create(_rows(rows, min(rows + A_BATCH, size * KINDS), now))
        rows += A_BATCH
    took = time.perf_counter() - began
    Outgoing.objects.filter(key__startswith="bare-")._raw_delete("default")
    return took


def _rows(first: int, last: int, now: datetime) -> Iterator[Outgoing]:
    for number in range(first, last):
        yield Outgoing(
            key=f"bare-{number}",
            kind="page_ready",
            channel=Channel.EMAIL,
            due_at=now,
            not_after=now + timedelta(days=28),
        )


def _clear(timepoint: Timepoint) -> None:
    Outgoing.objects.filter(key__endswith=":bench-due")._raw_delete("default")
    Occasion.objects.filter(timepoint=timepoint)._raw_delete("default")
