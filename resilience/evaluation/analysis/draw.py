"""Draw people by chance from their codes alone, so that whoever has the seed and the codes can draw them again.

The order of chance is that of the SHA-256 of "seed:code", in hexadecimal: any tool can work it out.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import islice, zip_longest


def drawn(groups: Mapping[str, str], *, seed: str, wanted: int) -> tuple[str, ...]:
    """Return at most so many codes in the order in which they are drawn; `groups` names the group of each code.

    The groups take turns in an order of chance of their own, so that each is heard as evenly as its size allows. With
    one group alone it is a simple random draw.
    """
    queues = [
        _by_chance([code for code, its in groups.items() if its == group], seed)
        for group in _by_chance(set(groups.values()), seed)
    ]
    turns = (code for turn in zip_longest(*queues) for code in turn if code is not None)
    return tuple(islice(turns, wanted))


def _by_chance(names: Iterable[str], seed: str) -> list[str]:
    return sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())


def fingerprint(groups: Mapping[str, str]) -> str:
    """Return the SHA-256 of every code with its group, in the order of the codes, a line each."""
    lines = "".join(f"{code}\t{groups[code]}\n" for code in sorted(groups))
    return sha256(lines.encode()).hexdigest()
