"""The report's charts: flow of participants, forest plot of dz, means before and after."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import drawing, rounding, sentences
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows in one sentence and in full words, and the table that holds its figures."""

    key: str
    caption: str
    sentence: str
    alt: str
    svg: str
    table: str

    @property
    def address(self) -> str:
        """The drawing as a data URI, so that each keeps its own ids and nothing has to be fetched."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


def make(release: disclosure.Release, words: Words) -> dict[str, Chart]:
    """Every chart that these figures fill."""
    made = (maker(release.figures, words) for maker in (flow, forest, paired))
    return {chart.key: chart for chart in made if chart is not None}


def flow(figures: Figures, words: Words) -> Chart | None:
    """Boxes from enrolment to the last time point; nothing before anybody has answered."""
    found = figures["flow"]
    if not found["baseline"]:
        return None
    waves = [
        (words.timepoint(when), n, found["retained_percent"].get(when))
        for when, n in found["answered"].items()
    ]
    boxes = [_("Enrolled\nn = {n}").format(n=found["registered"])]
    boxes += [
        f"{name}\nn = {n}" + (f" ({rounding.percent(kept)})" if kept is not None else "")
        for name, n, kept in waves
    ]
    beside = {
        1: _(
            "Began the modules: {started}\nFinished {k} or more: {done}\nStopped taking part: {left}"
        ).format(
            started=found["started"],
            k=figures["plan"]["complete_modules"],
            done=found["completed_modules"],
            left=found["withdrew"],
        ),
        2: _(
            "Offered a call: {offered}\nAccepted: {accepted}\nHad one or more: {one}\nHad two or more: {two}"
        ).format(
            offered=found["offered_call"],
            accepted=found["accepted_call"],
            one=found["one_call_or_more"],
            two=found["two_calls_or_more"],
        ),
    }
    alt = _("Flow diagram, from the top: {boxes}. Beside it: {beside}.").format(
        boxes="; ".join(box.replace("\n", ", ") for box in boxes),
        beside="; ".join(text.replace("\n", ", ") for text in beside.values()),
    )
    return Chart(
        key="flow",
        caption=_("Flow of participants"),
        sentence=sentences.flow(figures, words),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint_flow(figure, boxes, beside), height=0.75 * len(boxes), title=alt
        ),
        table="flow",
    )


def _paint_flow(figure, boxes: list[str], beside: Mapping[int, str]) -> None:
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(0, 10)
    axes.set_ylim(-len(boxes) + 0.6, 0.4)
    for place, text in enumerate(boxes):
        _box(axes, (1.0, -place, 3.4, 0.56), text, fill=drawing.TINT, edge=drawing.BRAND)
        if place:
            _arrow(axes, x=2.7, top=-place + 0.72, bottom=-place + 0.28)
    for place, text in beside.items():
        if place < len(boxes) - 1:
            axes.plot([2.7, 5.6], [-place - 0.5] * 2, color=drawing.SOFT, lw=0.8, ls=(0, (2, 2)), zorder=0)
            _box(axes, (5.6, -place - 0.5, 3.6, 0.86), text, fill="white", edge=drawing.LINE)


def _box(axes, place: tuple[float, float, float, float], text: str, *, fill: str, edge: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    left, middle, width, height = place
    shape = FancyBboxPatch(
        (left, middle - height / 2),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=0.08",
        fc=fill,
        ec=edge,
        lw=0.8,
    )
    axes.add_patch(shape)
    axes.text(
        left + width / 2, middle, text, ha="center", va="center", linespacing=1.4, fontsize=7.6, zorder=3
    )


def _arrow(axes, *, x: float, top: float, bottom: float) -> None:
    style = {"arrowstyle": "-|>", "color": drawing.SOFT, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=(x, bottom), xytext=(x, top), arrowprops=style)


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
    lines = [
        _line(figures, words, key, when, one)
        for key, measure in figures["measures"].items()
        for when, one in measure["change"].items()
        if one["dz"] is not None
    ]
    if not lines:
        return None
    alt = _("Forest plot of dz with 95% CIs, better to the right. {rows}.").format(
        rows="; ".join(f"{line.label}: {line.printed}" for line in lines)
    )
    return Chart(
        key="forest",
        caption=_("Size of change since baseline, in standard deviations of the change (dz with 95% CI)"),
        sentence=_forest_sentence(lines),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint_forest(figure, lines), height=0.75 + 0.27 * len(lines), title=alt
        ),
        table="change",
    )


def _line(figures: Figures, words: Words, key: str, when: str, one: Figures) -> Line:
    sign = figures["measures"][key]["direction"]
    low, high = sorted(sign * end for end in one["dz_ci"])
    return Line(
        label=f"{words.brief(key)}, {words.short(when)} (n = {one['n']})",
        printed=rounding.with_interval(sign * one["dz"], (low, high), 2),
        size=sign * one["dz"],
        low=low,
        high=high,
        primary=figures["measures"][key]["primary"],
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
    axes.set_xlabel(_("worse  \u2190  dz  \u2192  better; filled square: primary measure"))
    beside = axes.secondary_yaxis("right")
    beside.set_yticks(range(len(lines)), [line.printed for line in reversed(lines)])
    beside.tick_params(axis="y", length=0)
    beside.spines["right"].set_visible(False)


def paired(figures: Figures, words: Words) -> Chart | None:
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
            lambda figure: _paint_paired(figure, panels, figures, words),
            height=2.15 * ((len(panels) + 1) // 2),
            title=alt,
        ),
        table="change",
    )


def _paint_paired(figure, panels: Mapping[str, Figures], figures: Figures, words: Words) -> None:
    grid = figure.subplots((len(panels) + 1) // 2, 2, squeeze=False).ravel()
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
