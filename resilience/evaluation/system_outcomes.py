"""What became of units: told on a form or in a CSV file, and printed beside what became of people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BufferedReader, BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.analysis.frozen import plain
from resilience.evaluation.dataset import reading, told_of_units
from resilience.evaluation.dataset.told_of_units import Told
from resilience.evaluation.models import Evaluation, SystemOutcome, Thing

COLUMNS = ("unit", "period", "outcome", "value")
READERS = (
    ("unit", told_of_units.name_of_unit),
    ("period", told_of_units.name_of_period),
    ("outcome", told_of_units.outcome),
)
MOST_ROWS, MOST_FAULTS, MOST_BYTES = 5_000, 20, 1_000_000


class Refused(Exception):
    """The file cannot be taken, and nothing of it was; `faults` name the rows and columns."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def told(evaluation: Evaluation) -> dict[str, Any]:
    """What a snapshot holds: outcome, unit and period to the number; without any, why there are none."""
    found: dict[str, Any] = {}
    for row in SystemOutcome.objects.filter(evaluation=evaluation):
        found.setdefault(row.outcome, {}).setdefault(row.unit, {})[row.period] = row.value
    return (
        {"system": found} if found else {"system_why": evaluation.plan.content.get("no_system_outcomes", "")}
    )


@transaction.atomic
def tell(*, evaluation: Evaluation, rows: Iterable[Told], by: User | None, now: datetime) -> int:
    """Keep these numbers, each in place of what was told of the same unit and period; return how many."""
    wanted = [
        SystemOutcome(
            evaluation=evaluation, unit=each.unit, period=each.period, outcome=each.outcome, value=each.value,
            told_at=now,
        )
        for each in rows
    ]  # fmt: skip
    SystemOutcome.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["evaluation", "unit", "period", "outcome"],
        update_fields=["value", "told_at"], batch_size=200,
    )  # fmt: skip
    trail.record(events.SYSTEM_OUTCOMES_TOLD, at=now, target=evaluation, by=by, rows=len(wanted))
    return len(wanted)


@transaction.atomic
def take_back(*, evaluation: Evaluation, unit: str, period: str, by: User, now: datetime) -> int:
    """Take out what was told of a unit in a period; return how many numbers that were."""
    gone, _each = SystemOutcome.objects.filter(evaluation=evaluation, unit=unit, period=period).delete()
    if gone:
        trail.record(events.SYSTEM_OUTCOMES_TAKEN_BACK, at=now, target=evaluation, by=by, rows=gone)
    return gone


def load(*, evaluation: Evaluation, raw: bytes, by: User, now: datetime) -> int:
    """Take a CSV file in, whole or not at all; return how many numbers it holds. Raises Refused."""
    return tell(evaluation=evaluation, rows=_read(raw), by=by, now=now)


def table(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Each unit and period with its numbers, in the order of `Thing`; None where there is none."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in SystemOutcome.objects.filter(evaluation=evaluation):
        found.setdefault((row.unit, row.period), {})[row.outcome] = plain(row.value)
    return [
        {"unit": unit, "period": period, "values": [values_of.get(each) for each in Thing.values]}
        for (unit, period), values_of in found.items()
    ]


def _read(raw: bytes) -> list[Told]:
    try:
        with reading.opened(BufferedReader(BytesIO(raw)), needed=COLUMNS) as table_:
            return _checked(table_)
    except reading.Unreadable as odd:
        raise Refused([_at(odd.row, odd.column, str(odd))]) from None


def _checked(table_: reading.Table) -> list[Told]:
    places = [table_.place(column) for column in COLUMNS]
    found: dict[tuple[str, str, str], Told] = {}
    faults: list[str] = []
    for number, cells in table_.rows():
        if number > MOST_ROWS:
            raise Refused([_("The file has more than {most} rows. Split it.").format(most=MOST_ROWS)])
        try:
            one = _row(dict(zip(COLUMNS, (cells[place] for place in places), strict=True)), number)
        except Refused as odd:
            faults += odd.faults
            continue
        if (key := (one.unit, one.period, one.outcome)) in found:
            faults.append(_at(number, "unit", _("stands there twice for this period: take one away")))
        found[key] = one
    if not faults and not found:
        faults = [_("The file holds no rows.")]
    if faults:
        raise Refused(_first(faults))
    return list(found.values())


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_FAULTS
    rest = [_("And {more} more.").format(more=more)] if more > 0 else []
    return faults[:MOST_FAULTS] + rest


def _row(cells: Mapping[str, str], number: int) -> Told:
    """One row, or Refused with everything that is odd in it."""
    faults, given = [], {}
    for column, read in READERS:
        try:
            given[column] = read(cells[column])
        except told_of_units.Odd as odd:
            faults.append(_at(number, column, str(odd)))
    try:
        given["value"] = told_of_units.value(cells["value"], given.get("outcome"))
    except told_of_units.Odd as odd:
        faults.append(_at(number, "value", str(odd)))
    if faults:
        raise Refused(faults)
    return Told(**given)


def _at(row: int, column: str, words: str) -> str:
    place = _("Row {row}, column “{column}”") if column else _("Row {row}")
    return f"{place.format(row=row, column=column)}: {words}"
