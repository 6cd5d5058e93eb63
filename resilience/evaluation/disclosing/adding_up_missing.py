"""Those who answered later and those who did not: by characteristic, and what they scored at baseline."""

from collections import defaultdict

from resilience.evaluation.disclosing.counts import Figures, Known, Path, Rule, Table, at, has, records

PARTS = ("answered", "did_not")


def tell(figures: Figures, found: Known) -> None:
    """Add what the tables of those who answered and of those who did not must obey."""
    for _when, place in records(figures, ("missing", "nonresponse")):
        _scores(figures, found, place)
        rows: dict[str, dict[str, Path]] = defaultdict(dict)
        for _number, row in records(figures, (*place, "traits")):
            rows[at(figures, (*row, "characteristic"))][at(figures, (*row, "group"))] = row
        for name, groups in rows.items():
            _traits(figures, found, place, name, groups)


def _scores(figures: Figures, found: Known, place: Path) -> None:
    for _measure, one in records(figures, (*place, "scores")):
        cells = tuple((*one, part, "n") for part in PARTS)
        found.tables.append(Table(cells, together=(one,), told=True))
        found.scores(*(cell[:-1] for cell in cells))


def _traits(figures: Figures, found: Known, place: Path, name: str, groups: dict[str, Path]) -> None:
    of = {row: ("characteristics", name, "groups", group, "n") for group, row in groups.items()}
    for part in PARTS:
        cells = {(*row, part): row for row in groups.values()}
        parents = {cell: of[row] for cell, row in cells.items() if has(figures, of[row])}
        # Who answered is no secret of a large group: the tables of change tell how many of it did.
        found.tables.append(Table(tuple(cells), parents=parents, primary=False))
        found.add(parts=cells, total=(*place, part), missing=("characteristics", name, "missing"))
    # Whoever was asked answered or did not; how many were not asked follows from the totals.
    not_asked = ((("characteristics", "n"), -1), ((*place, "answered"), 1), ((*place, "did_not"), 1))
    for row, whole in of.items():
        if has(figures, whole):
            asked = (((*row, "answered"), 1), ((*row, "did_not"), 1))
            found.rules.append(Rule((*asked, (whole, -1)), -float("inf"), 0))
            found.rules.append(
                Rule((*asked, (whole, -1), *((path, -n) for path, n in not_asked)), 0, float("inf"))
            )
