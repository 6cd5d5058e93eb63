"""What somebody could work out of hidden counts from all that is shown: whole numbers that obey every rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resilience.evaluation.disclosing.counts import MANY, Path, Rule

Counts = Mapping[Path, int | None]

NODES = 2_000  # steps, not seconds: a slow machine hides the same cells
LIMIT_REACHED = 1  # scipy's own number
UNSOLVED = -1  # the rules contradict each other, or no answer was found: what can be worked out is not known


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of which only hidden counts are left."""

    terms: tuple[tuple[Path, int], ...]
    low: float
    high: float


Solved = dict[tuple[tuple[Path, ...], tuple[Row, ...]], dict[Path, int]]


def forced(
    hidden: Iterable[Path], rules: Iterable[Rule], counts: Counts, solved: Solved | None = None
) -> dict[Path, int]:
    """The hidden counts of which only one value is possible, and that value. `counts` holds None for what is hidden.

    UNSOLVED stands for a count of which it cannot be said: whoever asks must take it for given away.
    `solved` remembers what was solved before: after each count that is hidden most of the rest is as it was.
    """
    rows = [row for row in (_row(rule, counts) for rule in rules) if row is not None]
    known: Solved = {} if solved is None else solved
    wanted, found = set(hidden), dict[Path, int]()
    for columns, left in _parts(wanted, rows):
        asked = tuple(cell for cell in columns if cell in wanted)
        if (asked, left) not in known:
            known[asked, left] = _forced(columns, left, asked)
        found |= known[asked, left]
    return found


def _row(rule: Rule, counts: Counts) -> Row | None:
    """The rule with what is shown put in; None where nothing hidden is left, or something was never told at all."""
    left: dict[Path, int] = defaultdict(int)
    told = 0
    for path, times in rule.terms:
        if path not in counts:
            return None
        value = counts[path]
        if value is None:
            left[path] += times
        else:
            told += times * value
    return Row(tuple(left.items()), rule.low - told, rule.high - told) if left else None


def _parts(hidden: set[Path], rows: list[Row]) -> Iterator[tuple[tuple[Path, ...], tuple[Row, ...]]]:
    """Hidden counts that have to do with each other, with the rules over them."""
    by_path: dict[Path, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for path, _times in row.terms:
            by_path[path].append(number)
    seen: set[Path] = set()
    for start in sorted(hidden):
        if start in seen:
            continue
        queue, members, numbers = [start], {start}, set()
        while queue:
            for number in by_path[queue.pop()]:
                if number not in numbers:
                    numbers.add(number)
                    fresh = {path for path, _times in rows[number].terms} - members
                    members |= fresh
                    queue += fresh
        seen |= members
        yield tuple(sorted(members)), tuple(rows[number] for number in sorted(numbers))


def _forced(columns: Sequence[Path], rows: Sequence[Row], asked: Sequence[Path]) -> dict[Path, int]:
    """One solution first; each further one that differs somewhere shows that those counts are free."""
    if not rows:
        return {}
    first = _seek(columns, rows, {})[0]
    if first is None:
        return dict.fromkeys(asked, UNSOLVED)
    free: set[Path] = set()
    goals = [dict.fromkeys(columns, 1), dict.fromkeys(columns, -1)]
    goals += [{cell: sign} for cell in asked for sign in (1, -1)]
    for goal in goals:
        if len(goal) == 1 and free.issuperset(goal):
            continue
        other, endless = _seek(columns, rows, goal)
        # Without end in this direction every value can be had; what was not found in so many steps counts as told.
        free |= set(goal) if endless and len(goal) == 1 else _differing(columns, first, other or first)
    return {cell: first[place] for place, cell in enumerate(columns) if cell in asked and cell not in free}


def _differing(columns: Sequence[Path], first: list[int], other: list[int]) -> set[Path]:
    return {cell for cell, one, two in zip(columns, first, other, strict=True) if one != two}


def _seek(
    columns: Sequence[Path], rows: Sequence[Row], goal: Mapping[Path, int]
) -> tuple[list[int] | None, bool]:
    """Whole numbers that obey the rules, as far as they can be towards a goal; and whether there is no end to it."""
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {cell: number for number, cell in enumerate(columns)}
    table = numpy.zeros((len(rows), len(columns)))
    for number, row in enumerate(rows):
        for cell, times in row.terms:
            table[number, place[cell]] += times
    low = numpy.array([_end(row.low) for row in rows])
    high = numpy.array([_end(row.high) for row in rows])
    cost = numpy.zeros(len(columns))
    for cell, times in goal.items():
        cost[place[cell]] = times
    found: Any = milp(
        cost,
        integrality=numpy.ones(len(columns)),
        bounds=Bounds(0, numpy.inf),
        constraints=[LinearConstraint(table, low, high)],
        options={"node_limit": NODES},
    )
    values = [round(float(value)) for value in found.x] if found.x is not None else None
    return values, values is None and found.status != LIMIT_REACHED


def _end(value: float) -> float:
    import numpy

    return numpy.copysign(numpy.inf, value) if abs(value) == MANY else value
