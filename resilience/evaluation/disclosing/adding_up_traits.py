"""Who those with and without a call were at baseline: parts of each group, and of either side."""

from resilience.evaluation.disclosing import adding_up_exposure
from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

ROOT = "traits_by_calls"
SIDES = ("coached", "not_coached")


def tell(figures: Figures, found: Known) -> None:
    """Add what the table by calls must obey."""
    if not has(figures, (ROOT, "people")):
        return
    people = dict(zip(SIDES, _sides((ROOT, "people")), strict=True))
    _people(figures, found, people)
    for name, place in records(figures, (ROOT, "categories")):
        _category(figures, found, name, place, people)
    for name, place in records(figures, (ROOT, "numbers")):
        _number(figures, found, name, place, people)


def _sides(place: Path) -> tuple[Path, ...]:
    return tuple((*place, side, "n") for side in SIDES)


def _people(figures: Figures, found: Known, people: dict[str, Path]) -> None:
    cells = tuple(people.values())
    parents = adding_up_exposure.began(figures, cells)
    found.tables.append(Table(cells, parents=parents, together=((ROOT, "people"),), told=True))
    found.add(parts=cells, total=("characteristics", "n"))
    if had := adding_up_exposure.had_calls(figures):
        found.within(people["coached"], had)
        found.within(people["not_coached"], ("flow", "consented"), less=had)
    for _measure, scores in records(figures, ("characteristics", "scores")):
        for side in SIDES:
            found.within((*scores, side, "n"), people[side])


def _category(figures: Figures, found: Known, name: str, place: Path, people: dict[str, Path]) -> None:
    """Those with a call of each group, and those without: both stand in one record and go together."""
    groups = {group: (*one, "coached") for group, one in records(figures, (*place, "groups"))}
    whole: dict[str, Path] = {group: ("characteristics", name, "groups", group, "n") for group in groups}
    missing = tuple((*place, "missing", side) for side in SIDES)
    cells = tuple(groups.values())
    rest = {(*cell[:-1], "not_coached"): cell for cell in cells}
    # As in the table of who took up a call, how many of a large group had one is no secret; nothing else is told here.
    sides = dict.fromkeys(cells, people["coached"])
    of = {cell: whole[group] for group, cell in groups.items()}
    found.tables.append(Table(cells, parents=sides, spare=missing, primary=False))
    found.tables.append(Table(cells, parents=of, primary=False))
    found.tables.append(Table(tuple(rest), parents=rest, primary=False))
    found.add(parts=(*cells, missing[0]), total=people["coached"])
    found.add(parts=missing, total=("characteristics", name, "missing"))
    for group, cell in groups.items():
        found.add(parts=(cell, (*cell[:-1], "not_coached")), total=whole[group])
        _took(figures, found, name, group, cell, people["coached"])


def _took(figures: Figures, found: Known, name: str, group: str, cell: Path, people: Path) -> None:
    """Of the same group those who were offered a call and had one: but for a few they are the same people.

    With a call and a baseline, and never offered one: at most as many as had a call without being offered any. Offered
    one and with a call, and without a baseline: at most as many as had a call without a baseline.
    """
    took = ("fairness", "by", name, "groups", group, "took", "n")
    all_took, had = ("fairness", "took", "n"), adding_up_exposure.had_calls(figures)
    if had and has(figures, took) and at(figures, all_took) is not None:
        found.rules.append(Rule(((took, 1), (had, 1), (all_took, -1), (cell, -1)), 0, MANY))
        found.rules.append(Rule(((cell, 1), (had, 1), (people, -1), (took, -1)), 0, MANY))


def _number(figures: Figures, found: Known, name: str, place: Path, people: dict[str, Path]) -> None:
    cells = _sides(place)
    found.tables.append(
        Table(cells, parents=adding_up_exposure.began(figures, cells), together=(place,), told=True)
    )
    found.add(parts=cells, total=("characteristics", name, "n"))
    found.scores(*(cell[:-1] for cell in cells))
    for side, cell in zip(SIDES, cells, strict=True):
        found.within(cell, people[side])
