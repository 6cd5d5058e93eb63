"""The figures of a mapping by name, without what disclosure and arithmetic say of them beside."""

from collections.abc import Mapping
from typing import Any

from resilience.evaluation import disclosure

BESIDE = (disclosure.HIDDEN, "why", "caution")


def of(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Each figure, or mapping of figures, under its own name; none of nothing."""
    return {key: one for key, one in (found or {}).items() if key not in BESIDE}
