"""Where the same people went: a line a way up to sixty people, above that clouds of both time points with their means.

Scores are drawn in bands, so that no mark is one person's answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import drawing, rounding, sentences
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

MOST_LINES = 60
MOST_PANELS = 4
THICK = {1: 0.9, 5: 2.4, 10: 4.4}


@dataclass(frozen=True)
class Panel:
    """One measure from the baseline to one later time point."""

    key: str
    first: str
    when: str
    change: Figures
    edges: list[float]
    cells: list[list[int]]

    @property
    def middles(self) -> list[float]:
        return [(low + high) / 2 for low, high in zip(self.edges, self.edges[1:], strict=False)]

    @property
    def in_lines(self) -> bool:
        return self.change["n"] <= MOST_LINES


def panels(figures: Figures) -> list[Panel]:
    """Each primary measure to its last time point with enough pairs, then the others, at most four."""
    primary = figures["plan"]["primary"]
    keys = sorted(figures["measures"], key=lambda key: key not in primary)
    found = [_panel(figures, key) for key in keys]
    return [one for one in found if one is not None][:MOST_PANELS]


def _panel(figures: Figures, key: str) -> Panel | None:
    measure = figures["measures"][key]
    known = measure.get("bands") or {}
    enough = [
        when
        for when, moves in known.get("pairs", {}).items()
        if moves.get("cells") and (measure["change"].get(when) or {}).get("ci")
    ]
    if not enough:
        return None
    when = enough[-1]
    return Panel(
        key,
        figures["plan"]["timepoints"][0],
        when,
        measure["change"][when],
        known["edges"],
        known["pairs"][when]["cells"],
    )


def pairs(figures: Figures, words: Words) -> Chart | None:
    """Lines from band to band, or clouds; nothing where fewer than ten people answered twice."""
    found = panels(figures)
    if not found:
        return None
    alt = _("From baseline to a later time point, in bands of scores. {rows}.").format(
        rows="; ".join(_told(panel, figures, words) for panel in found)
    )
    return Chart(
        key="pairs",
        caption=_("From before to after, in bands of scores"),
        sentence=" ".join(_explained(found)),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint(figure, found, words), height=2.0 * ((len(found) + 1) // 2), title=alt
        ),
        table="change",
    )


def _told(panel: Panel, figures: Figures, words: Words) -> str:
    sign = figures["measures"][panel.key]["direction"]
    ways = [(sign * (after - before), at_least) for before, after, at_least in panel.cells]
    better, same, worse = (sum(one(way) for way, _n in ways) for one in (_up, _level, _down))
    lines = ngettext("{n} way between bands", "{n} ways between bands", len(ways)).format(n=len(ways))
    return _(
        "{measure}, {when}, {n} people: {lines}, {better} to a better band, {same} in one band, {worse} to a worse one"
    ).format(
        measure=words.brief(panel.key),
        when=words.short(panel.when),
        n=panel.change["n"],
        lines=lines,
        better=better,
        same=same,
        worse=worse,
    )


def _up(way: int) -> bool:
    return way > 0


def _level(way: int) -> bool:
    return way == 0


def _down(way: int) -> bool:
    return way < 0


def _explained(found: list[Panel]) -> Iterable[str]:
    if any(panel.in_lines for panel in found):
        yield _(
            "Each line joins a band of scores before to a band after; thin, thick and thickest lines stand for 1 to 4, "
            "5 to 9, and 10 people or more."
        )
    if not all(panel.in_lines for panel in found):
        yield _(
            "Above 60 people the clouds show how many scored in each band, before on the left and after on the right."
        )
    yield _("Diamonds are the means. No line and no cloud is one person's score.")


def _paint(figure, found: list[Panel], words: Words) -> None:
    grid = figure.subplots((len(found) + 1) // 2, 2, squeeze=False).ravel()
    for spare in grid[len(found) :]:
        spare.set_axis_off()
    for axes, panel in zip(grid, found, strict=False):
        (_lines if panel.in_lines else _clouds)(axes, panel)
        measure, one = words.measures[panel.key], panel.change
        means = [one["baseline_mean"], one["later_mean"]]
        axes.plot(
            [0, 1],
            means,
            color=drawing.INK,
            lw=1.1,
            ls=(0, (3, 2)),
            marker="D",
            ms=5,
            mfc="white",
            mew=1.3,
            zorder=5,
        )
        axes.set_title(
            f"{words.brief(panel.key)} ({sentences.direction(measure.direction)})", loc="left", fontsize=8
        )
        axes.set_xlim(-0.45, 1.45)
        axes.set_ylim(panel.edges[0], panel.edges[-1])
        axes.set_xticks(
            [0, 1], [f"{words.short(when)}\nn = {one['n']}" for when in (panel.first, panel.when)]
        )
        axes.tick_params(axis="x", length=0)
        for place, mean, side in ((0, means[0], -1), (1, means[1], 1)):
            axes.annotate(
                rounding.number(mean, words.decimals(panel.key)), (place, mean), (9 * side, 0),
                textcoords="offset points", ha="right" if side < 0 else "left", va="center", fontsize=7.2, zorder=6,
            )  # fmt: skip


def _lines(axes, panel: Panel) -> None:
    middles = panel.middles
    for before, after, at_least in panel.cells:
        axes.plot(
            [0, 1], [middles[before], middles[after]], color=drawing.BRAND, alpha=0.55, lw=THICK[at_least],
            solid_capstyle="butt", zorder=2,
        )  # fmt: skip


def _clouds(axes, panel: Panel) -> None:
    counts = ([0] * (len(panel.edges) - 1), [0] * (len(panel.edges) - 1))
    for before, after, at_least in panel.cells:
        counts[0][before] += at_least
        counts[1][after] += at_least
    heights = [high - low for low, high in zip(panel.edges, panel.edges[1:], strict=False)]
    for place, side in enumerate(counts):
        most = max(side) or 1
        widths = [0.38 * one / most for one in side]
        left = [place - width if place == 0 else place for width in widths]
        axes.barh(
            panel.middles, widths, left=left, height=[0.86 * one for one in heights], color=drawing.TINT,
            edgecolor=drawing.BRAND, lw=0.6, zorder=1,
        )  # fmt: skip
