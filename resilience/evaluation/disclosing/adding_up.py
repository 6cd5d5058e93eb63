"""Which counts of a report stand in one table, and which add up to which: all that an attacker can build on.

A table that is new in the figures gets its function here, or its small groups are not hidden.
"""

from resilience.evaluation.disclosing import adding_up_exposure, adding_up_subgroups
from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

SIDES = ("coached", "not_coached")
STEPS = ("baseline", "started", "completed_modules", "offered_call", "one_call_or_more", "withdrew")


def known(figures: Figures) -> Known:
    """Return all tables of these figures, and what their counts must obey."""
    found = Known()
    _characteristics(figures, found)
    _baseline_scores(figures, found)
    _sides(figures, found)
    _arms(figures, found)
    adding_up_subgroups.tell(figures, found)
    adding_up_exposure.tell(figures, found)
    return found


def _characteristics(figures: Figures, found: Known) -> None:
    for _name, place in records(figures, ("characteristics",)):
        groups = tuple((*one, "n") for _group, one in records(figures, (*place, "groups")))
        if not groups:
            continue
        missing = (*place, "missing")
        found.tables.append(Table(groups, spare=(missing,)))
        found.add(parts=(*groups, missing), total=("characteristics", "n"))


def _baseline_scores(figures: Figures, found: Known) -> None:
    """Those with and without a call, of whom there is a score at baseline."""
    baseline = next(iter(at(figures, ("plan", "timepoints")) or ()), "")
    for measure, place in records(figures, ("characteristics", "scores")):
        sides = tuple((*place, side, "n") for side in SIDES)
        found.tables.append(Table(sides, together=(place,)))
        total: Path = ("measures", measure, "scores", baseline, "n")
        if has(figures, total):
            found.add(parts=sides, total=total)


def _sides(figures: Figures, found: Known) -> None:
    """Those with and without a call, who began and who answered. How many had a call is told of the whole programme."""
    places = tuple(("flow", side) for side in SIDES)
    if any(at(figures, place) is None for place in places):
        return
    began = tuple((*place, "started") for place in places)
    found.tables.append(Table(began, together=places))
    found.add(parts=began, total=("flow", "started"))
    steps = [began]
    for when in at(figures, (*places[0], "answered")) or ():
        answered = tuple((*place, "answered", when) for place in places)
        found.tables.append(Table(answered, together=places, primary=False))
        found.add(parts=answered, total=("flow", "answered", when))
        steps.append(answered)
    for coached, others in steps:
        found.within(coached, ("flow", "one_call_or_more"))
        found.within(others, ("flow", "consented"), less=("flow", "one_call_or_more"))


def _arms(figures: Figures, found: Known) -> None:
    """Groups as they were allocated. Whoever is in none is one of the whole programme and of no arm."""
    places = [place for _name, place in records(figures, ("flow", "arms"))]
    if not places:
        return
    sizes = tuple((*place, "n") for place in places)
    found.tables.append(Table(sizes))
    found.rules.append(_at_most(sizes, ("flow", "consented")))
    for step in STEPS:
        cells = tuple((*place, step) for place in places)
        _step(found, cells, sizes, ("flow", step))
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
