"""When people joined and answered, and how many answered outside their window."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Columns, Windows


@dataclass(frozen=True, slots=True)
class Days:
    """Days from joining to the first answer at a time point; early and late count against each person's window."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None
    early: int
    late: int
    out_of_window: int
    from_baseline_median: float | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day of joining, and each time point's days."""

    joined: tuple[str, str] | None
    waves: Mapping[str, Days]
    why: str | None = None


def summarise(table: Columns) -> Dates:
    """Describe the days. Data from elsewhere have none."""
    known = {key: _days(table, found) for key, found in table.windows.items() if key in table.plan.due}
    ordered = {key: known[key] for key in table.plan.due if key in known}
    return Dates(table.joined, ordered, None if ordered or table.joined else reasons.NO_DATES)


def _days(table: Columns, found: Windows) -> Days:
    day = describe.given(found.day)
    described = describe.describe(day)
    early, late = int((found.day < found.opens).sum()), int((found.day > found.closes).sum())
    return Days(
        described.n, described.median, described.q1, described.q3, early, late, early + late,
        from_baseline_median=_since(table, found), why=described.why,
    )  # fmt: skip


def _since(table: Columns, found: Windows) -> float | None:
    first = table.windows.get(table.plan.baseline)
    return describe.describe(describe.given(found.day - first.day)).median if first else None
