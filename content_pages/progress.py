"""What is behind somebody, what is next, what opens when: worked out from the outline, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from content_pages.outline import Activity, Module, Outline

DONE, NEXT, OPEN, LATER = "done", "next", "open", "later"
NUMBERS = (
    noop("None"), noop("One"), noop("Two"), noop("Three"), noop("Four"), noop("Five"), noop("Six"), noop("Seven"),
    noop("Eight"), noop("Nine"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One module as somebody finds it now."""

    module: Module
    state: str
    done: int
    minutes_left: int
    before: Module | None

    @property
    def most(self) -> int:
        """Return how many pieces the module has."""
        return len(self.module.activities)


def steps(outline: Outline, behind: Mapping[UUID, str]) -> list[Step]:
    """Return each module with its state; a module opens when those before it are behind."""
    found: list[Step] = []
    open_so_far = True
    before = None
    for module in outline.modules:
        left = [each for each in module.activities if each.key not in behind]
        state = DONE if not left else (NEXT if open_so_far else LATER)
        found.append(Step(module, state, len(module.activities) - len(left), _minutes(left), before))
        open_so_far, before = open_so_far and not left, module
    return found


def _minutes(activities: list[Activity]) -> int:
    return sum(each.minutes for each in activities)


def is_open(outline: Outline, module: Module, behind: Mapping[UUID, str]) -> bool:
    """Return whether somebody may read a module now."""
    return all(step.state != LATER for step in steps(outline, behind) if step.module is module)


def next_in(module: Module, behind: Mapping[UUID, str], *, last: UUID | None = None) -> Activity | None:
    """Return the piece of a module to go on with: where somebody was, else the first that is not behind."""
    left = [each for each in module.activities if each.key not in behind]
    return next((each for each in left if each.key == last), left[0] if left else None)


def next_piece(outline: Outline, behind: Mapping[UUID, str], *, last: UUID | None = None) -> Activity | None:
    """Return the piece of the programme to go on with, or None when all are behind."""
    for step in steps(outline, behind):
        if step.state == NEXT:
            return next_in(step.module, behind, last=last)
    return None


def next_module(outline: Outline, behind: Mapping[UUID, str]) -> Module | None:
    """Return the part to go on with, or None when all are behind."""
    return next((step.module for step in steps(outline, behind) if step.state == NEXT), None)


def finished(outline: Outline, behind: Mapping[UUID, str]) -> bool:
    """Return whether every piece of the programme is behind somebody."""
    return bool(outline.activities) and all(each.key in behind for each in outline.activities)


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
    return _(NUMBERS[number]) if number < len(NUMBERS) else str(number)
