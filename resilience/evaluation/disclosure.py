"""The only exit for numbers: what may be printed, drawn, exported or shown.

An evaluation report gives the programme's own totals exactly, and exact figures for arms and for those with and without
a call where they are large enough. A group of people by characteristic that is smaller than the plan's `suppress_below`
is hidden, and with it as much more as is needed that nobody can work it out: from a total, from another table, or from
an earlier report of the same programme. Before anything leaves, what is left is solved for, as an attacker would.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resilience.evaluation.disclosing import close, extras, hiding
from resilience.evaluation.disclosing.hiding import blank as blank
from resilience.evaluation.disclosing.hiding import small as small
from resilience.evaluation.figures import Figures

SMALLEST_THRESHOLD = 5

HIDDEN = hiding.HIDDEN
REASONS = (extras.FEW_ON_A_SIDE, extras.SOME_HIDDEN)  # why a figure that is no count is hidden


class ThresholdTooLow(Exception):
    """The plan asks to show groups so small that people could be recognised."""


@dataclass(frozen=True)
class Release:
    """Figures that have passed disclosure control. Tables, charts and files are made from nothing else."""

    figures: Figures


def release(figures: Figures, *, before: Sequence[Figures] = (), secondary: bool = True) -> Release:
    """Hide what is too small to show. Raises ThresholdTooLow for a plan below the lowest allowed threshold.

    `before` are the figures that earlier reports of the programme published. Without `secondary` only small groups
    themselves are hidden, which gives them away: for the proof that the rest is needed.
    """
    threshold = figures["plan"]["suppress_below"]
    if threshold < SMALLEST_THRESHOLD:
        raise ThresholdTooLow(f"suppress_below is {threshold}; the lowest is {SMALLEST_THRESHOLD}")
    safe = copy.deepcopy(figures)
    extras.hide_first(safe, threshold=threshold)
    hiding.hide(safe, threshold=threshold, before=before, secondary=secondary)
    extras.hide_after(safe)
    if near := close.reports(safe, before, threshold=threshold):
        safe["snapshot"]["close_to"] = near
    return Release(safe)


def is_hidden(figure: Any) -> bool:
    """Whether disclosure control hid this group of figures."""
    return isinstance(figure, Mapping) and bool(figure.get(HIDDEN))
