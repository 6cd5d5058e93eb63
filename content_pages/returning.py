"""Coming back with little time: one short piece, if there is one."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from content_pages.outline import Activity
from content_pages.progress import NEXT, Step

SHORT = 5


def short_piece(
    steps: Iterable[Step], behind: Mapping[UUID, str], *, instead_of: Activity | None
) -> Activity | None:
    """Return a piece of five minutes or less that somebody could do now, where the next one takes longer."""
    if instead_of is None or instead_of.minutes <= SHORT:
        return None
    opened = [step.module for step in steps if step.state == NEXT]
    left = [each for module in opened for each in module.activities if each.key not in behind]
    return next((each for each in left if each.minutes <= SHORT), None)
