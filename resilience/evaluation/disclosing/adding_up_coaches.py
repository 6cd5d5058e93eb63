"""People with calls by their coach's background: each of them is in one group."""

from resilience.evaluation.disclosing.counts import Figures, Known, Table, has, records

ROOT = "coach_background"


def tell(figures: Figures, found: Known) -> None:
    """Add what the table by coach's background must obey."""
    for measure, place in records(figures, (ROOT,)):
        for when, one in records(figures, place):
            groups = tuple((*group, "n") for _name, group in records(figures, (*one, "groups")))
            whole = ("core_or_optional", "received", measure, when, "coached", "n")
            if groups and has(figures, whole):
                found.tables.append(Table(groups, parents=dict.fromkeys(groups, whole), means=True))
                found.add(parts=groups, total=whole)
                found.scores(*(group[:-1] for group in groups), of=whole[:-1])
