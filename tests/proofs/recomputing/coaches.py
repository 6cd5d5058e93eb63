"""Are people of one coach more alike? Mean squares by hand, and a model in which only coached people have a coach."""

from collections import Counter

import numpy as np

from tests.proofs.recomputing import models
from tests.proofs.recomputing.changes import Found
from tests.proofs.recomputing.reading import Pack

FEWEST_COACHES, FEWEST_EACH = 5, 5


def clustering(pack: Pack, key: str, later: str) -> Found:
    """How alike the changes of one coach's people are at a later time point."""
    coach = first_coach(pack)
    moved = {who: after - before for who, before, after in pack.pairs(key, later)}
    theirs = {who: coach[who] for who in moved if who in coach}
    sizes = Counter(theirs.values())
    found: Found = {"n": len(theirs), "coaches": len(sizes), "icc": _alike(moved, theirs)}
    large = sum(n >= FEWEST_EACH for n in sizes.values())
    if large < FEWEST_COACHES or sum(who not in pack.coached for who in moved) < FEWEST_EACH:
        return found
    return found | _nested(pack, key, later, coach)


def first_coach(pack: Pack) -> dict[str, str]:
    """With whom each person's first call took place."""
    found: dict[str, str] = {}
    for call in sorted(pack.calls, key=lambda one: int(one["call_no"])):
        if call["outcome"] == "attended":
            found.setdefault(call["participant"], call["coach"])
    return found


def _alike(moved: dict[str, float], coach: dict[str, str]) -> float | None:
    """(between - within) / (between + (size - 1) within), of mean squares; size: what equal groups would have."""
    parts: dict[str, list[float]] = {}
    for who, name in coach.items():
        parts.setdefault(name, []).append(moved[who])
    n, k = len(coach), len(parts)
    if k < 2 or n <= k:
        return None
    rows = [(value, float(np.mean(part))) for part in parts.values() for value in part]
    grand = float(np.mean([value for value, _mean in rows]))
    between = sum((mean - grand) ** 2 for _value, mean in rows) / (k - 1)
    within = sum((value - mean) ** 2 for value, mean in rows) / (n - k)
    size = (n - sum(len(part) ** 2 for part in parts.values()) / n) / (k - 1)
    whole = between + (size - 1) * within
    return (between - within) / whole if whole > 1e-12 else None


def _nested(pack: Pack, key: str, later: str, coach: dict[str, str]) -> Found:
    rows = [row for row in pack.pairs(key, later) if (row[0] in pack.coached) == (row[0] in coach)]
    before, after = (np.array([row[place] for row in rows]) for place in (1, 2))
    coached = np.array([float(who in pack.coached) for who, _before, _after in rows])
    names = sorted(set(coach.values()))
    groups = np.array([names.index(coach[who]) if who in coach else -1 for who, _b, _a in rows])
    matrix = np.column_stack([np.ones(len(rows)), before, coached])
    fitted = models.restricted(after, matrix, groups, ["intercept", "baseline", "coached"])
    if fitted is None:
        return {}
    terms, variance = fitted
    term = terms["coached"]
    told = {"difference": term.pop("estimate"), **term}
    nested = told | {"coach_variance": variance[0], "residual_variance": variance[1]}
    return {"partly_nested": nested}
