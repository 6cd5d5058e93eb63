"""The sequence of groups that a seed gives: permuted blocks, one sequence for each stratum. No database.

How it is drawn, so that somebody else can draw it again: Python's `random.Random` is seeded with the text
`SEED/STRATUM`, and of it only `random()` is used, which stays the same in every version of Python. For each block one
number is drawn, which says the block's size: the sizes in their order have equal parts of the way from 0 to 1. The
block holds each group as often as its share says, in the order of the groups. Then a number is drawn for each of
these slots, and the slots are sorted by their numbers.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import islice

Shares = Sequence[tuple[str, int]]


def sequence(*, seed: str, stratum: str, shares: Shares, sizes: Sequence[int]) -> Iterator[str]:
    """Yield the group of each place of a stratum, from the first one on, without an end."""
    dice = random.Random(f"{seed}/{stratum}")  # noqa: S311 - it must be drawn again by whoever checks it
    while True:
        yield from _block(dice, shares, sizes[int(dice.random() * len(sizes))])


def _block(dice: random.Random, shares: Shares, size: int) -> list[str]:
    times = size // sum(share for _key, share in shares)
    slots = [key for key, share in shares for _ in range(share * times)]
    drawn = [dice.random() for _ in slots]
    return [slots[place] for place in sorted(range(size), key=drawn.__getitem__)]


def at(number: int, *, seed: str, stratum: str, shares: Shares, sizes: Sequence[int]) -> str:
    """Return the group of one place; the first is 1."""
    drawn = sequence(seed=seed, stratum=stratum, shares=shares, sizes=sizes)
    return next(islice(drawn, number - 1, None))


def fits(size: int, shares: Shares) -> bool:
    """Return whether a block of this size can hold each group as often as its share says."""
    return size > 0 and size % sum(share for _key, share in shares) == 0
