"""What may be told of a unit in a period: in a file of its own, in meta.json, or on a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import values
from resilience.evaluation.dataset.values import Odd as Odd
from resilience.evaluation.system_models import LONGEST_PERIOD, LONGEST_UNIT, Thing

MINUTES_OF_A_MONTH = 31 * 24 * 60
PERCENT, STATEMENT = (0, 100), (1, 5)
RANGES = {
    Thing.ABSENCE: PERCENT,
    Thing.LEAVING: PERCENT,
    Thing.UNSURE: STATEMENT,
    Thing.SENIORS: STATEMENT,
    Thing.ASKING: STATEMENT,
    Thing.AWARENESS: PERCENT,
    Thing.PROTECTED: (0, MINUTES_OF_A_MONTH),
}


@dataclass(frozen=True)
class Told:
    """One number for a unit and a period."""

    unit: str
    period: str
    outcome: str
    value: float


def name_of_unit(cell: str) -> str:
    """A unit's name as it was written: signs that could be a formula are kept, and printed as words alone."""
    return _short_text(cell, most=LONGEST_UNIT)


def name_of_period(cell: str) -> str:
    """A period's name."""
    return _short_text(cell, most=LONGEST_PERIOD)


def outcome(cell: str) -> str:
    """What is told of."""
    key = cell.strip().lower()
    if key not in Thing.values:
        raise Odd(_("is none of {known}").format(known=", ".join(Thing.values)))
    return key


def value(cell: str, of: str | None) -> float:
    """The number, within the range of what it is told of where that is known."""
    read = values.within(*RANGES[Thing(of)]) if of else values.number
    found = read(cell)
    if found is None:
        raise Odd(_("is empty: write a number, or take the row away"))
    return found


def read(raw: Any) -> list[Told]:
    """What meta.json tells: {outcome: {unit: {period: number}}}. Raises Odd."""
    return [
        Told(name_of_unit(unit), name_of_period(period), key, value(_plain(number), key))
        for word, units in _object(raw)
        for key in [outcome(word)]
        for unit, periods in _object(units)
        for period, number in _object(periods)
    ]


def write(rows: Iterable[Told]) -> dict[str, Any]:
    """The same as `read` takes it."""
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(row.outcome, {}).setdefault(row.unit, {})[row.period] = row.value
    return found


def _object(raw: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(raw, Mapping):
        raise Odd(_("write an object, as in {“absence”: {“Ward 1”: {“2027 Q1”: 4.5}}}"))
    return iter(raw.items())


def _plain(number: Any) -> str:
    return "" if isinstance(number, bool) or number is None else str(number)


def _short_text(cell: str, *, most: int) -> str:
    text = values.unmarked(cell.strip())
    if not text:
        raise Odd(_("is empty: fill it in"))
    if len(text) > most:
        raise Odd(_("is longer than {most} letters: shorten it").format(most=most))
    if values.UNSEEN.search(text):
        raise Odd(_("holds a line break or an unseen sign: take it out"))
    return text
