"""The flow diagram: from those approached to the last time point, split by group or by calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import drawing, entries, rounding
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

# The drawing's own units: its width, the gap between boxes, a line of text, what is free above and below it.
WIDE, STEP, LINE, FREE = 10.0, 0.34, 0.25, 0.18


@dataclass(frozen=True)
class Column:
    """One side below the fork: its name and what became of its people, from top to bottom."""

    boxes: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One side of the fork: how many of those who let us use their answers are on it, and what became of them."""

    name: str
    n: int
    figures: Figures


@dataclass(frozen=True)
class Layout:
    """The trunk with what stands beside each of its boxes, and the columns below the fork."""

    trunk: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]

    @property
    def alt(self) -> str:
        """The diagram in words, from the top down."""
        parts = [_flat(box) + (f" ({_flat(beside)})" if beside else "") for box, beside in self.trunk]
        sides = ["; ".join(_flat(box) for box in column.boxes) for column in self.columns]
        text = _("Flow diagram, from the top: {boxes}.").format(boxes="; ".join(parts))
        return text + "".join(" " + _("Then: {side}.").format(side=side) for side in sides)


def flow(figures: Figures, words: Words) -> Chart | None:
    """Boxes from enrolment to the last time point; nothing before anybody has answered."""
    if not figures["flow"]["baseline"]:
        return None
    sides = _sides(figures)
    columns = tuple(_column(side, words) for side in sides) or _whole(figures, words)
    layout = Layout(_trunk(figures, sides), columns)
    return Chart(
        key="flow",
        caption=_("Flow of participants"),
        sentence=_explained(figures, sides),
        alt=layout.alt,
        svg=drawing.draw(
            lambda figure: _paint(figure, layout), height=0.58 * _height(layout), title=layout.alt
        ),
        table="flow",
    )


def _explained(figures: Figures, sides: tuple[Side, ...]) -> str:
    told = _("Boxes to the right count people of the box beside which they stand.")
    if not sides:
        return told
    if _outside(figures, sides):
        return f"{told} " + _(
            "Below the fork stand all who let us use their answers, but for those in no group."
        )
    return f"{told} " + _("Below the fork stand all who let us use their answers.")


def _flat(text: str) -> str:
    return ", ".join(text.split("\n"))


def _trunk(figures: Figures, sides: tuple[Side, ...]) -> tuple[tuple[str, str], ...]:
    found, left = figures["flow"], figures["snapshot"]["left_out"]
    approached = sum((found.get("approached") or {}).values())
    first = [(_("Approached\nn = {n}").format(n=rounding.count(approached)), "")] if approached else []
    return (
        *first,
        (
            _("Enrolled\nn = {n}").format(n=rounding.count(found["registered"])),
            _("Did not let us use their answers: {n}").format(n=rounding.count(left["no_consent"])),
        ),
        (
            _("Let us use their answers\nn = {n}").format(n=rounding.count(found["consented"])),
            "\n".join([*_steps(figures), *_left_out(figures, sides)]),
        ),
    )


def _steps(figures: Figures) -> list[str]:
    """What those who let us use their answers did, each step beside how many did not take it."""
    found, all_ = figures["flow"], figures["flow"]["consented"]
    return [
        _("Answered at baseline: {n}; did not: {rest}").format(**_both(found["baseline"], all_)),
        _("Began the modules: {n}; did not: {rest}").format(**_both(found["started"], all_)),
        _("Finished {k} or more: {done}").format(
            k=figures["plan"]["complete_modules"], done=rounding.count(found["completed_modules"])
        ),
        _("Offered a call: {n}; no offer on record: {rest}").format(**_both(found["offered_call"], all_)),
        _("Said yes to a call: {n}").format(n=rounding.count(found["accepted_call"])),
        _("Stopped taking part, at any time: {n}").format(n=rounding.count(found["withdrew"])),
    ]


def _both(n: int, whole: int) -> dict[str, str]:
    return {"n": rounding.count(n), "rest": rounding.count(max(0, whole - n))}


def _left_out(figures: Figures, sides: tuple[Side, ...]) -> list[str]:
    rest = _outside(figures, sides)
    return [_("In no group: {n}").format(n=rounding.count(rest))] if rest else []


def _outside(figures: Figures, sides: tuple[Side, ...]) -> int:
    """How many stand on no side of the fork: people who came into no group."""
    return figures["flow"]["consented"] - sum(side.n for side in sides) if sides else 0


def _sides(figures: Figures) -> tuple[Side, ...]:
    """By group where there are groups, else by calls; empty where a side is hidden or nobody is on it."""
    found = figures["flow"]
    arms, names = entries.of(found.get("arms")), figures["design"].get("arms", {})
    if len(arms) > 1:
        sides = [Side(names.get(key, key), one["n"], one) for key, one in arms.items()]
    else:
        had = found["one_call_or_more"]
        sides = [
            Side(_("Had one call or more"), had, found["coached"]),
            Side(_("Had no call"), found["consented"] - had, found["not_coached"]),
        ]
    return () if any(disclosure.is_hidden(one.figures) or not one.n for one in sides) else tuple(sides)


def _column(side: Side, words: Words) -> Column:
    first = _("{name}\nn = {n}, began the modules: {begun}").format(
        name=side.name, n=rounding.count(side.n), begun=rounding.count(side.figures["started"])
    )
    return Column((first, *_answered(side.figures["answered"], words)))


def _whole(figures: Figures, words: Words) -> tuple[Column, ...]:
    return (Column(tuple(_answered(figures["flow"]["answered"], words))),)


def _answered(answered: Mapping[str, int | None], words: Words) -> list[str]:
    return [
        _("Answered at {when}\nn = {n}").format(when=words.short(when), n=rounding.count(n))
        for when, n in entries.of(answered).items()
    ]


def _high(text: str) -> float:
    return FREE + LINE * (text.count("\n") + 1)


def _height(layout: Layout) -> float:
    trunk = sum(max(_high(box), _high(beside) if beside else 0) + STEP for box, beside in layout.trunk)
    sides = max((sum(_high(box) + STEP for box in column.boxes) for column in layout.columns), default=0)
    return trunk + sides + (STEP if layout.columns else 0)


def _paint(figure, layout: Layout) -> None:
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(0, WIDE)
    axes.set_ylim(-_height(layout), 0)
    split = len(layout.columns) > 1
    bottom = _paint_trunk(axes, layout.trunk, middle=3.0 if split else 2.6)
    if split:
        _fork(axes, layout.columns, top=bottom, middle=3.0)
    else:
        for column in layout.columns:
            _paint_column(axes, column, middle=2.6, width=4.0, top=bottom - STEP, arrow=True)


def _paint_trunk(axes, trunk: tuple[tuple[str, str], ...], *, middle: float) -> float:
    top = 0.0
    for place, (text, beside) in enumerate(trunk):
        high = max(_high(text), _high(beside) if beside else 0)
        centre = top - high / 2
        if place:
            _arrow(axes, middle, top + STEP, centre + _high(text) / 2)
        if beside:
            axes.plot([middle, 5.7], [centre] * 2, color=drawing.SOFT, lw=0.8, ls=(0, (2, 2)), zorder=0)
            _box(axes, 7.7, centre, 4.1, _high(beside), beside, fill="white", edge=drawing.LINE)
        _box(axes, middle, centre, 4.0, _high(text), text, fill=drawing.TINT, edge=drawing.BRAND)
        _line_down(axes, middle, centre - _high(text) / 2, top - high)
        top -= high + STEP
    return top + STEP


def _fork(axes, columns: tuple[Column, ...], *, top: float, middle: float) -> None:
    width = WIDE / len(columns)
    centres = [width * (place + 0.5) for place in range(len(columns))]
    bar = top - STEP / 2 - 0.05
    axes.plot([middle, middle], [top, bar], color=drawing.SOFT, lw=0.9, zorder=0)
    axes.plot([centres[0], centres[-1]], [bar, bar], color=drawing.SOFT, lw=0.9, zorder=0)
    for column, centre in zip(columns, centres, strict=True):
        start = bar - STEP
        _arrow(axes, centre, bar, start)
        _paint_column(axes, column, middle=centre, width=min(4.4, width - 0.4), top=start, arrow=False)


def _paint_column(axes, column: Column, *, middle: float, width: float, top: float, arrow: bool) -> None:
    for text in column.boxes:
        if arrow:
            _arrow(axes, middle, top + STEP, top)
        _box(
            axes,
            middle,
            top - _high(text) / 2,
            width,
            _high(text),
            text,
            fill=drawing.TINT,
            edge=drawing.BRAND,
        )
        top, arrow = top - _high(text) - STEP, True


def _box(
    axes, middle: float, centre: float, width: float, high: float, text: str, *, fill: str, edge: str
) -> None:
    from matplotlib.patches import FancyBboxPatch

    place = (middle - width / 2, centre - high / 2)
    shape = FancyBboxPatch(
        place, width, high, boxstyle="round,pad=0,rounding_size=0.08", fc=fill, ec=edge, lw=0.8
    )
    axes.add_patch(shape)
    axes.text(middle, centre, text, ha="center", va="center", linespacing=1.35, fontsize=7.6, zorder=3)


def _line_down(axes, x: float, top: float, bottom: float) -> None:
    if top > bottom:
        axes.plot([x, x], [top, bottom], color=drawing.SOFT, lw=0.9, zorder=0)


def _arrow(axes, x: float, top: float, bottom: float) -> None:
    style = {"arrowstyle": "-|>", "color": drawing.SOFT, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=(x, bottom), xytext=(x, top), arrowprops=style)
