"""The comparisons that the plan names as primary: what is told first is told of these."""

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]


def times(figures: Figures, key: str) -> list[str]:
    """When a primary measure is compared with its baseline: at the time points of the plan, else at the first later."""
    later = list((figures["measures"].get(key) or {}).get("change") or {})
    named = figures["plan"].get("primary_timepoints") or []
    return [when for when in later if when in named] or later[:1]
