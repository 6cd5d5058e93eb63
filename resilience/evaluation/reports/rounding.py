"""How a figure is printed: rounded once, at the very end, with the marks of the report's language."""

from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

NOTHING = "–"
MINUS = "\u2212"


def number(value: float | None, decimals: int) -> str:
    """A figure with a true minus sign, thousands set apart; a dash where there is none. Never "−0.00"."""
    if value is None:
        return NOTHING
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return _marked(text)


def count(value: int | None) -> str:
    """A count of people or things, thousands set apart."""
    return NOTHING if value is None else _marked(f"{value:,}")


def percent(value: float | None) -> str:
    """A percentage with one decimal and its sign."""
    return NOTHING if value is None else _("{number}%").format(number=number(value, 1))


def p(value: float | None) -> str:
    """A p value to three decimals, or "<.001": without a leading nought in English, with it in French."""
    if value is None:
        return NOTHING
    if value < 0.001:
        return _("<.001")
    if value >= 0.9995:
        return number(value, 3)
    return _(".{thousandths}").format(thousandths=f"{value:.3f}".removeprefix("0."))


def interval(value: Sequence[float] | None, decimals: int) -> str:
    """Both ends of an interval, "0.41 to 2.12"; a dash where there is none."""
    if value is None:
        return NOTHING
    return _("{low} to {high}").format(low=number(value[0], decimals), high=number(value[1], decimals))


def with_interval(value: float | None, ends: Sequence[float] | None, decimals: int) -> str:
    """A figure and its interval in brackets; the figure alone where there is no interval."""
    if ends is None:
        return number(value, decimals)
    return f"{number(value, decimals)} ({interval(ends, decimals)})"


def with_spread(mean: float | None, sd: float | None, decimals: int) -> str:
    """Mean (standard deviation)."""
    return number(mean, decimals) if sd is None else f"{number(mean, decimals)} ({number(sd, decimals)})"


def share(part: int | None, percentage: float | None) -> str:
    """n (%)."""
    return NOTHING if part is None else f"{count(part)} ({percent(percentage)})"


def grouped(value: float, decimals: int) -> str:
    """A figure with its thousands set apart, without decimals where it is whole."""
    return _marked(f"{value:,.{0 if value == int(value) else decimals}f}")


def _marked(text: str) -> str:
    """A figure as Python writes it, with a true minus sign and the language's marks for thousands and decimals."""
    marks = {
        ",": formats.get_format("THOUSAND_SEPARATOR"),
        ".": formats.get_format("DECIMAL_SEPARATOR"),
        "-": MINUS,
    }
    return text.translate(str.maketrans(marks))
