"""Tables by exposure: what each group was offered, change and opinions of those with and without a call."""

from collections.abc import Iterable

from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

SIDES = ("coached", "not_coached")
ROOT = "core_or_optional"
HAD = {1: ("flow", "one_call_or_more"), 2: ("flow", "two_calls_or_more")}
TOTALS = {"n": "consented", "offered": "offered_call", "accepted": "accepted_call"}


def had_calls(figures: Figures) -> Path | None:
    """Where it stands how many people had as many calls as make somebody coached."""
    path = HAD.get(at(figures, (ROOT, "coached_calls")) or 1)
    return path if path and has(figures, path) else None


def began(figures: Figures, cells: Iterable[Path]) -> dict[Path, Path]:
    """For counts of either side: those of that side who began, who are hidden where either side is too small."""
    of = {cell: next(("flow", side, "started") for side in SIDES if side in cell) for cell in cells}
    return {cell: parent for cell, parent in of.items() if has(figures, parent)}


def tell(figures: Figures, found: Known) -> None:
    """Add what the tables by exposure must obey."""
    _groups(figures, found)
    for measure, place in records(figures, (ROOT, "received")):
        for when, one in records(figures, place):
            _received(figures, found, measure, when, one)
    for measure, place in records(figures, (ROOT, "allocated")):
        for when, one in records(figures, place):
            _allocated(figures, found, measure, when, one)
    for item, place in records(figures, (ROOT, "acceptability")):
        _opinions(figures, found, item, place)
    for measure, place in records(figures, ("measures",)):
        _adjusted(figures, found, measure, place)


def _groups(figures: Figures, found: Known) -> None:
    """What each group, or each way of offering, was offered and took up: everybody is in one."""
    places = dict(records(figures, (ROOT, "groups")))
    sizes = tuple((*place, "n") for place in places.values())
    arms = {size: ("flow", "arms", name, "n") for name, size in zip(places, sizes, strict=True)}
    parents = {size: arm for size, arm in arms.items() if has(figures, arm)}
    had = had_calls(figures)
    totals = {count: ("flow", total) for count, total in TOTALS.items()} | ({"coached": had} if had else {})
    for count, total in totals.items() if places else ():
        cells = tuple((*place, count) for place in places.values())
        found.tables.append(Table(cells, primary=count == "n", parents=parents if count == "n" else {}))
        found.add(parts=cells, total=total)
        for cell, size in zip(cells, sizes, strict=True):
            found.within(cell, size)
    for size, arm in parents.items():
        found.same(size, arm)


def _received(figures: Figures, found: Known, measure: str, when: str, place: Path) -> None:
    sides = tuple((*place, side, "n") for side in SIDES)
    found.tables.append(Table(sides, parents=began(figures, sides), together=(place,), told=True))
    found.add(parts=sides, total=("measures", measure, "change", when, "n"))
    found.scores(*(side[:-1] for side in sides))
    for side, cell in zip(SIDES, sides, strict=True):
        for whole in (("flow", side, "answered", when), ("characteristics", "scores", measure, side, "n")):
            if has(figures, whole):
                found.within(cell, whole)


def _allocated(figures: Figures, found: Known, measure: str, when: str, place: Path) -> None:
    arms = {name: (*one, "n") for name, one in records(figures, place)}
    if not arms:
        return
    sizes = {cell: (ROOT, "groups", name, "n") for name, cell in arms.items()}
    parents = {cell: size for cell, size in sizes.items() if has(figures, size)}
    found.tables.append(Table(tuple(arms.values()), parents=parents, told=True))
    found.add(parts=arms.values(), total=("measures", measure, "change", when, "n"))
    found.scores(*(cell[:-1] for cell in arms.values()))
    for name, cell in arms.items():
        twin = ("measures", measure, "by_arm", when, "as_allocated", name, "n")
        if has(figures, twin):
            found.same(cell, twin)
            found.scores(cell[:-1], of=twin[:-1])
    for cell, size in parents.items():
        found.within(cell, size)


def _opinions(figures: Figures, found: Known, item: str, place: Path) -> None:
    sides = tuple((*place, side, "n") for side in SIDES)
    agree = tuple((*place, side, "agree") for side in SIDES)
    found.tables.append(Table(sides, parents=began(figures, sides), together=(place,), told=True))
    found.tables.append(Table(agree, together=(place,), primary=False))
    found.add(parts=sides, total=("acceptability", item, "n"))
    found.add(parts=agree, total=("acceptability", item, "agree"))
    for part, whole in zip(agree, sides, strict=True):
        found.within(part, whole)


def _adjusted(figures: Figures, found: Known, measure: str, place: Path) -> None:
    """Those of whom every covariate is known are some of the pairs, on either side."""
    kinds = ("coached_difference", "weighted_difference")
    for when, one in [pair for kind in kinds for pair in records(figures, (*place, kind))]:
        coached, everybody = (*one, "coached"), (*one, "n")
        with_call, without = ((ROOT, "received", measure, when, side, "n") for side in SIDES)
        if not (has(figures, coached) and has(figures, with_call) and has(figures, without)):
            continue
        parents = {coached: with_call, everybody: without}
        found.tables.append(
            Table((coached, everybody), parents=parents, together=(one,), primary=False, told=True)
        )
        found.within(coached, with_call)
        found.within(everybody, ("measures", measure, "change", when, "n"))
        found.rules.append(Rule(((without, 1), (everybody, -1), (coached, 1)), 0, MANY))
