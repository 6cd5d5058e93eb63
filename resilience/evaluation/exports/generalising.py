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

    Those who are left over share fewer facts with the smallest groups that are like them, which then show fewer too.
    """
    found: dict[Facts, Facts] = {}
    waiting = set(counts)
    for length in range(len(ORDER), -1, -1):
        for start, members in _grouped(waiting, length).items():
            joined = members + _joining(found, start, counts, n=sum(counts[one] for one in members))
            if length == 0 or sum(counts[one] for one in joined) >= FEWEST:
                found |= dict.fromkeys(joined, start)
        waiting -= found.keys()
    return found


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


def _joining(
    found: Mapping[Facts, Facts], start: Facts, counts: Mapping[Facts, int], *, n: int
) -> list[Facts]:
    """Who of the smallest groups below a start must show no more than it, so that n people are not too few there."""
    groups: dict[Facts, list[Facts]] = {}
    for one, told in found.items() if n < FEWEST else ():
        if one[: len(start)] == start:
            groups.setdefault(told, []).append(one)
    joining: list[Facts] = []
    for members in sorted(groups.values(), key=lambda each: (sum(counts[one] for one in each), str(each))):
        if n >= FEWEST:
            break
        joining += members
        n += sum(counts[one] for one in members)
    return joining
