"""Change of people with calls by whether their coaches have worked with patients: from the calls of the pack alone."""

import numpy as np

from tests.proofs.recomputing import models
from tests.proofs.recomputing.changes import Found
from tests.proofs.recomputing.reading import Pack

CLINICAL, OTHER = "clinical", "not_clinical"
FEWEST_COACHES, FEWEST_EACH = 3, 10


def compared(pack: Pack) -> Found:
    """By primary measure and later time point; nothing where no call tells a background."""
    if not any(call.get("coach_background") for call in pack.calls):
        return {}
    return {
        key: {when: _at(pack, key, when) for when in pack.asked_at(instrument)[1:]}
        for key, instrument, _scale in pack.measures()
        if key in pack.meta["primary"]
    }


def talks(pack: Pack) -> dict[str, set[tuple[str, str]]]:
    """The coaches with whom each person's calls took place, each with their background."""
    found: dict[str, set[tuple[str, str]]] = {}
    for call in pack.calls:
        if call["outcome"] == "attended":
            told = (call["coach"], call.get("coach_background") or "")
            found.setdefault(call["participant"], set()).add(told)
    return found


def _group(coaches: set[tuple[str, str]]) -> str:
    kinds = {kind for _coach, kind in coaches}
    if {CLINICAL, OTHER} <= kinds:
        return "both"
    return "not_told" if "" in kinds else min(kinds)


def _at(pack: Pack, key: str, when: str) -> Found:
    had = talks(pack)
    rows = [row for row in pack.pairs(key, when) if row[0] in pack.coached]
    parts: dict[str, list[tuple[float, float]]] = {}
    behind: dict[str, set[str]] = {}
    for who, before, after in rows:
        group = _group(had[who])
        parts.setdefault(group, []).append((before, after))
        for coach, kind in had[who]:
            alone = group == (kind or "not_told")
            behind.setdefault(kind, set()).update({coach} - {""} if alone else ())
    if any(len(coaches) < FEWEST_COACHES for coaches in behind.values()):
        return {"groups": {}}
    changes = {name: [after - before for before, after in part] for name, part in parts.items()}
    known = {name: part for name, part in changes.items() if name != "not_told"}
    return {
        "groups": {name: models.changed(part) for name, part in changes.items()},
        "interaction_p": models.interaction(known),
        "adjusted": _adjusted(parts.get(CLINICAL, []), parts.get(OTHER, [])),
    }


def _adjusted(clinical: list[tuple[float, float]], other: list[tuple[float, float]]) -> Found:
    """The later score on that at baseline and on the background, by the normal equations."""
    found: Found = {"n": len(clinical) + len(other)}
    if min(len(clinical), len(other)) < FEWEST_EACH:
        return found
    before, after = np.array(clinical + other).T
    mine = np.repeat([1.0, 0.0], [len(clinical), len(other)])
    fitted = models.least_squares(after, np.column_stack([np.ones(len(mine)), before, mine]), 2)
    if fitted is None:
        return found
    return found | {{"estimate": "difference"}.get(name, name): value for name, value in fitted.items()}
