"""What the people of a group scored, worked out from what others scored: sums of scores that are not shown."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from resilience.evaluation.disclosing.counts import Path

EXACT = 1e-9

Sum = Mapping[Path, int]


def given_away(rows: Sequence[Sum], is_shown: Callable[[Path], bool]) -> Iterator[set[Path]]:
    """For each hidden group whose sum follows from the rest: the groups beside it, of which one has to go too.

    Each of `rows`, so many times the sum of each group, is a number that is known. A sum follows where the equations
    leave it no freedom.
    """
    for columns, numbers in _parts(rows, is_shown):
        for place in _determined(columns, [rows[number] for number in numbers]):
            beside = {one for number in numbers if place in rows[number] for one in rows[number]}
            yield beside - {place}


def _parts(
    rows: list[tuple[Path, ...]], is_shown: Callable[[Path], bool]
) -> Iterator[tuple[list[Path], list[int]]]:
    by_place: dict[Path, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for place in row:
            if not is_shown(place):
                by_place[place].append(number)
    seen: set[Path] = set()
    for start in sorted(by_place):
        if start in seen:
            continue
        queue, members, numbers = [start], {start}, set()
        while queue:
            for number in set(by_place[queue.pop()]) - numbers:
                numbers.add(number)
                fresh = {place for place in rows[number] if place in by_place} - members
                members |= fresh
                queue += fresh
        seen |= members
        yield sorted(members), sorted(numbers)


def _determined(columns: list[Path], rows: Sequence[Sum]) -> list[Path]:
    """The columns that are the same in every solution: nothing of the null space lies in them."""
    import numpy

    table = numpy.array([[float(row.get(place, 0)) for place in columns] for row in rows])
    _u, sizes, directions = numpy.linalg.svd(table)
    rank = int((sizes > EXACT).sum())
    free = numpy.abs(directions[rank:]).sum(axis=0) if rank < len(columns) else numpy.zeros(len(columns))
    return [place for place, freedom in zip(columns, free, strict=True) if freedom < EXACT]
