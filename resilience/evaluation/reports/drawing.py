"""How our charts are drawn: matplotlib to SVG, the same bytes every time, legible without colour."""

import io
from collections.abc import Callable
from typing import Any

from django.utils import formats

INK, SOFT, LINE, BRAND, TINT, WARM = "#15231e", "#485850", "#c3cbc3", "#1b5a4b", "#e0eee7", "#8f4a12"
WIDTH = 6.7  # inches: the text width of an A4 page with 20 mm margins

_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "resilience",
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "axes.unicode_minus": True,
}
# Laid out with the font that matplotlib carries, shown in the document's: Inter is the narrower of the two.
_FONTS = "Inter, InterExt, 'DejaVu Sans', sans-serif"


def draw(paint: Callable, *, height: float, title: str) -> str:
    """The SVG that `paint(figure)` draws. The title is the alternative text of a chart opened by itself."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        paint(figure)
        _mark(figure)
        target = io.StringIO()
        figure.savefig(
            target, format="svg", transparent=True, metadata={"Title": title, "Date": None, "Creator": None}
        )
    return target.getvalue().replace("'DejaVu Sans'", _FONTS)


def _mark(figure: Any) -> None:
    """Write the numbers along the axes with the decimal mark of the report's language."""
    from matplotlib.ticker import ScalarFormatter

    class Marked(ScalarFormatter):
        def __call__(self, *args: Any) -> str:
            return super().__call__(*args).replace(".", mark)

    mark = formats.get_format("DECIMAL_SEPARATOR")
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                axis.set_major_formatter(Marked())
