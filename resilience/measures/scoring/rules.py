"""The rule kinds: a total of items times a factor, and the mean of the answered items.

Sources of each scale's rule stand in its file below `instruments/`. Answers are values as shown; reversal is
`low + high - value`, as in EVALUATION 1.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True)
class Total(Rule):
    """The sum of the items, times a factor; with `prorate` unanswered items take the person's mean, unrounded."""

    times: int = 1
    prorate: bool = False


@dataclass(frozen=True)
class Mean(Rule):
    """The mean of the answered items."""


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


def score(answers: Mapping[str, int], rule: Rule) -> Scored | Unscorable:
    """Return the scale's score, or why there is none. Raises OutOfRange, naming the item."""
    given = {key: _turned(key, answers[key], rule) for key in rule.items if _counts(key, answers, rule)}
    if len(given) < rule.min_answered:
        return Unscorable(rule.method, _why(answers, rule), len(given))
    mean = sum(given.values()) / len(given)
    if isinstance(rule, Mean):
        return Scored(rule.method, mean, len(given))
    if len(given) == len(rule.items):
        return Scored(rule.method, float(rule.times * sum(given.values())), len(given))
    return Scored(rule.method, rule.times * mean * len(rule.items), len(given), prorated=True)


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
    shared = {
        "scale": facts["key"],
        "method": facts["method"],
        "items": tuple(facts["items"]),
        "min_answered": facts["min_answered"],
        "low": low,
        "high": high,
        "reverse": frozenset(facts.get("reverse", [])),
        "not_scored": frozenset(facts.get("not_scored", [])),
        "missing_rule": facts["missing_rule"],
        "range": tuple(facts["range"]),
    }
    if facts["rule"] == "mean":
        return Mean(**shared)
    if facts["rule"] == "total":
        return Total(**shared, times=facts.get("times", 1), prorate=facts.get("prorate", False))
    raise KeyError(facts["rule"])
