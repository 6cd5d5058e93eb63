"""Figures that are no counts, and go with the counts that are hidden beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from resilience.evaluation.disclosing.counts import at, records
from resilience.evaluation.disclosing.hiding import HIDDEN, blank

SIDES = ("coached", "not_coached")
ENDS = frozenset({"min", "max", "minimum", "maximum"})
FEW_ON_A_SIDE = "too few people on one side"

Figures = dict[str, Any]


def hide_first(figures: Figures, *, threshold: int) -> None:
    """Hide what is small in tables that stand by themselves: adjusted differences, units, lowest and highest values."""
    for _measure, place in records(figures, ("measures",)):
        for _when, one in list(records(figures, (*place, "coached_difference"))):
            _hide_difference(figures, one, threshold)
    for _outcome, place in records(figures, ("system",)):
        for _path, found in list(_walk(at(figures, place))):
            if _is_few(found, threshold):
                found.update(blank(found))
    for _path, found in _walk(figures):
        if _is_few(found, threshold):
            found.update(dict.fromkeys(ENDS & found.keys()))


def hide_after(figures: Figures, *, threshold: int) -> None:
    """Hide what was worked out from groups of which some are hidden now."""
    for _measure, place in records(figures, ("measures",)):
        found = at(figures, place)
        if "mixed_by_coaching" in found and _sides_are_few(figures, threshold):
            found["mixed_by_coaching"] = blank(found["mixed_by_coaching"] or {})
    if _sides_are_few(figures, threshold):
        for _name, place in records(figures, ("characteristics",)):
            number = at(figures, place)
            if "smd" in number and "coached" not in number:
                number.update(smd=None, smd_why=FEW_ON_A_SIDE)
    _round_interactions(figures)
    _per_unit(figures)


def _hide_difference(figures: Figures, place: tuple[str, ...], threshold: int) -> None:
    found = at(figures, place)
    coached, everybody = found.get("coached"), found.get("n")
    if coached is None or everybody is None:
        return
    if any(0 < side < threshold for side in (coached, everybody - coached)):
        found.update(blank(found))


def _sides_are_few(figures: Figures, threshold: int) -> bool:
    coached, everybody = at(figures, ("flow", "one_call_or_more")), at(figures, ("flow", "consented"))
    return any(0 < side < threshold for side in (coached, everybody - coached)) or any(
        (at(figures, ("flow", side)) or {}).get(HIDDEN) for side in SIDES
    )


def _round_interactions(figures: Figures) -> None:
    """In full, a p value of hidden groups would tell which of the few possible sums is theirs; three places do not."""
    for _name, category in records(figures, ("subgroups",)):
        for _measure, place in records(figures, category):
            found = at(figures, place)
            some = any(at(figures, one).get(HIDDEN) for _group, one in records(figures, place))
            if some and isinstance(found.get("interaction_p"), float):
                found["interaction_p"] = round(found["interaction_p"], 3)


def _per_unit(figures: Figures) -> None:
    """Minutes for each unit of change are the change of those with a call in other words."""
    for measure, place in list(records(figures, ("core_or_optional", "coach_minutes", "per_unit_of_change"))):
        for when, one in list(records(figures, place)):
            side = at(figures, ("core_or_optional", "received", measure, when))
            if side and side.get(HIDDEN):
                at(figures, place)[when] = blank(at(figures, one))


def _is_few(found: Mapping[str, Any], threshold: int) -> bool:
    return isinstance(found.get("n"), int) and 0 < found["n"] < threshold


def _walk(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict]]:
    if isinstance(found, dict):
        yield path, found
        for key in list(found):
            yield from _walk(found[key], (*path, key))
