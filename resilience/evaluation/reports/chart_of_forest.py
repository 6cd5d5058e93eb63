"""The forest plot: every change with its interval, turned so that better lies to the right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import compared, drawing, rounding
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One row of the forest plot, turned so that a larger figure is better."""

    label: str
    printed: str
    size: float
    low: float
    high: float
    primary: bool


def forest(figures: Figures, words: Words) -> Chart | None:
    """Effect sizes with intervals, better to the right; nothing before a change could be estimated."""
    found = lines(figures, words)
    if not found:
        return None
    alt = _("Forest plot of dz with 95% CIs, better to the right. {rows}.").format(
        rows="; ".join(f"{line.label}: {line.printed}" for line in found)
    )
    return Chart(
        key="forest",
        caption=_("Size of change since baseline, in standard deviations of the change (dz with 95% CI)"),
        sentence=_forest_sentence(found),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint_forest(figure, found), height=0.75 + 0.27 * len(found), title=alt
        ),
        table="change",
    )


def lines(figures: Figures, words: Words) -> list[Line]:
    """A row for each change that has an effect size."""
    return [
        _line(figures, words, key, when, one)
        for key, measure in figures["measures"].items()
        for when, one in measure["change"].items()
        if one["dz"] is not None
    ]


def _line(figures: Figures, words: Words, key: str, when: str, one: Figures) -> Line:
    sign = figures["measures"][key]["direction"]
    low, high = sorted(sign * end for end in one["dz_ci"])
    return Line(
        label=f"{words.brief(key)}, {words.short(when)} (n = {one['n']})",
        printed=rounding.with_interval(sign * one["dz"], (low, high), 2),
        size=sign * one["dz"],
        low=low,
        high=high,
        primary=when in compared.primary(figures, key),
    )


def _forest_sentence(lines: list[Line]) -> str:
    clear = sum(line.low > 0 for line in lines)
    worse = sum(line.high < 0 for line in lines)
    return _(
        "Right of the line is better; measures where lower is better are turned round. {clear} of {n} "
        "intervals lie wholly on the better side, {worse} wholly on the worse; the others include no change."
    ).format(clear=clear, n=len(lines), worse=worse)


def _paint_forest(figure, lines: list[Line]) -> None:
    axes = figure.add_subplot()
    for place, line in enumerate(reversed(lines)):
        colour = drawing.BRAND if line.primary else drawing.SOFT
        axes.plot([line.low, line.high], [place, place], color=colour, lw=1.4, solid_capstyle="butt")
        axes.plot(
            line.size,
            place,
            marker="s" if line.primary else "o",
            ms=5.5,
            mec=colour,
            mfc=colour if line.primary else "white",
            mew=1.3,
        )
    axes.axvline(0, color=drawing.INK, lw=0.8)
    axes.set_yticks(range(len(lines)), [line.label for line in reversed(lines)])
    axes.set_ylim(-0.7, len(lines) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(_("worse  ←  dz  →  better; filled square: primary comparison"))
    beside = axes.secondary_yaxis("right")
    beside.set_yticks(range(len(lines)), [line.printed for line in reversed(lines)])
    beside.tick_params(axis="y", length=0)
    beside.spines["right"].set_visible(False)
