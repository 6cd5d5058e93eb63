"""Before against after with the band of the measure's own error and its cut-off; squares of how many, never points."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import drawing, rounding, sentences
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.chart_of_pairs import Panel, panels
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

SIZES = {1: 0.34, 5: 0.62, 10: 0.92}  # the side of a square, as a share of its band


def scatter(figures: Figures, words: Words) -> Chart | None:
    """Squares of people by score before and after; nothing where no measure's error is known."""
    found = [panel for panel in panels(figures) if _threshold(panel, figures) is not None][:2]
    if not found:
        return None
    alt = _(
        "Scores before (across) against after (up), with the band of the measure's own error. {rows}."
    ).format(rows="; ".join(_told(panel, figures, words) for panel in found))
    return Chart(
        key="scatter",
        caption=_("Before against after, with the band of the measure's own error"),
        sentence=_(
            "Small, middle and large squares stand for 1 to 4, 5 to 9, and 10 people or more in that place. Within the "
            "shaded band a change is no larger than the measure's own error; dashed lines are published cut-offs."
        ),
        alt=alt,
        svg=drawing.draw(lambda figure: _paint(figure, found, figures, words), height=3.3, title=alt),
        table="ways",
    )


def _threshold(panel: Panel, figures: Figures) -> float | None:
    return (figures["measures"][panel.key]["reliable_change"].get(panel.when) or {}).get("threshold")


def _told(panel: Panel, figures: Figures, words: Words) -> str:
    one = figures["measures"][panel.key]["reliable_change"][panel.when]
    return _(
        "{measure}, {when}: of {n} people {improved} lie on the better side of the band, {unchanged} in it, "
        "{worse} on the worse side; the band is {threshold} points either way"
    ).format(
        measure=words.brief(panel.key),
        when=words.short(panel.when),
        threshold=rounding.number(one["threshold"], words.decimals(panel.key)),
        **{name: one[name] for name in ("n", "improved", "unchanged", "worse")},
    )


def _paint(figure, found: list[Panel], figures: Figures, words: Words) -> None:
    grid = figure.subplots(1, 2, squeeze=False).ravel()
    for spare in grid[len(found) :]:
        spare.set_axis_off()
    for axes, panel in zip(grid, found, strict=False):
        low, high = panel.edges[0], panel.edges[-1]
        threshold = _threshold(panel, figures)
        axes.fill_between(
            [low, high], [low - threshold, high - threshold], [low + threshold, high + threshold],
            color=drawing.TINT, lw=0, zorder=0,
        )  # fmt: skip
        axes.plot([low, high], [low, high], color=drawing.SOFT, lw=0.8, zorder=1)
        _cutoff(axes, words.measures[panel.key].cutoff)
        _squares(axes, panel)
        _edges(axes, panel, figures, words)


def _cutoff(axes, cutoff: tuple[str, float] | None) -> None:
    if cutoff is not None:
        axes.axhline(cutoff[1], color=drawing.WARM, lw=0.9, ls=(0, (4, 2)), zorder=1)
        axes.axvline(cutoff[1], color=drawing.WARM, lw=0.9, ls=(0, (4, 2)), zorder=1)


def _squares(axes, panel: Panel) -> None:
    from matplotlib.patches import Rectangle

    middles, wide = panel.middles, panel.edges[1] - panel.edges[0]
    for before, after, at_least in panel.cells:
        side = SIZES[at_least] * wide
        corner = (middles[before] - side / 2, middles[after] - side / 2)
        axes.add_patch(Rectangle(corner, side, side, fc=drawing.BRAND, ec="white", lw=0.4, zorder=3))


def _edges(axes, panel: Panel, figures: Figures, words: Words) -> None:
    measure = words.measures[panel.key]
    axes.set_xlim(panel.edges[0], panel.edges[-1])
    axes.set_ylim(panel.edges[0], panel.edges[-1])
    axes.set_aspect("equal")
    axes.set_title(
        f"{words.brief(panel.key)}, n = {panel.change['n']}\n({sentences.direction(measure.direction)})",
        loc="left",
        fontsize=8,
        linespacing=1.3,
    )
    axes.set_xlabel(words.short(panel.first))
    axes.set_ylabel(words.short(panel.when))
    better = measure.direction > 0
    for place, text, low in (
        (0.03, _("reliably better") if better else _("reliably worse"), False),
        (0.97, _("reliably worse") if better else _("reliably better"), True),
    ):
        axes.text(
            place, 1 - place if not low else 0.03, text, transform=axes.transAxes, fontsize=7, color=drawing.SOFT,
            ha="left" if not low else "right", va="top" if not low else "bottom", zorder=4,
        )  # fmt: skip
