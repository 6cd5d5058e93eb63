"""When a part opens for somebody, and what it waits for: facts in, an answer out, no database.

A rule that can no longer be met (what it names is gone, or parts wait for each other) holds nobody up, and a part
that somebody has begun or once had behind them stays open for them, whatever becomes of the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from content_pages import circles
from content_pages.models.opens import Opens
from content_pages.outline import Meeting, Module, Outline


@dataclass(frozen=True)
class Wait:
    """What a part waits for, as its reader is told."""

    how: str
    title: str = ""
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of somebody: `completed` pieces, pages `begun`, `parts` once done, `sessions`, `questions`.

    `waits` is what all of their parts wait for, of somebody on a waiting list.
    """

    now: datetime
    today: date
    completed: Mapping[UUID, str] = field(default_factory=dict)
    begun: frozenset[UUID] = frozenset()
    parts: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()
    questions: Mapping[str, str] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    waits: Wait | None = None


def is_behind(module: Module, facts: Facts) -> bool:
    """Return whether a part is behind somebody: each of its pieces now, or all that it had at some time before."""
    return module.key.hex in facts.parts or all(each.key in facts.completed for each in module.activities)


def is_begun(module: Module, facts: Facts) -> bool:
    """Return whether somebody has opened a page of a part, written in it or put a piece behind them."""
    keys = {module.key, *(each.key for each in module.activities)}
    return bool(keys & facts.begun) or any(key in facts.completed for key in keys)


def wait(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    """Return what a part waits for before somebody can read it, or None where it is open to them."""
    if is_begun(module, facts) or is_behind(module, facts):
        return None
    if facts.waits is not None:
        return facts.waits
    held_by = RULES.get(module.rule.opens)
    return held_by(outline, module, facts) if held_by else None


def _in_order(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    before = outline.modules[: outline.modules.index(module)] if module in outline.modules else ()
    left = [each for each in before if not is_behind(each, facts)]
    return Wait(Opens.IN_ORDER, title=left[-1].title) if left else None


def _after_module(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    named = next((each for each in outline.modules if each.key == module.rule.after), None)
    if named is None or is_behind(named, facts) or circles.waits_for(_rules(outline), named.key, module.key):
        return None
    return Wait(Opens.AFTER_MODULE, title=named.title)


def _from_date(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    on = module.rule.on
    return Wait(Opens.FROM_DATE, on=on) if on is not None and facts.today < on else None


def _after_measure(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    key = module.rule.timepoint
    if key not in facts.questions or key in facts.answered:
        return None
    return Wait(Opens.AFTER_MEASURE, title=facts.questions[key])


def _after_live(outline: Outline, module: Module, facts: Facts) -> Wait | None:
    named = next((each for each in outline.meetings if each.key == module.rule.live), None)
    if named is None or named.about in facts.sessions:
        return None
    last = _last(outline, named)
    return Wait(Opens.AFTER_LIVE, title=named.title, at=last.starts_at) if facts.now < last.ends_at else None


def _last(outline: Outline, named: Meeting) -> Meeting:
    return max(
        (each for each in outline.meetings if each.about == named.about), key=lambda each: each.ends_at
    )


def _rules(outline: Outline) -> circles.Rules:
    return [(each.key, each.rule.opens, each.rule.after) for each in outline.modules]


RULES = {
    Opens.IN_ORDER: _in_order,
    Opens.AFTER_MODULE: _after_module,
    Opens.FROM_DATE: _from_date,
    Opens.AFTER_MEASURE: _after_measure,
    Opens.AFTER_LIVE: _after_live,
}
