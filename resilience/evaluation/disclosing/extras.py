"""Figures that are no counts, and go with the counts that are hidden beside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from resilience.evaluation.disclosing.counts import Path, at, records
from resilience.evaluation.disclosing.hiding import COUNTS, HIDDEN, blank

SIDES = ("coached", "not_coached")
ENDS = frozenset({"min", "max", "minimum", "maximum"})
SLOPE = frozenset({"slope", "se", "ci", "p"})
CHANGES = ("change_coached", "change_not_coached")
# Of fewer people nothing is told that they scored or said, even where they are the whole programme.
FEWEST = 5
STEP = 5
FEW_ON_A_SIDE = "too few people on one side"
ALONE = "everybody went a way of their own"
SOME_HIDDEN = "some of the groups are too small to be shown"

Figures = dict[str, Any]


def hide_first(figures: Figures, *, threshold: int) -> None:
    """Hide what is small in tables that stand by themselves: adjusted differences, units, lowest and highest values."""
    for _measure, place in records(figures, ("measures",)):
        for kind in ("coached_difference", "weighted_difference"):
            for _when, one in list(records(figures, (*place, kind))):
                _hide_difference(figures, one, threshold)
    for table in ("measures", "acceptability"):
        for _path, found in list(_walk(figures.get(table))):
            if _is_few(found, FEWEST):
                found.update(blank(found, keep=COUNTS))
    for _outcome, place in records(figures, ("system",)):
        for _path, found in list(_walk(at(figures, place))):
            if _is_few(found, threshold):
                found.update(blank(found))
    for _path, found in list(_walk(figures.get("coping"))):
        if _is_few(found, threshold):
            found.update(blank(found))
    for _path, found in _walk(figures):
        if _is_few(found, threshold):
            found.update(dict.fromkeys(ENDS & found.keys()))


def hide_after(figures: Figures) -> None:
    """Hide what was worked out from groups of which some are hidden now."""
    if any((at(figures, ("flow", side)) or {}).get(HIDDEN) for side in SIDES):
        _without_sides(figures)
    for place in (("measures",), ("core_or_optional", "against")):
        for _measure, one in records(figures, place):
            _differences(figures, one)
    _at_few(figures)
    _slopes(figures)
    _bands(figures)
    _predictors(figures)
    _backgrounds(figures)
    _round_interactions(figures)
    _per_unit(figures)
    _distances(figures)


def _hide_difference(figures: Figures, place: Path, threshold: int) -> None:
    """How many there are on either side may be told; what they scored may not where one is too small."""
    found = at(figures, place)
    coached, everybody = found.get("coached"), found.get("n")
    if coached is None or everybody is None:
        return
    if any(0 < side < threshold for side in (coached, everybody - coached)):
        found.update(blank(found, keep=COUNTS))
    elif 0 < found.get("left_out", 0) < threshold:
        # With those whose covariates are not known the same means stand among what each side had.
        found.update(dict.fromkeys(CHANGES))


def _without_sides(figures: Figures) -> None:
    for _measure, place in records(figures, ("measures",)):
        found = at(figures, place)
        if isinstance(found.get("mixed_by_coaching"), Mapping):
            found["mixed_by_coaching"] = blank(found["mixed_by_coaching"])
    for _name, place in records(figures, ("characteristics",)):
        number = at(figures, place)
        if "smd" in number and "coached" not in number:
            number.update(smd=None, smd_why=FEW_ON_A_SIDE)


def _at_few(figures: Figures) -> None:
    """What a model says of a time point at which one side is hidden: its terms together are the mean of that side."""
    for measure, place in records(figures, ("measures",)):
        terms = at(figures, (*place, "mixed_by_coaching", "terms")) or {}
        told = [
            *records(figures, (*place, "coached_difference")),
            *records(figures, ("core_or_optional", "received", measure)),
        ]
        for when in {when for when, one in told if at(figures, one).get(HIDDEN)}:
            for name in (when, f"{when}:coached"):
                if name in terms:
                    terms[name] = blank(terms[name])
            _nested(figures, place, when)


def _nested(figures: Figures, place: Path, when: str) -> None:
    """The same difference once more, with what coaches have in common; it is of the first later time point."""
    found = at(figures, (*place, "clustering"))
    if found and found.get("partly_nested") and when == next(iter(at(figures, (*place, "change")))):
        found["partly_nested"] = blank(found["partly_nested"])


def _slopes(figures: Figures) -> None:
    """With the mean of everybody a slope over groups tells the mean of two that are hidden."""
    for _measure, place in records(figures, ("measures",)):
        for kind in ("per_call", "per_module"):
            for _when, one in list(records(figures, (*place, kind))):
                found = at(figures, one)
                if any(at(figures, group).get(HIDDEN) for _n, group in records(figures, (*one, "groups"))):
                    found.update(dict.fromkeys(SLOPE & found.keys()), why=SOME_HIDDEN)


def _bands(figures: Figures) -> None:
    """Counts to the nearest five: exact, they would tell where somebody went who is alone on that way."""
    for _measure, place in records(figures, ("measures",)):
        bands = at(figures, (*place, "bands")) or {"scores": {}, "pairs": {}}
        for moves in bands["pairs"].values():
            if moves.get("cells") and sum(least for _from, _to, least in moves["cells"]) == moves["n"]:
                moves.update(cells=None, why=ALONE)
        for when, spread in bands["scores"].items():
            if spread.get("counts"):
                spread["counts"] = [
                    _about(n, _least(bands["pairs"], when, band)) for band, n in enumerate(spread["counts"])
                ]


def _about(n: int, least: int) -> int:
    """To the nearest five, and five more where the ways there would otherwise be those of one person each."""
    near = STEP * round(n / STEP)
    return near + STEP if least >= near + STEP // 2 else near


def _least(pairs: Figures, when: str, band: int) -> int:
    """How many people the ways from a band, or to it, are at the least; from the baseline at whatever time is most."""
    end, told = (1, [pairs[when]]) if when in pairs else (0, list(pairs.values()))
    return max((sum(cell[2] for cell in one["cells"] or () if cell[end] == band) for one in told), default=0)


def _differences(figures: Figures, place: Path) -> None:
    """A group set against another, where what either scored is hidden. `place` is a measure's or of its figures."""
    measure = place[-1]
    for when, one in [*records(figures, (*place, "by_arm")), *records(figures, place)]:
        arms = at(figures, (*one, "as_allocated")) or at(
            figures, ("core_or_optional", "allocated", measure, when)
        )
        found = at(figures, (*one, "differences")) if one[-2] == "by_arm" else at(figures, one)
        for arm, against in found.items() if arms and isinstance(found, dict) else ():
            reference = against.get("reference") or at(figures, (*one, "reference"))
            if any((arms.get(name) or {}).get(HIDDEN) for name in (arm, reference)):
                found[arm] = blank(against, keep=("reference",))


def _predictors(figures: Figures) -> None:
    """What a group of a characteristic has to do with answering, where the group is hidden."""
    for _when, place in records(figures, ("missing", "predictors")):
        odds = at(figures, (*place, "odds"))
        for term in odds or ():
            name, _equals, group = term.partition("=")
            if (at(figures, ("characteristics", name, "groups", group)) or {}).get(HIDDEN):
                odds[term] = blank(odds[term])


def _backgrounds(figures: Figures) -> None:
    """Coaches of one background set against the others, where the change with either is hidden."""
    for _measure, place in records(figures, ("coach_background",)):
        for _when, one in records(figures, place):
            found = at(figures, one)
            sides = (found["groups"].get(side) for side in ("clinical", "not_clinical"))
            if found["adjusted"] and any(side and side.get(HIDDEN) for side in sides):
                found["adjusted"] = blank(found["adjusted"])


def _round_interactions(figures: Figures) -> None:
    """In full, a p value of hidden groups would tell which of the few possible sums is theirs; three places do not."""
    for table, below in (("subgroups", ()), ("coach_background", ("groups",))):
        for _name, category in records(figures, (table,)):
            for _key, place in records(figures, category):
                _round_interaction(at(figures, place), records(figures, (*place, *below)), figures)


def _round_interaction(found: Figures, groups: Iterable[tuple[str, Path]], figures: Figures) -> None:
    some = any(at(figures, one).get(HIDDEN) for _group, one in groups)
    if some and isinstance(found.get("interaction_p"), float):
        found["interaction_p"] = round(found["interaction_p"], 3)


def _per_unit(figures: Figures) -> None:
    """Minutes for each unit of change are the change of those with a call in other words."""
    for measure, place in list(records(figures, ("core_or_optional", "coach_minutes", "per_unit_of_change"))):
        for when, one in list(records(figures, place)):
            side = at(figures, ("core_or_optional", "received", measure, when))
            if side and side.get(HIDDEN):
                at(figures, place)[when] = blank(at(figures, one))


def _distances(figures: Figures) -> None:
    """In full, a distance over groups tells which of the few possible counts of hidden ones are theirs."""
    for _name, place in records(figures, ("traits_by_calls", "categories")):
        if any(at(figures, one).get(HIDDEN) for _group, one in records(figures, (*place, "groups"))):
            at(figures, place).update(smd=None, smd_why=SOME_HIDDEN)
    for name, place in records(figures, ("traits_by_calls", "numbers")):
        if at(figures, place).get(HIDDEN):
            at(figures, ("characteristics", name)).update(smd=None, smd_why=FEW_ON_A_SIDE)


def _is_few(found: Mapping[str, Any], threshold: int) -> bool:
    return isinstance(found.get("n"), int) and 0 < found["n"] < threshold


def _walk(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict]]:
    if isinstance(found, dict):
        yield path, found
        for key in list(found):
            yield from _walk(found[key], (*path, key))
