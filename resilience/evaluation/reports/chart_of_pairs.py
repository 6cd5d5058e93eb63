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
WIDEST = 0.38  # of the distance between the two time points


@dataclass(frozen=True)
class Panel:
    """One measure from the baseline to one later time point."""

    key: str
    first: str
    when: str
    change: Figures
    edges: list[float]
    cells: list[list[int]]
    spreads: tuple[Figures, Figures]

    @property
    def middles(self) -> list[float]:
        return [(low + high) / 2 for low, high in zip(self.edges, self.edges[1:], strict=False)]

    @property
    def in_lines(self) -> bool:
        return self.change["n"] <= MOST_LINES

    @property
    def clouds(self) -> list[list[int]]:
        """How many scored in each band, before and after; nothing where that is not told."""
        return [one.get("counts") or [] for one in self.spreads]

    @property
    def is_told(self) -> bool:
        return self.in_lines or all(self.clouds)

    @property
    def people(self) -> tuple[int, int]:
        """Whom each side shows: those who answered both times in lines, all who answered then in clouds."""
        if self.in_lines:
            return self.change["n"], self.change["n"]
        before, after = self.spreads
        return before["n"], after["n"]


def panels(figures: Figures) -> list[Panel]:
    """Each primary measure to its last time point with enough pairs, then the others, at most four."""
    primary = figures["plan"]["primary"]
    keys = sorted(figures["measures"], key=lambda key: key not in primary)
    found = [_panel(figures, key) for key in keys]
    return [one for one in found if one is not None and one.is_told][:MOST_PANELS]


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
    first, when = figures["plan"]["timepoints"][0], enough[-1]
    return Panel(
        key,
        first,
        when,
        measure["change"][when],
        known["edges"],
        known["pairs"][when]["cells"],
        tuple(known["scores"].get(at) or {} for at in (first, when)),
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
    return _in_lines(panel, figures, words) if panel.in_lines else _in_clouds(panel, words)


def _in_lines(panel: Panel, figures: Figures, words: Words) -> str:
    sign = figures["measures"][panel.key]["direction"]
    ways = [(sign * (after - before), at_least) for before, after, at_least in panel.cells]
    better, same, worse = (sum(n for way, n in ways if one(way)) for one in (_up, _level, _down))
    lines = ngettext("{n} way between bands", "{n} ways between bands", len(ways)).format(n=len(ways))
    return _(
        "{measure}, {when}, {n} people: {lines}, at least {better} people to a better band, at least {same} in one "
        "band, at least {worse} to a worse one"
    ).format(
        measure=words.brief(panel.key),
        when=words.short(panel.when),
        n=panel.change["n"],
        lines=lines,
        better=better,
        same=same,
        worse=worse,
    )


def _in_clouds(panel: Panel, words: Words) -> str:
    before, after = (", ".join(map(rounding.count, counts)) for counts in panel.clouds)
    return _(
        "{measure}, from the lowest band to the highest: {first} about {before}; {when} about {after}"
    ).format(
        measure=words.brief(panel.key),
        first=words.short(panel.first),
        before=before,
        when=words.short(panel.when),
        after=after,
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
            "Above 60 people the clouds show about how many of all who answered then scored in each band, before on "
            "the left and after on the right."
        )
    yield _(
        "Diamonds are the means of those who answered both times. No line and no cloud is one person's score."
    )


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
        heads = zip((panel.first, panel.when), panel.people, strict=True)
        axes.set_xticks([0, 1], [f"{words.short(when)}\nn = {rounding.count(n)}" for when, n in heads])
        axes.tick_params(axis="x", length=0)
        # Beside the diamond lies the cloud: there the mean stands on its other side, above the dashed line.
        outwards, up = (9, 0) if panel.in_lines else (-9, 6)
        for place, mean, side in ((0, means[0], -1), (1, means[1], 1)):
            axes.annotate(
                rounding.number(mean, words.decimals(panel.key)), (place, mean), (outwards * side, up),
                textcoords="offset points", ha="right" if outwards * side < 0 else "left", va="center", fontsize=7.2,
                zorder=6,
            )  # fmt: skip


def _lines(axes, panel: Panel) -> None:
    middles = panel.middles
    for before, after, at_least in panel.cells:
        axes.plot(
            [0, 1], [middles[before], middles[after]], color=drawing.BRAND, alpha=0.55, lw=THICK[at_least],
            solid_capstyle="butt", zorder=2,
        )  # fmt: skip


def _clouds(axes, panel: Panel) -> None:
    heights = [high - low for low, high in zip(panel.edges, panel.edges[1:], strict=False)]
    for place, widths in enumerate(cloud_widths(panel)):
        for middle, width, high in zip(panel.middles, widths, heights, strict=True):
            if width:
                axes.barh(
                    middle, width, left=place - width if place == 0 else place, height=0.86 * high, color=drawing.TINT,
                    edgecolor=drawing.BRAND, lw=0.6, zorder=1,
                )  # fmt: skip


def cloud_widths(panel: Panel) -> list[list[float]]:
    """How wide each band is drawn, before and after: by one measure on both sides, and a band of nobody not at all."""
    most = max(max(counts) for counts in panel.clouds) or 1
    return [[WIDEST * n / most for n in counts] for counts in panel.clouds]
