"""Diverging bars of what people thought: disagreement to the left of the line, agreement to the right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import drawing, entries, rounding
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

FILLS = ("#8f4a12", "#d9a877", "#e6e8e4", "#7fb3a0", "#1b5a4b")
HATCHES = ("////", "", "", "", "....")
WRAP = 48


@dataclass(frozen=True)
class Bar:
    """One statement: its five shares in per cent, from strong disagreement to strong agreement."""

    statement: str
    n: int
    shares: tuple[float, ...]

    @property
    def left(self) -> float:
        """Where the bar begins: the middle answer lies half on either side."""
        return -(self.shares[0] + self.shares[1] + self.shares[2] / 2)


def agreement(figures: Figures, words: Words) -> Chart | None:
    """One bar a statement; nothing where the five answers are not known or nobody answered."""
    bars = [
        Bar(words.label("acceptability", item), one["n"], _shares(one))
        for item, one in entries.of(figures.get("acceptability")).items()
        if is_drawn(one)
    ]
    if not bars:
        return None
    alt = _("Diverging bars, disagreement to the left and agreement to the right. {rows}.").format(
        rows="; ".join(_told(bar) for bar in bars)
    )
    return Chart(
        key="agreement",
        caption=_("What people thought of it: all five answers"),
        sentence=_(
            "The middle answer lies half on either side of the line; what lies to its right is agreement."
        ),
        alt=alt,
        svg=drawing.draw(
            lambda figure: _paint(figure, bars), height=0.7 + _step(bars) * len(bars), title=alt
        ),
        table="answers",
    )


def is_drawn(one: Figures) -> bool:
    """Whether all five answers to a statement are known, and somebody gave one."""
    known = len(entries.of(one.get("answers"))) == len(FILLS)
    return not disclosure.is_hidden(one) and bool(one["n"]) and known


def names() -> tuple[str, ...]:
    """The five answers, from the left."""
    return (_("strongly disagree"), _("disagree"), _("neither"), _("agree"), _("strongly agree"))


def _shares(one: Figures) -> tuple[float, ...]:
    return tuple(share["percent"] or 0 for _level, share in sorted(entries.of(one["answers"]).items()))


def _told(bar: Bar) -> str:
    parts = (f"{name} {rounding.percent(share)}" for name, share in zip(names(), bar.shares, strict=True))
    return f"{bar.statement.rstrip('.')} (n = {bar.n}): {', '.join(parts)}"


def _paint(figure, bars: list[Bar]) -> None:
    axes = figure.add_subplot()
    for place, bar in enumerate(reversed(bars)):
        start = bar.left
        for share, fill, hatch in zip(bar.shares, FILLS, HATCHES, strict=True):
            axes.barh(
                place, share, left=start, height=0.62, color=fill, hatch=hatch, edgecolor="white", lw=0.7
            )
            start += share
    axes.axvline(0, color=drawing.INK, lw=0.8)
    axes.set_yticks(range(len(bars)), [_label(bar) for bar in reversed(bars)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(-100, 100)
    axes.set_xticks([-100, -50, 0, 50, 100], ["100", "50", "0", "50", "100"])
    axes.set_xlabel(_("% of those who answered"))
    _legend(figure)


def _step(bars: list[Bar]) -> float:
    """The inches for each bar: as many as the longest statement's lines ask for."""
    return 0.12 + 0.11 * max(_label(bar).count("\n") + 1 for bar in bars)


def _label(bar: Bar) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(f"{bar.statement} (n\xa0=\xa0{bar.n})", WRAP))


def _legend(figure) -> None:
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=fill, hatch=hatch, edgecolor="white", label=name)
        for fill, hatch, name in zip(FILLS, HATCHES, names(), strict=True)
    ]
    figure.legend(
        handles=keys, loc="outside upper center", ncols=5, frameon=False, fontsize=7.2, handlelength=1.4
    )
