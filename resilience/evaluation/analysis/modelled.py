"""Everything about one measure that a model says: over time, by calls, by groups, by coach."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import (
    arms,
    clustering,
    coached,
    dose,
    imputed,
    last_score,
    mixed,
    outcomes,
    weighting,
)
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure


@dataclass(frozen=True, slots=True)
class Modelled:
    """One measure. Mappings run over the due time points after baseline."""

    mixed_model: mixed.Model
    mixed_by_coaching: mixed.Model
    coached_difference: Mapping[str, coached.Difference]
    weighted_difference: Mapping[str, weighting.Weighted]
    per_call: Mapping[str, dose.Slope]
    per_module: Mapping[str, dose.Slope]


def summarise(table: Columns, measure: Measure) -> Modelled:
    """Fit every model of one measure."""
    when = outcomes.later(measure, table.plan)
    return Modelled(
        mixed_model=mixed.over_time(table, measure),
        mixed_by_coaching=mixed.by_coaching(table, measure),
        coached_difference={key: coached.difference(table, measure, key) for key in when},
        weighted_difference={key: weighting.difference(table, measure, key) for key in when},
        per_call={key: dose.per_call(table, measure, key) for key in when},
        per_module={key: dose.per_module(table, measure, key) for key in when},
    )


def where_there_are_any(table: Columns, measure: Measure) -> dict[str, object]:
    """What only some have: groups that were allocated, coaches, several later time points, scores to fill in."""
    when = outcomes.later(measure, table.plan)
    by_arm = {key: found for key in when if (found := arms.compare(table, measure, key))}
    filled = imputed.estimate(table, measure)
    last, clustered = last_score.estimate(table, measure), clustering.of_change(table, measure)
    return {
        **({"by_arm": by_arm} if by_arm else {}),
        **({"last_score": last} if last else {}),
        **({"imputed": filled} if filled else {}),
        **({"clustering": clustered} if clustered else {}),
    }
