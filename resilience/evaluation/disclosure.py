"""The only exit for numbers: what may be printed, drawn, exported or shown.

An evaluation report gives the programme's own totals exactly, and exact figures for those with and without a call
where both are large enough. A group of people by characteristic that is smaller than the plan's `suppress_below` is
hidden, and with it as many of the next smallest groups as are needed that nobody can work it out from the total.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resilience.evaluation.figures import Figures

SMALLEST_THRESHOLD = 5

HIDDEN = "hidden"


class ThresholdTooLow(Exception):
    """The plan asks to show groups so small that people could be recognised."""


@dataclass(frozen=True)
class Release:
    """Figures that have passed disclosure control. Tables, charts and files are made from nothing else."""

    figures: Figures


def release(figures: Figures) -> Release:
    """Hide what is too small to show. Raises ThresholdTooLow for a plan below the lowest allowed threshold."""
    threshold = figures["plan"]["suppress_below"]
    if threshold < SMALLEST_THRESHOLD:
        raise ThresholdTooLow(f"suppress_below is {threshold}; the lowest is {SMALLEST_THRESHOLD}")
    safe = copy.deepcopy(figures)
    for name, category in safe["characteristics"].items():
        if isinstance(category, Mapping) and name != "scores":
            category["groups"] = _without_small(category["groups"], threshold)
    for contrast in safe["characteristics"]["scores"].values():
        _hide_contrast(contrast, threshold)
    _hide_sides(safe["flow"], threshold)
    return Release(safe)


def is_hidden(figure: Any) -> bool:
    """Whether disclosure control hid this group of figures."""
    return isinstance(figure, Mapping) and bool(figure.get(HIDDEN))


def blank(figure: Mapping[str, Any]) -> dict[str, Any]:
    """The same keys with None in every leaf, marked as hidden: never 0, never left out."""
    return _nothing(figure) | {HIDDEN: True}


def small(counts: Mapping[str, int], *, threshold: int) -> set[str]:
    """The groups to hide: those below the threshold, then the next smallest, so that a total gives none away."""
    ranked = sorted(counts, key=lambda name: (counts[name], name))
    hide = {name for name in ranked if 0 < counts[name] < threshold}
    for name in ranked:
        if not hide or (len(hide) > 1 and sum(counts[one] for one in hide) >= threshold):
            break
        hide.add(name)
    return hide


def _without_small(groups: Mapping[str, Figures], threshold: int) -> dict[str, Figures]:
    hide = small({name: group["n"] for name, group in groups.items()}, threshold=threshold)
    return {name: blank(group) if name in hide else dict(group) for name, group in groups.items()}


def _hide_contrast(contrast: Figures, threshold: int) -> None:
    if any(0 < contrast[side]["n"] < threshold for side in ("coached", "not_coached")):
        contrast.update(blank(contrast))


def _hide_sides(flow: Figures, threshold: int) -> None:
    if any(0 < flow[side]["started"] < threshold for side in ("coached", "not_coached")):
        flow["coached"], flow["not_coached"] = blank(flow["coached"]), blank(flow["not_coached"])


def _nothing(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _nothing(one) if isinstance(one, Mapping) else None for key, one in figure.items()}
