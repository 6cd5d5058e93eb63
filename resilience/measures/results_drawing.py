"""Where the points of somebody's results lie in a small drawing: plain numbers, so that no script is needed."""

from dataclasses import dataclass

from resilience.measures.results import Line

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 34, 310, 12, 122
MARGIN = 26


@dataclass(frozen=True)
class Dot:
    """One result in the drawing, with the ends of what chance alone can make of it."""

    x: float
    y: float
    upper: float
    lower: float
    number: int
    value: float


@dataclass(frozen=True)
class Drawing:
    """The dots, the line through them, and the ends of the scale."""

    dots: tuple[Dot, ...]
    path: str
    low: float
    high: float


def of(line: Line) -> Drawing:
    """Return the drawing of one line of results."""
    half = line.chance / 2**0.5 if line.chance else 0
    places = _places(len(line.points))
    dots = tuple(
        Dot(
            x,
            _y(line, each.value),
            _y(line, each.value + half),
            _y(line, each.value - half),
            number,
            each.value,
        )
        for number, (x, each) in enumerate(zip(places, line.points, strict=True), start=1)
    )
    return Drawing(dots, " ".join(f"{dot.x},{dot.y}" for dot in dots), line.low, line.high)


def _places(count: int) -> list[float]:
    first, last = LEFT + MARGIN, RIGHT - MARGIN
    if count == 1:
        return [(first + last) / 2]
    return [round(first + (last - first) * place / (count - 1), 1) for place in range(count)]


def _y(line: Line, value: float) -> float:
    share = (min(max(value, line.low), line.high) - line.low) / (line.high - line.low)
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
