"""Reports of one programme, one after another: what an earlier one showed bears on what a later one may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resilience.evaluation.disclosing import adding_up
from resilience.evaluation.disclosing.counts import MANY, Path, Rule, at

Figures = Mapping[str, Any]
Counts = dict[Path, int | None]

# Counts that only grow while nobody's data are taken out: people join, answer and have a call. Somebody with a second
# call leaves those with one, so doses and sides may shrink.
GROWING = ("characteristics", "subgroups", "fairness")
SIDES = frozenset({"coached", "not_coached"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one earlier report showed: None for what it hid."""

    mark: str
    counts: Counts
    rules: tuple[Rule, ...]
    as_of: str
    gone: int

    @classmethod
    def of(cls, figures: Figures) -> "Earlier":
        """Read the counts and the rules of figures as they were published."""
        known = adding_up.known(figures)
        paths = {path for rule in known.rules for path, _times in rule.terms}
        paths |= {path for table in known.tables for path in table.all()}
        counts = {path: n for path in paths if _told(n := at(figures, path), figures, path)}
        as_of = str(at(figures, ("snapshot", "as_of")))
        mark = f"{as_of} {at(figures, ('snapshot', 'checksum'))}"
        return cls(mark, counts, tuple(known.rules), as_of, gone(figures))


def _told(n: Any, figures: Figures, path: Path) -> bool:
    parent = at(figures, path[:-1])
    return (
        isinstance(parent, Mapping)
        and path[-1] in parent
        and not isinstance(n, bool)
        and (n is None or isinstance(n, int))
    )


def gone(figures: Figures) -> int:
    """How many people are in no figure, though they were perhaps in an earlier one."""
    return sum((at(figures, ("snapshot", "left_out")) or {}).values())


def joined(
    counts: Counts, rules: Sequence[Rule], figures: Figures, before: Sequence[Earlier]
) -> tuple[Counts, list[Rule]]:
    """All counts and rules of a report and of those before it, each earlier count under a name of its own."""
    every, all_rules = dict(counts), list(rules)
    as_of = str(at(figures, ("snapshot", "as_of")))
    for earlier in before:
        every |= {_named(earlier, path): n for path, n in earlier.counts.items()}
        all_rules += [_renamed(earlier, rule) for rule in earlier.rules]
        slack = abs(gone(figures) - earlier.gone)
        for path in counts.keys() & earlier.counts.keys():
            if path[0] in GROWING and not SIDES & set(path):
                first, then = _named(earlier, path), path
                if earlier.as_of > as_of:
                    first, then = then, first
                all_rules.append(Rule(((then, 1), (first, -1)), -slack, MANY))
    return every, all_rules


def own(path: Path) -> Path:
    """The place of a count in the new report: an earlier one's count is protected by hiding the new one's."""
    return path[1:] if path[0].startswith(EARLIER) else path


EARLIER = "earlier "


def _named(earlier: Earlier, path: Path) -> Path:
    return (EARLIER + earlier.mark, *path)


def _renamed(earlier: Earlier, rule: Rule) -> Rule:
    return Rule(tuple((_named(earlier, path), times) for path, times in rule.terms), rule.low, rule.high)
