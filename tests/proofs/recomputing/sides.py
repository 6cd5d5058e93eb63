"""Who those with and without a call were at baseline, from the pack alone."""

import math
from collections import Counter

import numpy as np

from tests.proofs.recomputing.changes import Found, described, difference_of_means
from tests.proofs.recomputing.people import answered
from tests.proofs.recomputing.reading import Pack

NUMBERS = ("age", "years_qualified")


def traits_by_calls(pack: Pack, names: dict[str, str]) -> Found:
    """Each characteristic on both sides; `names` says under which column of the pack it stands."""
    begun = answered(pack, pack.when[0])
    sides = {"coached": begun & pack.coached, "not_coached": begun - pack.coached}
    both = all(sides.values())
    given = [name for name in NUMBERS if both and any(row.get(name) for row in pack.people.values())]
    return {
        "people": {side: {"n": len(who)} for side, who in sides.items()},
        "categories": {name: _category(pack, column, sides) for name, column in names.items() if both},
        "numbers": {name: _number(pack, name, sides) for name in given},
    }


def _category(pack: Pack, column: str, sides: dict[str, set[str]]) -> Found:
    told = {side: Counter(pack.people[key].get(column, "") for key in who) for side, who in sides.items()}
    missing = {side: counts.pop("", 0) for side, counts in told.items()}
    groups: dict[str, Found] = {}
    for side, counts in told.items():
        for group in set().union(*told.values()):
            n, of = counts[group], sum(counts.values())
            groups.setdefault(group, {}).update({side: n, f"{side}_percent": 100 * n / of if of else None})
    return {"missing": missing, "groups": groups, "smd": _distance(*told.values())}


def _distance(first: Counter, second: Counter) -> float | None:
    """Yang and Dalton 2012, formula by formula, the last group left out: whichever is left out, it is the same."""
    groups = sorted(first | second)[:-1]
    if not groups or not first or not second:
        return None
    p, q = ([side[group] / sum(side.values()) for group in groups] for side in (first, second))
    spread = [
        [
            (p[k] * (1 - p[k]) + q[k] * (1 - q[k])) / 2
            if k == other
            else -(p[k] * p[other] + q[k] * q[other]) / 2
            for other in range(len(groups))
        ]
        for k in range(len(groups))
    ]
    if np.linalg.cond(spread) > 1e12:
        return None
    apart = np.subtract(p, q)
    return math.sqrt(apart @ np.linalg.inv(spread) @ apart)


def _number(pack: Pack, name: str, sides: dict[str, set[str]]) -> Found:
    values = {
        side: [float(pack.people[key][name]) for key in who if pack.people[key].get(name)]
        for side, who in sides.items()
    }
    return {side: described(column) for side, column in values.items()} | {
        "smd": difference_of_means(*values.values())
    }
