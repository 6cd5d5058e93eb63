"""The rule kinds: a total of items times a factor, the mean of the answered items, a total looked up, one item.

The source of each scale's rule stands in its file below `instruments/`. Answers are values as shown; reversal is
`low + high - value`, as in EVALUATION 1.2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NO_TABLE = "the site has not entered the conversion table"


@dataclass(frozen=True)
class Rule:
    """What every rule kind has: its method id, its items and how many of them must be answered."""

    scale: str
    method: str
    items: tuple[str, ...]
    min_answered: int
    low: int
    high: int
    reverse: frozenset[str] = frozenset()
    not_scored: frozenset[int] = frozenset()
    missing_rule: str = ""
    range: tuple[float, float] = (0, 0)

    @property
    def reversed(self) -> tuple[str, ...]:
        """Return the items that are turned before they count, in the order of the scale."""
        return tuple(item for item in self.items if item in self.reverse)


@dataclass(frozen=True)
class Total(Rule):
    """The sum of the items, times a factor; with `prorate` unanswered items take the person's mean, unrounded."""

    times: int = 1
    prorate: bool = False


@dataclass(frozen=True)
class Mean(Rule):
    """The mean of the answered items."""


@dataclass(frozen=True)
class Table(Rule):
    """The sum of the items, looked up in a table that the site enters where its licence forbids shipping it."""

    table: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Single(Rule):
    """The answer to one item."""


@dataclass(frozen=True)
class Scored:
    """A score, the method that made it and what it rests on."""

    method: str
    value: float
    n_answered: int
    prorated: bool = False


@dataclass(frozen=True)
class Unscorable:
    """There is no score, and why."""

    method: str
    why: str
    n_answered: int


class OutOfRange(ValueError):
    """An answer lies outside what the instrument offers."""


Turned = Mapping[str, int]
Kind = Callable[[Turned, Rule], Scored | Unscorable]


def score(answers: Mapping[str, int], rule: Rule) -> Scored | Unscorable:
    """Return the scale's score, or why there is none. Raises OutOfRange, naming the item."""
    turned = {key: _turned(key, answers[key], rule) for key in rule.items if _counts(key, answers, rule)}
    if len(turned) < rule.min_answered:
        return Unscorable(rule.method, _why(answers, rule), len(turned))
    return KINDS[type(rule)][1](turned, rule)


def total(turned: Turned, rule: Total) -> Scored:
    """Add the items and multiply: WHO-5 is five items times four, 0 to 100 (Topp 2015).

    Where items are left out and the rule allows it, each takes the mean of those answered, and the sum is not rounded
    (PHQ-9: Kroenke 2010; GSE: Schwarzer).
    """
    if len(turned) == len(rule.items):
        return Scored(rule.method, float(rule.times * sum(turned.values())), len(turned))
    mean_of_answered = sum(turned.values()) / len(turned)
    return Scored(rule.method, rule.times * mean_of_answered * len(rule.items), len(turned), prorated=True)


def mean(turned: Turned, rule: Mean) -> Scored:
    """Average the answered items: the published rule of the BRS (Smith 2008) and the CBI (Kristensen 2005)."""
    return Scored(rule.method, sum(turned.values()) / len(turned), len(turned))


def table(turned: Turned, rule: Table) -> Scored | Unscorable:
    """Look the sum up in a Rasch table: SWEMWBS raw 7 to 35 becomes a metric score (Stewart-Brown 2009)."""
    if not rule.table:
        return Unscorable(rule.method, NO_TABLE, len(turned))
    return Scored(rule.method, float(rule.table[sum(turned.values())]), len(turned))


def single(turned: Turned, rule: Single) -> Scored:
    """Take the one answer as it is: the single burnout item of the Mini-Z (Rohland 2004)."""
    return Scored(rule.method, float(turned[rule.items[0]]), 1)


KINDS: Mapping[type[Rule], tuple[str, Kind]] = {
    Total: ("total", total),
    Mean: ("mean", mean),
    Table: ("table", table),
    Single: ("single", single),
}
NAMES = {name: kind for kind, (name, _function) in KINDS.items()}


def _counts(key: str, answers: Mapping[str, int], rule: Rule) -> bool:
    return answers.get(key) is not None and answers[key] not in rule.not_scored


def _turned(key: str, value: int, rule: Rule) -> int:
    if not rule.low <= value <= rule.high:
        raise OutOfRange(f"item {key}: {value} is not between {rule.low} and {rule.high}")
    return rule.low + rule.high - value if key in rule.reverse else value


def _why(answers: Mapping[str, int], rule: Rule) -> str:
    if any(answers.get(key) in rule.not_scored for key in rule.items):
        return "an answer that is counted apart"
    missing = [key for key in rule.items if answers.get(key) is None]
    return f"unanswered: {', '.join(missing)}"


def build(facts: Mapping, *, low: int, high: int) -> Rule:
    """Return the rule that a `[[scales]]` table of a rules file describes. Raises KeyError for an unknown kind."""
    kind = NAMES[facts["rule"]]
    more = {"times": facts.get("times", 1), "prorate": facts.get("prorate", False)} if kind is Total else {}
    return kind(
        scale=facts["key"],
        method=facts["method"],
        items=tuple(facts["items"]),
        min_answered=facts["min_answered"],
        low=low,
        high=high,
        reverse=frozenset(facts.get("reverse", [])),
        not_scored=frozenset(facts.get("not_scored", [])),
        missing_rule=facts["missing_rule"],
        range=tuple(facts["range"]),
        **more,
    )
