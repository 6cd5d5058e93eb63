"""Which kind of figures each table and each chart holds, by which the plan says whether it was planned."""

from collections.abc import Mapping
from typing import Any

from resilience.evaluation.reports import table

OF_TABLES = {
    "process": ("flow", "arms_flow", "reasons", "dates", "delivery", "fidelity"),
    "baseline": ("characteristics", "numbers", "baseline_by_calls"),
    "missing": ("missing", "patterns", "nonresponse", "predictors"),
    "quality": ("scores", "reliability"),
    "change": ("change", "effect_sizes", "ways", "coping"),
    "system": ("system", "side_by_side"),
    "mixed_model": ("mixed_model", "mixed_by_coaching"),
    "last_score": ("last_score",),
    "imputed": ("imputed",),
    "reliable_change": ("reliable_change", "cutoffs"),
    "responders": ("responders",),
    "offers": ("offers", "why_not"),
    "coached_difference": ("change_by_calls", "coached_difference", "weighted_difference"),
    "opinions": ("opinions_by_calls",),
    "coach_time": ("coach_time",),
    "coach_background": ("coach_background",),
    "arms": ("arms", "change_by_group"),
    "per_call": ("per_call", "per_module"),
    "cost": ("cost",),
    "subgroups": ("subgroups",),
    "fairness": ("fairness",),
    "acceptability": ("acceptability", "answers", "two_sides"),
    "leaving": ("leaving",),
    "benefit": ("three_groups",),
    "coding": ("coding",),
    "harms": ("harms",),
}
OF_CHARTS = {
    "process": ("flow", "attrition"),
    "change": ("forest", "paired", "pairs"),
    "reliable_change": ("scatter",),
    "acceptability": ("agreement",),
}
NO_FIGURES = ("declarations",)  # what people state in words


def of_table(figures: Mapping[str, Any], key: str) -> str:
    """Whether a table was planned."""
    return _standing(figures, OF_TABLES, key)


def of_chart(figures: Mapping[str, Any], key: str) -> str:
    """Whether a chart was planned."""
    return _standing(figures, OF_CHARTS, key)


def _standing(figures: Mapping[str, Any], kinds: Mapping[str, tuple[str, ...]], key: str) -> str:
    kind = next((kind for kind, keys in kinds.items() if key in keys), None)
    return table.standing(figures, kind) if kind else ""
