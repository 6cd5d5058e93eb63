"""Which counts of a report stand in one table, and which add up to which: all that an attacker can build on.

A table that is new in the figures gets its function here, or its small groups are not hidden.
"""

from resilience.evaluation.disclosing import (
    adding_up_arms,
    adding_up_coaches,
    adding_up_doses,
    adding_up_exposure,
    adding_up_missing,
    adding_up_subgroups,
    adding_up_traits,
)
from resilience.evaluation.disclosing.counts import Figures, Known, Path, Table, at, has, records

SIDES = ("coached", "not_coached")


def known(figures: Figures) -> Known:
    """Return all tables of these figures, and what their counts must obey."""
    found = Known()
    _sides(figures, found)
    _characteristics(figures, found)
    _baseline_scores(figures, found)
    adding_up_arms.tell(figures, found)
    adding_up_subgroups.tell(figures, found)
    adding_up_missing.tell(figures, found)
    adding_up_exposure.tell(figures, found)
    adding_up_doses.tell(figures, found)
    adding_up_coaches.tell(figures, found)
    adding_up_traits.tell(figures, found)
    return found


def _sides(figures: Figures, found: Known) -> None:
    """Those with and without a call, who began and who answered."""
    places = tuple(("flow", side) for side in SIDES)
    if any(at(figures, place) is None for place in places):
        return
    began = tuple((*place, "started") for place in places)
    found.tables.append(Table(began, together=places, kept=True))
    found.add(parts=began, total=("flow", "started"))
    steps = [began]
    for when in at(figures, (*places[0], "answered")) or ():
        answered = tuple((*place, "answered", when) for place in places)
        found.tables.append(Table(answered, together=places, primary=False, kept=True))
        found.add(parts=answered, total=("flow", "answered", when))
        steps.append(answered)
    had = adding_up_exposure.had_calls(figures)
    for coached, others in steps if had else ():
        found.within(coached, had)
        found.within(others, ("flow", "consented"), less=had)


def _characteristics(figures: Figures, found: Known) -> None:
    for _name, place in records(figures, ("characteristics",)):
        groups = tuple((*one, "n") for _group, one in records(figures, (*place, "groups")))
        if groups:
            missing = (*place, "missing")
            found.tables.append(Table(groups, spare=(missing,)))
            found.add(parts=(*groups, missing), total=("characteristics", "n"))


def _baseline_scores(figures: Figures, found: Known) -> None:
    """Those with and without a call, of whom there is a score at baseline."""
    baseline = next(iter(at(figures, ("plan", "timepoints")) or ()), "")
    for measure, place in records(figures, ("characteristics", "scores")):
        sides = tuple((*place, side, "n") for side in SIDES)
        found.tables.append(
            Table(sides, parents=adding_up_exposure.began(figures, sides), together=(place,), told=True)
        )
        found.scores(*(side[:-1] for side in sides))
        total: Path = ("measures", measure, "scores", baseline, "n")
        if has(figures, total):
            found.add(parts=sides, total=total)
