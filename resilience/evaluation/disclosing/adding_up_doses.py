"""People by how many calls they had, and by how many modules they finished, with their change."""

from resilience.evaluation.disclosing.counts import MANY, Figures, Known, Path, Rule, Table, at, has, records

ROOT = "core_or_optional"


def tell(figures: Figures, found: Known) -> None:
    """Add what the tables by dose must obey."""
    for measure, place in records(figures, ("measures",)):
        for when, one in records(figures, (*place, "per_call")):
            groups = _doses(figures, found, measure, when, one)
            _calls(figures, found, measure, when, groups)
        for when, one in records(figures, (*place, "per_module")):
            groups = _doses(figures, found, measure, when, one)
            found.tables.append(Table(tuple(groups.values())))
            for number, cell in groups.items():
                if has(figures, whole := ("delivery", "modules", number)):
                    found.within(cell, whole)


def _doses(figures: Figures, found: Known, measure: str, when: str, place: Path) -> dict[str, Path]:
    groups = {number: (*dose, "n") for number, dose in records(figures, (*place, "groups"))}
    if groups:
        found.add(parts=groups.values(), total=("measures", measure, "change", when, "n"))
        found.scores(*(cell[:-1] for cell in groups.values()))
    return groups


def _calls(figures: Figures, found: Known, measure: str, when: str, groups: dict[str, Path]) -> None:
    """How many people had a call, and two, is told of the whole programme; who had too few is not coached."""
    one, two, everybody = (("flow", key) for key in ("one_call_or_more", "two_calls_or_more", "consented"))
    if "0" in groups and has(figures, one):
        found.within(groups["0"], everybody, less=one)
    if "1" in groups and has(figures, two):
        found.within(groups["1"], one, less=two)
    several = tuple(cell for number, cell in groups.items() if int(number) >= 2)
    if several and has(figures, two):
        found.rules.append(Rule((*((cell, 1) for cell in several), (two, -1)), -MANY, 0))
    needed = at(figures, (ROOT, "coached_calls")) or 1
    few = tuple(cell for number, cell in groups.items() if int(number) < needed)
    without = (ROOT, "received", measure, when, "not_coached", "n")
    if few and has(figures, without):
        found.add(parts=few, total=without)
        found.scores(*(cell[:-1] for cell in few), of=without[:-1])
    alone = few if len(few) == 1 and has(figures, without) else ()
    # Those without a call are the very people of the other side, of whom it is told how many they are.
    found.tables.append(Table(alone, parents=dict.fromkeys(alone, without), told=True))
    found.tables.append(Table(tuple(cell for cell in groups.values() if cell not in alone)))
