"""The attrition curve: what share of those with a baseline still answered at each time point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import drawing, entries, rounding
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Curve:
    """One line: its name, its per cent at each time point, and how it is drawn."""

    name: str
    percents: Mapping[str, float]
    dashes: Any
    mark: str


def attrition(figures: Figures, words: Words) -> Chart | None:
    """The share that stayed; nothing before a second time point has come."""
    curves = _curves(figures)
    if not curves:
        return None
    told = [
        _("{name}: {parts}").format(
            name=curve.name,
            parts=", ".join(
                f"{words.short(when)} {rounding.percent(one)}" for when, one in curve.percents.items()
            ),
        )
        for curve in curves
    ]
    alt = _("Line chart of the share of people who answered at each time point. {rows}.").format(
        rows="; ".join(told)
    )
    return Chart(
        key="attrition",
        caption=_("Who stayed: share answering at each time point"),
        sentence=_(
            "The line for everyone counts people with a baseline who were asked; the two others, where they are drawn, "
            "count those who began the modules, and people chose for themselves which of the two they are in."
        ),
        alt=alt,
        svg=drawing.draw(lambda figure: _paint(figure, curves, words), height=1.9, title=alt),
        table="flow",
    )  # fmt: skip


def _curves(figures: Figures) -> list[Curve]:
    flow = figures["flow"]
    kept = {when: one for when, one in flow["retained_percent"].items() if one is not None}
    if not kept or not flow["baseline"]:
        return []
    first = figures["plan"]["timepoints"][0]
    curves = [Curve(_("Everyone"), {first: 100.0} | kept, "-", "o")]
    sides = (
        ("coached", _("One call or more"), (0, (4, 2)), "s"),
        ("not_coached", _("No call"), (0, (1, 1.5)), "^"),
    )
    for side, name, dashes, mark in sides:
        one = flow[side]
        if not disclosure.is_hidden(one) and one.get("started"):
            shares = {
                when: 100 * n / one["started"]
                for when, n in entries.of(one["answered"]).items()
                if n is not None
            }
            curves.append(Curve(name, shares, dashes, mark))
    return curves if len(curves) == 3 else curves[:1]


def _paint(figure, curves: list[Curve], words: Words) -> None:
    axes = figure.add_subplot()
    when = list(curves[0].percents)
    for curve, colour in zip(curves, (drawing.INK, drawing.BRAND, drawing.WARM), strict=False):
        places = [when.index(one) for one in curve.percents]
        heights = list(curve.percents.values())
        axes.plot(
            places, heights, color=colour, ls=curve.dashes, marker=curve.mark, ms=4.5, lw=1.4, label=curve.name,
            mfc="white" if curve is not curves[0] else colour, clip_on=False,
        )  # fmt: skip
    axes.set_ylim(0, 100)
    axes.set_xlim(-0.15, len(when) - 0.85)
    axes.set_xticks(range(len(when)), [words.short(one) for one in when])
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.set_ylabel(_("% who answered"))
    axes.grid(axis="y", color=drawing.LINE, lw=0.5)
    if len(curves) > 1:
        axes.legend(frameon=False, fontsize=7.4, loc="lower left", handlelength=3.2)
