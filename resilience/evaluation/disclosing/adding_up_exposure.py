"""Tables by exposure: what each group was offered, change and opinions of those with and without a call, doses."""

from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

SIDES = ("coached", "not_coached")
ROOT = "core_or_optional"
TOTALS = {
    "n": "consented",
    "offered": "offered_call",
    "accepted": "accepted_call",
    "coached": "one_call_or_more",
}


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
        _doses(figures, found, measure, place)
        _adjusted(figures, found, measure, place)


def _groups(figures: Figures, found: Known) -> None:
    """What each group, or each way of offering, was offered and took up: everybody is in one."""
    places = dict(records(figures, (ROOT, "groups")))
    sizes = tuple((*place, "n") for place in places.values())
    arms = {size: ("flow", "arms", name, "n") for name, size in zip(places, sizes, strict=True)}
    parents = {size: arm for size, arm in arms.items() if has(figures, arm)}
    for count, total in TOTALS.items():
        cells = tuple((*place, count) for place in places.values())
        if cells:
            found.tables.append(Table(cells, primary=count == "n", parents=parents if count == "n" else {}))
            found.add(parts=cells, total=("flow", total))
        for cell, size in zip(cells, sizes, strict=True):
            found.within(cell, size)
    for size, arm in parents.items():
        found.same(size, arm)


def _received(figures: Figures, found: Known, measure: str, when: str, place: Path) -> None:
    sides = tuple((*place, side, "n") for side in SIDES)
    found.tables.append(Table(sides, together=(place,)))
    found.add(parts=sides, total=("measures", measure, "change", when, "n"))
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
    found.tables.append(Table(tuple(arms.values()), parents=parents))
    found.add(parts=arms.values(), total=("measures", measure, "change", when, "n"))
    for cell, size in parents.items():
        found.within(cell, size)


def _opinions(figures: Figures, found: Known, item: str, place: Path) -> None:
    for count in ("n", "agree"):
        sides = tuple((*place, side, count) for side in SIDES)
        found.tables.append(Table(sides, together=(place,), primary=count == "n"))
        found.add(parts=sides, total=("acceptability", item, count))
    for side in SIDES:
        found.within((*place, side, "agree"), (*place, side, "n"))


def _doses(figures: Figures, found: Known, measure: str, place: Path) -> None:
    """People by number of calls. Those without any are the very people who are not coached, where one call counts."""
    for when, one in records(figures, (*place, "per_call")):
        groups = {calls: (*dose, "n") for calls, dose in records(figures, (*one, "groups"))}
        if not groups:
            continue
        found.tables.append(Table(tuple(groups.values())))
        found.add(parts=groups.values(), total=("measures", measure, "change", when, "n"))
        without = (ROOT, "received", measure, when, "not_coached", "n")
        if at(figures, (ROOT, "coached_calls")) == 1 and has(figures, without) and "0" in groups:
            found.same(groups["0"], without)


def _adjusted(figures: Figures, found: Known, measure: str, place: Path) -> None:
    """Those of whom every covariate is known are some of the pairs, on either side."""
    for when, one in records(figures, (*place, "coached_difference")):
        coached, everybody = (*one, "coached"), (*one, "n")
        with_call, without = ((ROOT, "received", measure, when, side, "n") for side in SIDES)
        if not (has(figures, coached) and has(figures, with_call) and has(figures, without)):
            continue
        parents = {coached: with_call, everybody: without}
        found.tables.append(Table((coached, everybody), parents=parents, together=(one,), primary=False))
        found.within(coached, with_call)
        found.within(everybody, ("measures", measure, "change", when, "n"))
        found.rules.append(Rule(((without, 1), (everybody, -1), (coached, 1)), 0, MANY))
