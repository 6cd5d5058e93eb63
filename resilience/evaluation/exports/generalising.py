"""Background facts that too few people share are left empty, so that nobody can be picked out of an export by them."""

from collections.abc import Iterable, Mapping

FEWEST = 5
ORDER = ("profession", "site", "gender", "unit", "age", "years_qualified")  # the last ones are left out first
STEPS = {"age": 10, "years_qualified": 5}  # a number becomes the lowest of so many years

Facts = tuple[object, ...]


def coarse(cells: Mapping[str, object]) -> Facts:
    """The facts of somebody by which they could be known, numbers made coarse."""
    return tuple(_stepped(name, cells.get(name)) for name in ORDER)


def shown(counts: Mapping[Facts, int]) -> dict[Facts, Facts]:
    """How much of each combination may be shown: its first facts, as many as five people or more have in common.

    Whoever is left over shows nothing, and where those are too few to hide among, the next smallest group joins them.
    """
    found: dict[Facts, Facts] = {}
    waiting = set(counts)
    for length in range(len(ORDER), 0, -1):
        for start, members in _grouped(waiting, length).items():
            if sum(counts[one] for one in members) >= FEWEST:
                found |= dict.fromkeys(members, start)
        waiting -= found.keys()
    return _join(found | dict.fromkeys(waiting, ()), counts)


def cells(facts: Facts) -> dict[str, object]:
    """The columns of what is shown; the others are empty."""
    return dict.fromkeys(ORDER) | dict(zip(ORDER, facts, strict=False))


def _stepped(name: str, value: object) -> object:
    if name in STEPS and isinstance(value, int | float):
        return int(value // STEPS[name] * STEPS[name])
    return None if value == "" else value


def _grouped(members: Iterable[Facts], length: int) -> dict[Facts, list[Facts]]:
    found: dict[Facts, list[Facts]] = {}
    for one in members:
        found.setdefault(one[:length], []).append(one)
    return found


def _join(found: dict[Facts, Facts], counts: Mapping[Facts, int]) -> dict[Facts, Facts]:
    sizes: dict[Facts, int] = {}
    for one, start in found.items():
        sizes[start] = sizes.get(start, 0) + counts[one]
    alone = sizes.pop((), 0)
    joining = set()
    for start in sorted(sizes, key=lambda each: (sizes[each], str(each))):
        if not 0 < alone < FEWEST:
            break
        alone += sizes[start]
        joining.add(start)
    return {one: () if start in joining else start for one, start in found.items()}
