"""The table from a sum to a score that a licence forbids us to ship: the site types it in, once for each correction."""

from datetime import datetime
from itertools import pairwise

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.measures import catalogue
from resilience.measures.models import ConversionTable
from resilience.measures.scoring.rules import Rule, Table


class NotATable(ValueError):
    """What was typed is not the whole table; the message says which row to put right."""


@transaction.atomic
def enter(*, key: str, typed: str, source: str, by: User, now: datetime) -> ConversionTable:
    """Keep a table of `sum, score` rows, one a line; from then on sums are looked up in it. Raises NotATable."""
    rule = next(rule for rule in catalogue.of_version(key).scales if isinstance(rule, Table))
    rows = _rows(typed, rule)
    number = ConversionTable.objects.filter(instrument=key).count() + 1
    made = ConversionTable.objects.create(
        instrument=key, number=number, source=source, entered_by=by.pk, entered_at=now,
        rows={str(raw): score for raw, score in sorted(rows.items())},
    )  # fmt: skip
    trail.record(events.CONVERSION_TABLE_ENTERED, at=now, target=made, by=by, instrument=key, number=number)
    return made


def newest(key: str) -> ConversionTable | None:
    """Return the table in use, if the site has entered one."""
    return ConversionTable.objects.filter(instrument=key).order_by("-number").first()


def _rows(typed: str, rule: Rule) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        if line.strip():
            raw, score = _row(line, number)
            if raw in found:
                raise NotATable(f"row {number}: the sum {raw} stands twice")
            found[raw] = score
    _complete(found, rule)
    return found


def _row(line: str, number: int) -> tuple[int, float]:
    parts = line.replace(";", " ").replace("\t", " ").replace(", ", " ").replace(",", " ").split()
    try:
        raw, score = parts
        return int(raw), float(score)
    except ValueError:
        raise NotATable(f"row {number}: write the sum and its score, like 7 7.00") from None


def _complete(rows: dict[int, float], rule: Rule) -> None:
    wanted = set(range(rule.low * len(rule.items), rule.high * len(rule.items) + 1))
    if missing := sorted(wanted - set(rows)):
        raise NotATable(f"there is no row for the sum {missing[0]}: {len(wanted)} rows are needed")
    if odd := sorted(set(rows) - wanted):
        raise NotATable(f"a sum of {odd[0]} cannot be")
    scores = [rows[raw] for raw in sorted(rows)]
    if any(later <= sooner for sooner, later in pairwise(scores)):
        raise NotATable("a higher sum needs a higher score")
    low, high = rule.range
    if scores[0] < low or scores[-1] > high:
        raise NotATable(f"scores go from {low:g} to {high:g}")
