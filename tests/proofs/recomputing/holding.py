"""Hold what a report tells against what was worked out again: what agrees, differs, is hidden, or stands alone."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.proofs.recomputing import outside
from tests.proofs.recomputing.filled import Within

# By default, and where another way to the same figure, or the product's library, gives fewer digits. The limits of
# `improvers` are of people drawn by chance, here with other draws.
CLOSE = 1e-9
CLOSE_BY = {
    ".mixed_model.": 1e-4,
    ".mixed_by_coaching.": 1e-4,
    ".partly_nested.": 1e-4,
    ".omega": 1e-4,
    ".weighted_difference.": 1e-6,
    "missing.predictors.": 1e-6,
    "cost.improvers.": 0.1,
}
FEW = 10
ROUNDED = "interaction_p"  # given to three digits, so that it does not give hidden groups away


@dataclass
class Compared:
    """How many figures agree, which differ, and which numbers nobody worked out again: listed with a reason or not."""

    agree: int = 0
    hidden: int = 0
    differ: list[str] = field(default_factory=list)
    listed: dict[str, list[str]] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every number agrees, or stands in the list of what a pack cannot give."""
        return not self.differ and not self.unlisted

    def leave(self, path: str) -> None:
        """Note a number that nobody worked out again."""
        for name in outside.names_of(path):
            self.listed.setdefault(name, []).append(path)
            return
        self.unlisted.append(path)

    def __str__(self) -> str:
        told = f"{self.agree} figures agree, {len(self.differ)} differ, {self.hidden} are hidden"
        reasons = Counter({outside.REASONS[name]: 0 for name in self.listed})
        for name, paths in self.listed.items():
            reasons[outside.REASONS[name]] += len(paths)
        return "\n".join(
            [
                f"{told}; {sum(reasons.values())} cannot be worked out from a pack",
                *(f"  {n}: {why}" for why, n in reasons.items()),
                *(f"{path}: worked out by nobody, and no reason is known" for path in self.unlisted),
                *self.differ,
            ]
        )


def compare(told: Any, found: Any) -> Compared:
    """Hold what a report tells against what was found, leaf by leaf."""
    result = Compared()
    _hold(told, found, "", result)
    return result


def _hold(told: Any, found: Any, path: str, result: Compared, *, hidden: bool = False) -> None:
    told = _named(told)
    if isinstance(told, dict) and isinstance(found, dict):
        _tables(told, found, path, result, hidden=hidden or bool(told.get("hidden")) or _over_hidden(told))
    elif isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        for place, (one, other) in enumerate(zip(told, found, strict=True)):
            _hold(one, other, f"{path}.{place}", result)
    elif _same(told, found, path):
        result.agree += 1
    else:
        result.differ.append(f"{path}: the report says {told!r}, and {found!r} was found")


def _tables(told: dict, found: dict, path: str, result: Compared, *, hidden: bool) -> None:
    for key in sorted(told):
        here = f"{path}.{key}" if path else key
        if hidden and _is_empty(told[key]):
            result.hidden += len(list(numbers(found.get(key))))
        elif key in found:
            _hold(told[key], found[key], here, result, hidden=hidden)
        else:
            for rest in numbers(told[key]):
                result.leave(f"{here}.{rest}" if rest else here)
    missing = [key for key in found if key not in told and any(True for _ in numbers(found[key]))]
    result.differ += [f"{path}.{key}: only found here" for key in sorted(missing)]


def numbers(value: Any, path: str = "") -> Iterator[str]:
    """The path of each number below."""
    value = _named(value)
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers(one, f"{path}.{key}" if path else str(key))
    elif _is_number(value):
        yield path


def _named(value: Any) -> Any:
    """A list of groups of characteristics as a table of tables, since a pack need not hold all of them."""
    if not (
        isinstance(value, list) and value and isinstance(value[0], dict) and "characteristic" in value[0]
    ):
        return value
    found: dict[str, dict] = {}
    for one in value:
        found.setdefault(one["characteristic"], {})[one["group"]] = one
    return found


def _over_hidden(told: dict) -> bool:
    """Whether it stands over groups of which some are hidden, or over few who were left out for want of a fact."""
    left_out = told.get("left_out")
    if isinstance(left_out, int) and 0 < left_out < FEW:
        return True
    groups = told.get("groups")
    found = groups.values() if isinstance(groups, dict) else ()
    return any(isinstance(group, dict) and bool(group.get("hidden")) for group in found)


def _is_empty(value: Any) -> bool:
    """Whether there is nothing in it but nulls."""
    return value is None or (isinstance(value, dict) and all(map(_is_empty, value.values())))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(told: Any, found: Any, path: str) -> bool:
    if isinstance(found, Within):
        return _is_number(told) and found.low <= told <= found.high
    if not (_is_number(told) and _is_number(found)):
        return told == found
    if path.endswith(ROUNDED) and told == round(told, 3):
        return told == round(found, 3)
    close = next((each for name, each in CLOSE_BY.items() if name in f"{path}."), CLOSE)
    return math.isclose(told, found, rel_tol=close, abs_tol=min(close, CLOSE_BY[".mixed_model."]))
