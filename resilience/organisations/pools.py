"""Sums that wait until ten people are in them: then they are poured, whole, into what is shown. No database.

Everybody is in one pool and is poured once, with nine others at the least. So whatever is shown, at whatever time, is
a sum over whole pools, and so is every difference between two things that were ever shown: between the organisation
and its units, or between today and last week. No difference leaves fewer than ten people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TEN = 10
LONG_ENOUGH = 30  # so many wait, and no unit has ten: they are shown for the organisation alone
PEOPLE = "people"
WHOLE = ""  # the organisation; among those that wait: people of no unit

Sums = Mapping[str, int]


@dataclass(frozen=True)
class Pools:
    """Sums by place: a unit's key, or WHOLE."""

    waiting: Mapping[str, Sums]
    shown: Mapping[str, Sums]


def add(pools: Pools, *, place: str, factors: Iterable[str]) -> Pools:
    """Return the pools with one person more, poured where that fills one."""
    one = dict.fromkeys([PEOPLE, *set(factors)], 1)
    return _poured(Pools(_with(pools.waiting, place, one), pools.shown))


def _with(sums: Mapping[str, Sums], place: str, more: Sums) -> dict[str, Sums]:
    return {**sums, place: _sum([sums.get(place, {}), more])}


def _sum(all_of_them: Iterable[Sums]) -> dict[str, int]:
    total: dict[str, int] = {}
    for sums in all_of_them:
        for name, number in sums.items():
            total[name] = total.get(name, 0) + number
    return total


def _poured(pools: Pools) -> Pools:
    waits = sum(each[PEOPLE] for each in pools.waiting.values())
    full = [place for place, sums in pools.waiting.items() if sums[PEOPLE] >= TEN]
    if full and pools.shown:
        return _pour(pools, full[0])
    if waits >= (LONG_ENOUGH if pools.shown else TEN):
        return Pools({}, _with(pools.shown, WHOLE, _sum(pools.waiting.values())))
    return pools


def _pour(pools: Pools, place: str) -> Pools:
    """Return the pools with one unit's ten shown, for the unit and in the organisation's sum."""
    ten = pools.waiting[place]
    shown = _with(pools.shown, WHOLE, ten)
    left = {other: sums for other, sums in pools.waiting.items() if other != place}
    return Pools(left, shown if place == WHOLE else _with(shown, place, ten))
