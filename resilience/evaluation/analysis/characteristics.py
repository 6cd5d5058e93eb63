"""Who they were, among those who answered at baseline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe
from resilience.evaluation.analysis.columns import Coded, Columns
from resilience.evaluation.analysis.frozen import Dataset
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Share:
    """People of one group, in per cent of those who gave the characteristic."""

    n: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Category:
    """One characteristic: how many left it out, and the groups of those who did not."""

    missing: int
    groups: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Number:
    """One number, such as years qualified, and how those with and without a call differ in it."""

    n: int
    missing: int
    mean: float | None
    sd: float | None
    median: float | None
    q1: float | None
    q3: float | None
    smd: float | None
    why: str | None = None
    smd_why: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """Baseline scores of one side."""

    n: int
    mean: float | None
    sd: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Baseline scores of those with and without a call, and their standardised difference; never a p value."""

    coached: Side
    not_coached: Side
    smd: float | None
    smd_why: str | None = None


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Table 1: everyone with a baseline."""

    n: int
    categories: Mapping[str, Category]
    scores: Mapping[str, Contrast]
    numbers: Mapping[str, Number] = field(default_factory=dict)


def summarise(data: Dataset | Columns) -> Characteristics:
    """Count each characteristic's groups, describe its numbers, and contrast the baseline scores by calls."""
    table = turn(data)
    rows = table.answered(table.plan.baseline)
    return Characteristics(
        n=int(rows.sum()),
        categories={name: _category(trait, rows) for name, trait in table.traits.items() if rows.any()},
        scores={
            measure.key: _contrast(table, measure.key)
            for measure in table.measures
            if table.plan.baseline in measure.timepoints
        },
        numbers={name: _number(table, column, rows) for name, column in table.numbers.items() if rows.any()},
    )


def _category(trait: Coded, rows: "ndarray") -> Category:
    counts = trait.counts(rows)
    given = sum(counts.values())
    return Category(
        missing=int(rows.sum()) - given,
        groups={name: Share(n, describe.percent(n, given)) for name, n in counts.items() if n},
    )


def _number(table: Columns, column: "ndarray", rows: "ndarray") -> Number:
    found = describe.describe(describe.given(column[rows]))
    sides = [
        describe.describe(describe.given(column[rows & side])) for side in (table.coached, ~table.coached)
    ]
    smd, smd_why = describe.contrast(*sides)
    return Number(
        found.n, int(rows.sum()) - found.n, found.mean, found.sd, found.median, found.q1, found.q3,
        smd, found.why, smd_why,
    )  # fmt: skip


def _contrast(table: Columns, measure: str) -> Contrast:
    scores = table.score(measure, table.plan.baseline)
    coached, not_coached = (
        describe.describe(describe.given(scores[side])) for side in (table.coached, ~table.coached)
    )
    smd, smd_why = describe.contrast(coached, not_coached)
    return Contrast(
        coached=Side(coached.n, coached.mean, coached.sd, coached.why),
        not_coached=Side(not_coached.n, not_coached.mean, not_coached.sd, not_coached.why),
        smd=smd,
        smd_why=smd_why,
    )
