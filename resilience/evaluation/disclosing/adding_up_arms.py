"""Groups as they were allocated: how far they went, how they changed, and how those of them with a call did."""

from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

SIDES = ("coached", "not_coached")
STEPS = ("baseline", "started", "completed_modules", "offered_call", "one_call_or_more", "withdrew")


def tell(figures: Figures, found: Known) -> None:
    """Add what the tables of groups must obey."""
    _flow(figures, found)
    for measure, place in records(figures, ("measures",)):
        for when, one in records(figures, (*place, "by_arm")):
            _changed(figures, found, measure, when, one)


def _flow(figures: Figures, found: Known) -> None:
    """Whoever is in no group is one of the whole programme and of no arm."""
    places = [place for _name, place in records(figures, ("flow", "arms"))]
    if not places:
        return
    sizes = tuple((*place, "n") for place in places)
    found.tables.append(Table(sizes))
    found.rules.append(_at_most(sizes, ("flow", "consented")))
    for step in STEPS:
        _step(found, tuple((*place, step) for place in places), sizes, ("flow", step))
    for when in at(figures, (*places[0], "answered")) or ():
        cells = tuple((*place, "answered", when) for place in places)
        _step(found, cells, sizes, ("flow", "answered", when))


def _step(found: Known, cells: tuple[Path, ...], sizes: tuple[Path, ...], total: Path) -> None:
    found.tables.append(Table(cells, primary=False))
    found.rules.append(_at_most(cells, total))
    for cell, size in zip(cells, sizes, strict=True):
        found.within(cell, size)


def _at_most(parts: tuple[Path, ...], total: Path) -> Rule:
    return Rule((*((part, 1) for part in parts), (total, -1)), -MANY, 0)


def _changed(figures: Figures, found: Known, measure: str, when: str, place: Path) -> None:
    pairs = ("measures", measure, "change", when, "n")
    arms = {name: (*one, "n") for name, one in records(figures, (*place, "as_allocated"))}
    sizes = {cell: ("flow", "arms", name, "n") for name, cell in arms.items()}
    parents = {cell: size for cell, size in sizes.items() if has(figures, size)}
    found.tables.append(Table(tuple(arms.values()), parents=parents, told=True))
    found.rules.append(_at_most(tuple(arms.values()), pairs))
    found.scores(*(cell[:-1] for cell in arms.values()))
    for arm, one in records(figures, (*place, "as_received")):
        sides = tuple((*one, side, "n") for side in SIDES)
        found.tables.append(Table(sides, parents=dict.fromkeys(sides, arms[arm]), together=(one,)))
        found.add(parts=sides, total=arms[arm])
        found.scores(*(side[:-1] for side in sides), of=arms[arm][:-1])
    _across(figures, found, measure, when, place)


def _across(figures: Figures, found: Known, measure: str, when: str, place: Path) -> None:
    """Those with a call of every group are those with a call; whoever is in no group is one of them too."""
    for side in SIDES:
        whole = ("core_or_optional", "received", measure, when, side, "n")
        cells = tuple((*one, side, "n") for _arm, one in records(figures, (*place, "as_received")))
        if cells and has(figures, whole):
            found.rules.append(_at_most(cells, whole))
            found.scores(*(cell[:-1] for cell in cells), of=whole[:-1])
            found.tables.append(Table(cells, parents=dict.fromkeys(cells, whole)))
