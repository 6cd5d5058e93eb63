"""Tables by characteristic: change by subgroup, and uptake and rating of the fairness table."""

from resilience.evaluation.disclosing.counts import Figures, Known, Path, Table, at, has, records


def tell(figures: Figures, found: Known) -> None:
    """Add what the tables by characteristic must obey."""
    _change(figures, found)
    _fairness(figures, found)


def _change(figures: Figures, found: Known) -> None:
    """Pairs of each group, of which the whole programme's are told; those who did not say are in no group."""
    for name, category in records(figures, ("subgroups",)):
        for measure, place in records(figures, category):
            groups = {group: (*one, "n") for group, one in records(figures, place)}
            total = _first_pairs(figures, measure)
            if not groups:
                continue
            parents = _parents(figures, name, groups)
            found.tables.append(Table(tuple(groups.values()), parents=parents, means=True))
            if total is not None:
                found.add(parts=groups.values(), total=total, missing=("characteristics", name, "missing"))
            for cell, parent in parents.items():
                found.within(cell, parent)


def _first_pairs(figures: Figures, measure: str) -> Path | None:
    when = next(iter(at(figures, ("measures", measure, "change")) or ()), None)
    return ("measures", measure, "change", when, "n") if when else None


def _parents(figures: Figures, name: str, groups: dict[str, Path]) -> dict[Path, Path]:
    of = {cell: ("characteristics", name, "groups", group, "n") for group, cell in groups.items()}
    return {cell: parent for cell, parent in of.items() if has(figures, parent)}


def _fairness(figures: Figures, found: Known) -> None:
    """Who was offered a call, who had one, who rated it, by group."""
    for name, place in records(figures, ("fairness", "by")):
        groups = {group: (*one, "n") for group, one in records(figures, (*place, "groups"))}
        if not groups:
            continue
        missing = (*place, "missing")
        offered = tuple(groups.values())
        parents = _parents(figures, name, groups)
        found.tables.append(Table(offered, parents=parents, spare=(missing,)))
        found.add(parts=(*offered, missing), total=("fairness", "offered"))
        for part in ("took", "rating"):
            cells = tuple((*cell[:-1], part, "n") for cell in offered)
            inside = dict(zip(cells, offered, strict=True))
            found.tables.append(
                Table(cells, parents=inside, primary=part == "rating", means=part == "rating")
            )
            found.add(parts=cells, total=("fairness", part, "n"), missing=missing)
            for cell, parent in inside.items():
                found.within(cell, parent)
