"""Means of the same people before and after, each measure in a panel of its own."""

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import drawing, rounding, sentences
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

ACROSS = 3  # panels in a row


def means(figures: Figures, words: Words) -> Chart | None:
    """Mean before and mean after of the same people, for each measure; nothing without a tested change."""
    panels = {
        key: {when: one for when, one in measure["change"].items() if one["ci"] is not None}
        for key, measure in figures["measures"].items()
    }
    panels = {key: rows for key, rows in panels.items() if rows}
    if not panels:
        return None
    told = [
        f"{words.brief(key)}, {words.short(when)}: {rounding.number(one['baseline_mean'], words.decimals(key))} "
        f"{_('to')} {rounding.number(one['later_mean'], words.decimals(key))} (n = {one['n']})"
        for key, rows in panels.items()
        for when, one in rows.items()
    ]
    alt = _("Mean scores of the same people before and after. {rows}.").format(rows="; ".join(told))
    return Chart(
        key="paired",
        caption=_("Mean scores before and after, in the people who answered both times"),
        sentence=_(
            "Each line joins the baseline mean (open) to the later mean (filled) of the same people. The "
            "bar is the 95% CI of their "
            "change; where it covers the level of the open mark, chance alone could explain the change."
        ),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint(figure, panels, figures, words),
            height=1.95 * math.ceil(len(panels) / ACROSS),
            title=alt,
        ),
        table="change",
    )


def _paint(figure, panels: Mapping[str, Figures], figures: Figures, words: Words) -> None:
    grid = figure.subplots(math.ceil(len(panels) / ACROSS), ACROSS, squeeze=False).ravel()
    for spare in grid[len(panels) :]:
        spare.set_axis_off()
    for axes, (key, rows) in zip(grid, panels.items(), strict=False):
        for place, one in enumerate(rows.values()):
            _pair(axes, place, one)
        measure = words.measures[key]
        axes.set_title(
            f"{words.brief(key)}\n({sentences.direction(measure.direction)})",
            loc="left",
            fontsize=8,
            linespacing=1.3,
        )
        margin = (measure.high - measure.low) * 0.03
        axes.set_ylim(measure.low - margin, measure.high + margin)
        axes.set_xlim(-0.6, max(len(rows), 2) - 0.4)
        axes.set_xticks(
            range(len(rows)), [f"{words.short(when)}\nn = {one['n']}" for when, one in rows.items()]
        )
        axes.tick_params(axis="x", length=0)


def _pair(axes, place: int, one: Figures) -> None:
    before, after = one["baseline_mean"], one["later_mean"]
    low, high = (before + end for end in one["ci"])
    axes.plot([place - 0.2, place + 0.2], [before, after], color=drawing.BRAND, lw=1.3, zorder=1)
    axes.plot([place + 0.2] * 2, [low, high], color=drawing.SOFT, lw=1.1, marker="_", ms=6, mew=1.1, zorder=1)
    axes.plot(place - 0.2, before, marker="o", ms=4.2, mfc="white", mec=drawing.BRAND, mew=1.2, zorder=2)
    axes.plot(place + 0.2, after, marker="o", ms=4.2, mfc=drawing.BRAND, mec=drawing.BRAND, zorder=2)
