"""Hide what is too small, and then as much more as is needed that nothing shown gives it away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resilience.evaluation.disclosing import adding_up, links, solving, sums
from resilience.evaluation.disclosing.counts import Known, Path, Table, at

HIDDEN = "hidden"
NAMES = ("characteristic", "group")
COUNTS = ("n", "coached")  # what stays of a muted record

Figures = dict[str, Any]


@dataclass(slots=True)
class Work:
    """A report whose figures are being hidden: the figures, all that is known of them, and what is hidden so far.

    Of a muted record the number of people stays, and what they scored or said goes.
    """

    figures: Figures
    threshold: int
    known: Known
    values: dict[Path, int]
    hidden: set[Path] = field(default_factory=set)
    muted: set[Path] = field(default_factory=set)

    @classmethod
    def of(cls, figures: Figures, *, threshold: int) -> "Work":
        """Begin with everything shown."""
        known = adding_up.known(figures)
        return cls(figures, threshold, known, values_of(figures, known))


def values_of(figures: Mapping[str, Any], known: Known) -> dict[Path, Any]:
    """Each count that a table or a rule speaks of, where the figures hold it."""
    paths = {path for rule in known.rules for path, _times in rule.terms}
    paths |= {path for table in known.tables for path in table.all()}
    found = {path: at(figures, path) for path in paths}
    return {path: n for path, n in found.items() if isinstance(n, int) and not isinstance(n, bool)}


def hide(figures: Figures, *, threshold: int, before: Sequence[Figures] = (), secondary: bool = True) -> None:
    """Hide in place. `before` are figures that were published earlier of the same people and of fewer.

    Without `secondary` only what is too small by itself goes: that is for showing why it is not enough.
    """
    work = Work.of(figures, threshold=threshold)
    held = [links.Earlier.of(each) for each in before]
    for table in work.known.tables:
        _hide_small(work, table, held, secondary=secondary)
    if secondary:
        _close(work, held)
    write(work)


def small(counts: Mapping[Any, int], *, threshold: int, start: Iterable[Any] = ()) -> set[Any]:
    """The groups to hide: those below the threshold, then the next smallest, so that a total gives none away."""
    ranked = sorted(counts, key=lambda name: (counts[name], name))
    hide = {name for name in ranked if 0 < counts[name] < threshold} | set(start)
    for name in ranked:
        if not hide or (len(hide) > 1 and sum(counts[one] for one in hide) >= threshold):
            break
        hide.add(name)
    return hide


def _hide_small(work: Work, table: Table, before: Sequence[links.Earlier], *, secondary: bool) -> None:
    counts = {cell: work.values[cell] for cell in table.cells if cell in work.values}
    start = {cell for cell in counts if table.parents.get(cell) in work.hidden}
    if table.means:
        start |= {cell for cell, n in counts.items() if _few_came(cell, n, work.threshold, before)}
    few = {cell for cell, n in counts.items() if table.primary and 0 < n < work.threshold}
    if secondary and (few or start):
        few |= small(counts, threshold=work.threshold if table.primary else 0, start=start)
    if table.told and not start:
        _mute(work, table, few or {cell for cell in counts if table.parents.get(cell, ())[:-1] in work.muted})
    else:
        _take(work, table, few | start)


def _few_came(cell: Path, n: int, threshold: int, before: Sequence[links.Earlier]) -> bool:
    """Whether so few came since an earlier report that its mean and the new one give theirs."""
    earlier = [shown for each in before if (shown := each.counts.get(cell)) is not None]
    return any(0 < abs(n - shown) < threshold for shown in earlier)


def _take(work: Work, table: Table, cells: set[Path]) -> None:
    if not cells:
        return
    places = [*table.together, *(record(cell, table) for cell in cells)]
    work.hidden |= {path for path in work.values if any(path[: len(place)] == place for place in places)}


def _mute(work: Work, table: Table, cells: set[Path]) -> None:
    if cells:
        places = {
            *table.together,
            *(cell[:-1] for cell in cells),
            *(cell[:-1] for cell in table.cells if table.together),
        }
        work.muted |= places
        work.hidden |= {path for path in work.values if path[-1] not in COUNTS and _in(path, places)}


def _in(path: Path, places: set[Path]) -> bool:
    return any(path[:end] in places for end in range(1, len(path)))


def record(cell: Path, table: Table) -> Path:
    """What goes with a hidden count: the whole of its record, or a count of its own alone."""
    return cell if cell in table.spare else cell[:-1]


def _close(work: Work, before: Sequence[links.Earlier]) -> None:
    """Go on hiding until no hidden count, here or in an earlier report, and no hidden sum can be worked out."""
    solved: solving.Solved = {}
    hopeless: set[Path] = set()
    every = {cell for table in work.known.tables for cell in table.all()} & work.values.keys()
    while True:
        given, unsolved = _given_away(work, work.hidden, before, solved)
        if given:
            # What the totals of the whole programme say by themselves is no secret of the table's.
            sure, doubtful = _given_away(work, every, before, solved, only=given - hopeless)
            hopeless |= sure - doubtful
        if not _hide_more(work, given - hopeless) and not _mute_more(work):
            break
    told = (given - unsolved) & work.hidden
    work.muted |= {record(cell, table) for table in work.known.tables for cell in told & set(table.cells)}
    work.hidden -= told


def _mute_more(work: Work) -> bool:
    """Mute the smallest group beside each whose scores can be worked out from the others'; whether there was any."""
    done = False
    for places in sums.given_away(work.known.sums, lambda place: _is_shown(work, place)):
        found = [
            (table, cell)
            for table in work.known.tables
            for cell in table.cells
            if not table.kept and cell[:-1] in places and work.values.get(cell) and _is_shown(work, cell[:-1])
        ]
        if found:
            table, cells = _smallest(work, found)
            (_mute if table.told else _take)(work, table, cells)
            done = True
    return done


def _is_shown(work: Work, place: Path) -> bool:
    """Whether what the people of a record scored is told; of nobody it is known."""
    cell = (*place, "n")
    n = work.values.get(cell)
    return not n or not (cell in work.hidden or place in work.muted or place[:-1] in work.muted)


def _given_away(
    work: Work,
    hidden: set[Path],
    before: Sequence[links.Earlier],
    solved: solving.Solved,
    *,
    only: set[Path] | None = None,
) -> tuple[set[Path], set[Path]]:
    """What can be worked out, or cannot be shown to stay hidden; and the latter alone."""
    shown = {path: None if path in hidden else n for path, n in work.values.items()}
    counts, rules = links.joined(shown, work.known.rules, work.figures, before)
    wanted = {path for path, n in counts.items() if n is None} if only is None else only
    found = solving.forced(wanted, rules, counts, solved)
    return set(found), {path for path, n in found.items() if n == solving.UNSOLVED}


def _hide_more(work: Work, given: set[Path]) -> bool:
    """Hide the smallest count beside each that is given away; whether there was any to hide.

    First of the same part of the figures, while there is any: a detail does not take a total with it.
    """
    return _hide_beside(work, given, own_part=True) or _hide_beside(work, given, own_part=False)


def _hide_beside(work: Work, given: set[Path], *, own_part: bool) -> bool:
    """Hide the smallest count beside each, once a table."""
    touched: set[Path] = set()
    for cell in sorted(given):
        near = _neighbours(work, cell)
        if own_part:
            near = [(table, one) for table, one in near if one[0] == links.own(cell)[0]]
        if near and not touched & {one for _table, one in near}:
            touched |= {one for _table, one in near}
            _take(work, *_smallest(work, near))
    return bool(touched)


def _neighbours(work: Work, cell: Path) -> list[tuple[Table, Path]]:
    """The counts still shown that stand in a table, or under a rule, with a count that can be worked out."""
    own = links.own(cell)
    near = {
        path
        for rule in work.known.rules
        if any(own == path for path, _n in rule.terms)
        for path, _n in rule.terms
    }
    free = [table for table in work.known.tables if not (table.told or table.kept)]
    tables = [table for table in free if own in table.all() or near & set(table.cells)]
    return [
        (table, one)
        for table in tables
        for one in table.all()
        if one in work.values and one not in work.hidden and (one in near or own in table.all())
    ]


def _smallest(work: Work, found: list[tuple[Table, Path]]) -> tuple[Table, set[Path]]:
    def cost(each: tuple[Table, Path]) -> tuple[bool, int, Path]:
        table, cell = each
        return cell in table.spare, work.values[cell], cell

    table, cell = min(found, key=cost)
    return table, {cell}


def write(work: Work) -> None:
    """Put None where something is hidden, and say so beside it."""
    records = {
        record(cell, table) for table in work.known.tables for cell in table.all() if cell in work.hidden
    }
    records |= {
        place for table in work.known.tables if work.hidden & set(table.cells) for place in table.together
    }
    for place in sorted(work.muted | records):
        if not any(place[:end] in work.muted | records for end in range(1, len(place))):
            _blank(work.figures, place)
    for path in work.values.keys() - work.hidden:
        parent = at(work.figures, path[:-1])
        if isinstance(parent, dict):
            parent[path[-1]] = work.values[path]


def _blank(figures: Figures, place: Path) -> None:
    parent = at(figures, place[:-1])
    if isinstance(parent, list):
        parent[int(place[-1])] = blank(parent[int(place[-1])], keep=NAMES)
    elif isinstance(parent[place[-1]], Mapping):
        parent[place[-1]] = blank(parent[place[-1]])
    else:
        parent[place[-1]] = None
        parent[HIDDEN] = True


def blank(figure: Mapping[str, Any], *, keep: Iterable[str] = ()) -> dict[str, Any]:
    """The same keys with None in every leaf, marked as hidden: never 0, never left out."""
    return _nothing(figure) | {key: figure[key] for key in keep if key in figure} | {HIDDEN: True}


def _nothing(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _nothing(one) if isinstance(one, Mapping) else None for key, one in figure.items()}
