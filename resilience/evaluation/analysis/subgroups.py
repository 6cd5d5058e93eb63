"""Do groups of people differ in how much they changed? The primary measures, at their first later time point."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import outcomes, reasons
from resilience.evaluation.analysis.columns import Coded, Columns

if TYPE_CHECKING:
    from numpy import ndarray

INTERACTION = "interaction_p"


@dataclass(frozen=True, slots=True)
class Changed:
    """The change of one group; fewer than ten pairs have no interval."""

    n: int
    mean_change: float | None
    ci: tuple[float, float] | None
    why: str | None = None


def compare(table: Columns) -> dict[str, dict[str, dict[str, Any]]]:
    """By characteristic and primary measure: each group, and the p value of groups by time (an F test of change)."""
    return {name: found for name, trait in table.traits.items() if (found := _by(table, trait))}


def _by(table: Columns, trait: Coded) -> dict[str, dict[str, Any]]:
    found = {}
    for measure in table.measures:
        when = outcomes.later(measure, table.plan)
        if measure.key in table.plan.primary and when:
            first, second = table.score(measure.key, table.plan.baseline), table.score(measure.key, when[0])
            rows = table.paired(measure.key, when[0])
            found[measure.key] = by_group(Coded(trait.labels, trait.codes[rows]), (second - first)[rows])
    return found


def by_group(trait: Coded, changes: "ndarray") -> dict[str, Any]:
    """The change of each group that anybody is in, and whether the groups differ."""
    parts = {
        label: part for place, label in enumerate(trait.labels) if len(part := changes[trait.codes == place])
    }
    p, why = interaction(parts)
    return {label: changed(part) for label, part in parts.items()} | {
        INTERACTION: p,
        **({"interaction_why": why} if why else {}),
    }


def changed(part: "ndarray") -> Changed:
    """Mean change and its t interval."""
    from scipy import stats

    n = len(part)
    if not n:
        return Changed(0, None, None, reasons.NO_ANSWERS)
    mean = float(part.mean())
    if n < reasons.FEWEST_PAIRS:
        return Changed(n, mean, None, reasons.FEW_PAIRS)
    reach = float(stats.t.ppf(0.975, n - 1)) * float(part.std(ddof=1)) / math.sqrt(n)
    return Changed(n, mean, (mean - reach, mean + reach))


def interaction(parts: Mapping[str, "ndarray"]) -> tuple[float | None, str | None]:
    """The p value of one-way analysis of variance over the changes, or why there is none."""
    from scipy import stats

    n = sum(len(part) for part in parts.values())
    if n < reasons.FEWEST_PAIRS:
        return None, reasons.FEW_PAIRS
    if len(parts) < 2:
        return None, reasons.ONE_GROUP
    within = sum(float(((part - part.mean()) ** 2).sum()) for part in parts.values())
    if n <= len(parts) or math.isclose(within, 0, abs_tol=1e-12):
        return None, reasons.SAME_CHANGE
    return float(stats.f_oneway(*parts.values()).pvalue), None
