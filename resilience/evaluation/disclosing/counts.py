"""What is known of the counts of a report: which stand in one table, and what must add up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Figures = Mapping[str, Any]
Path = tuple[str, ...]

MANY = float("inf")


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of groups of people that stand side by side: what is hidden of one is worked out from the others.

    `parents` names, for a group, the larger group that its people are of: where that one is hidden, so is this one.
    `together` are the records that go where any of the table goes. Where `primary` is not set no count is too small by
    itself. `means` are figures that a later report would give away of the few who came since.
    """

    cells: tuple[Path, ...]
    parents: Mapping[Path, Path] = field(default_factory=dict)
    together: tuple[Path, ...] = ()
    primary: bool = True
    means: bool = False
    spare: tuple[Path, ...] = ()

    def all(self) -> tuple[Path, ...]:
        """Each count of the table that may be hidden."""
        return self.cells + self.spare


@dataclass(frozen=True, slots=True)
class Rule:
    """What anybody knows: the sum of these counts, each so many times, lies between two numbers."""

    terms: tuple[tuple[Path, int], ...]
    low: float = 0
    high: float = 0


@dataclass(slots=True)
class Known:
    """All tables of a report, and all that its counts must obey."""

    tables: list[Table] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def add(self, *, parts: Iterable[Path], total: Path, missing: Path | None = None) -> None:
        """The parts are the total; or at most as many short of it as are missing."""
        terms = (*((part, 1) for part in parts), (total, -1))
        if missing is None:
            self.rules.append(Rule(terms))
        else:
            self.rules.append(Rule(terms, -MANY, 0))
            self.rules.append(Rule((*terms, (missing, 1)), 0, MANY))

    def within(self, part: Path, whole: Path, *, less: Path | None = None) -> None:
        """The part is no larger than the whole, or than the whole less something."""
        taken = ((less, -1),) if less else ()
        self.rules.append(Rule(((whole, 1), (part, -1), *taken), 0, MANY))

    def same(self, one: Path, other: Path) -> None:
        """Two counts of the same people."""
        self.rules.append(Rule(((one, 1), (other, -1))))


def at(figures: Figures, path: Path) -> Any:
    """What stands at a place; None where nothing does."""
    found: Any = figures
    for key in path:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


def has(figures: Figures, path: Path) -> bool:
    """Whether there is such a place, be what stands there hidden or not."""
    parent = at(figures, path[:-1])
    return isinstance(parent, Mapping) and path[-1] in parent


def records(figures: Figures, path: Path) -> Iterator[tuple[str, Path]]:
    """The records at a place by name, each with its own place; what is no record is passed over."""
    found = at(figures, path)
    if isinstance(found, Mapping):
        for key, one in found.items():
            if isinstance(one, Mapping):
                yield key, (*path, key)
