"""What a cell may hold. Each reader returns the value, None for an empty cell, or raises Odd with what to do."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from resilience.evaluation.imported_models import LONGEST_CODE

TRUE, FALSE = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,15})?")
DECIMAL_COMMA = re.compile(r"-?\d{1,12},\d{1,15}")
MAYBE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}")
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
OLDEST, MOST_OF_ANYTHING = 120, 1000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
MARK = "'"

Value = str | int | float | bool | None
Reader = Callable[[str], Value]


class Odd(ValueError):
    """A cell cannot be taken as it is; the message says what to do."""


def words(cell: str) -> str:
    """A short text. A formula that somebody disarmed with a mark in front is given back as it was."""
    text = unmarked(cell.strip())
    if len(text) > LONGEST_CODE:
        raise Odd(_("is longer than {most} letters: shorten it").format(most=LONGEST_CODE))
    if UNSEEN.search(text):
        raise Odd(_("holds a line break or an unseen sign: take it out"))
    return text


def code(cell: str) -> str:
    """A short text that must be there."""
    text = words(cell)
    if not text:
        raise Odd(_("is empty: fill it in"))
    if text.startswith(FORMULA):
        raise Odd(
            _("“{cell}” begins like a formula: use a code that begins with a letter or a digit").format(
                cell=_short(text)
            )
        )
    return text


def flag(cell: str) -> bool | None:
    """Yes or no."""
    text = cell.strip().lower()
    if not text:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    raise Odd(_("“{cell}” is neither 0 nor 1: write one of them").format(cell=_short(cell)))


def number(cell: str) -> int | float | None:
    """A number, also with a decimal comma where that can mean nothing else."""
    text = cell.strip()
    if not text:
        return None
    if MAYBE_THOUSANDS.fullmatch(text):
        raise Odd(_("“{cell}” can be read in two ways: write it with a point, or without").format(cell=text))
    if DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        raise Odd(_("“{cell}” is not a number: write one, or leave it empty").format(cell=_short(cell)))
    value = float(text)
    return int(value) if value == int(value) else value


def within(low: float, high: float, *, whole: bool = False) -> Reader:
    """Return a reader of numbers between two ends."""

    def read(cell: str) -> int | float | None:
        value = number(cell)
        if value is not None and not low <= value <= high:
            raise Odd(
                _("{cell} is not between {low} and {high}: put it right").format(
                    cell=_short(cell), low=low, high=high
                )
            )
        if whole and isinstance(value, float):
            raise Odd(_("{cell} is not a whole number: put it right").format(cell=_short(cell)))
        return value

    return read


years = within(0, OLDEST)
count = within(0, MOST_OF_ANYTHING, whole=True)
minutes = within(0, MOST_OF_ANYTHING)


def marked(value: str) -> str:
    """A text that no spreadsheet takes for a formula; `words` reads it back as it was."""
    return MARK + value if value.lstrip(MARK).startswith(FORMULA) else value


def unmarked(text: str) -> str:
    """What `marked` was given."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(FORMULA) else text


def _short(cell: str) -> str:
    text = cell.strip()
    return text if len(text) <= 30 else f"{text[:30]}…"
