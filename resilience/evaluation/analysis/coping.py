"""Ways of coping that people seldom speak of, asked under a consent of their own: means of groups, and no more.

They are read beside the climate of the places where these people work, and never alone: without it there is nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

CLIMATE = "climate_"


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who answered at one time point."""

    n: int
    mean: float | None = None
    sd: float | None = None
    why: str | None = None


def summarise(table: Columns) -> Mapping[str, object] | None:
    """Each way of coping by time point; a reason where no climate was told; None where nothing was asked."""
    if not table.apart:
        return None
    if not any(outcome.startswith(CLIMATE) for outcome in table.context.get("system") or ()):
        return {"why": reasons.NO_CLIMATE}
    return {measure.key: _by_time(table, measure) for measure in table.apart}


def _by_time(table: Columns, measure: Measure) -> dict[str, Group]:
    return {when: _group(table, measure, when) for when in measure.due(table.plan)}


def _group(table: Columns, measure: Measure, when: str) -> Group:
    found = describe.describe(describe.given(table.score(measure.key, when)))
    return Group(found.n, found.mean, found.sd, found.why)
