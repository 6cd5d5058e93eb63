"""What is behind somebody and what is next: worked out from the outline, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from content_pages import opening
from content_pages.opening import Facts, Wait
from content_pages.outline import Activity, Module, Outline

DONE, NEXT, OPEN, LATER = "done", "next", "open", "later"
NUMBERS = (
    pgettext_lazy("pieces", "None"), gettext_lazy("One"), gettext_lazy("Two"), gettext_lazy("Three"),
    gettext_lazy("Four"), gettext_lazy("Five"), gettext_lazy("Six"), gettext_lazy("Seven"), gettext_lazy("Eight"),
    gettext_lazy("Nine"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One module as somebody finds it now."""

    module: Module
    state: str
    done: int
    minutes_left: int
    wait: Wait | None

    @property
    def most(self) -> int:
        """Return how many pieces the module has."""
        return len(self.module.activities)


def steps(outline: Outline, facts: Facts, *, last: UUID | None = None) -> list[Step]:
    """Return each module with its state; of those that are open, the one to go on with is where somebody was."""
    following = next_module(outline, facts, last=last)
    return [_step(outline, module, facts, module is following) for module in outline.modules]


def _step(outline: Outline, module: Module, facts: Facts, follows: bool) -> Step:
    left = [each for each in module.activities if each.key not in facts.completed]
    wait = opening.wait(outline, module, facts)
    state = DONE if opening.is_behind(module, facts) else LATER if wait else NEXT if follows else OPEN
    return Step(module, state, len(module.activities) - len(left), _minutes(left), wait)


def _minutes(activities: list[Activity]) -> int:
    return sum(each.minutes for each in activities)


def next_in(module: Module, behind: Mapping[UUID, str], *, last: UUID | None = None) -> Activity | None:
    """Return the piece of a module to go on with: where somebody was, else the first that is not behind."""
    left = [each for each in module.activities if each.key not in behind]
    return next((each for each in left if each.key == last), left[0] if left else None)


def next_piece(outline: Outline, facts: Facts, *, last: UUID | None = None) -> Activity | None:
    """Return the piece of the programme to go on with, or None where nothing is open that is not behind."""
    module = next_module(outline, facts, last=last)
    return next_in(module, facts.completed, last=last) if module else None


def next_module(outline: Outline, facts: Facts, *, last: UUID | None = None) -> Module | None:
    """Return the part to go on with: where somebody was, else the first open one that is not behind, else None."""
    found = [
        each
        for each in outline.modules
        if not opening.is_behind(each, facts) and opening.wait(outline, each, facts) is None
    ]
    there = (each for each in found if any(piece.key == last for piece in each.activities))
    return next(there, found[0] if found else None)


def finished(outline: Outline, facts: Facts) -> bool:
    """Return whether every part of the programme is behind somebody."""
    return bool(outline.activities) and all(opening.is_behind(each, facts) for each in outline.modules)


def in_words(done: int, most: int, following: Activity | None) -> str:
    """Return progress as a sentence: "Two of five done. Your next piece takes 5 minutes."."""
    if done >= most:
        return _("All %(most)s done.") % {"most": _number(most).lower()}
    said = (
        _("%(done)s of %(most)s done.") % {"done": _number(done), "most": _number(most).lower()}
        if done
        else ""
    )
    if following is None:
        return said
    takes = ngettext(
        "Your next piece takes %(minutes)d minute.",
        "Your next piece takes %(minutes)d minutes.",
        following.minutes,
    )
    return f"{said} {takes % {'minutes': following.minutes}}".strip()


def _number(number: int) -> str:
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)
