"""A copied page inside its own programme: its exercises get keys of their own, so that nobody's words are mixed."""

from collections.abc import Iterable, Mapping

from wagtail.models import Page

from content_pages import fixing
from content_pages.editing import keys
from content_pages.models import ActivityPage, ProgrammePage
from resilience.accounts.models import User

LONGEST_KEY = 60
EXERCISE = "exercise"


def in_common(page: Page, programme: ProgrammePage) -> list[str]:
    """Return the keys of exercises at or below a page that other pages of a programme have too."""
    moved = ActivityPage.objects.descendant_of(page, inclusive=True)
    there = ActivityPage.objects.descendant_of(programme).exclude(pk__in=moved.values("pk"))
    return sorted(set(_keys(moved)) & set(_keys(there)))


def give_fresh_keys(page: Page, *, by: User) -> list[str]:
    """Give each exercise of a copy whose key is taken in its programme a key of its own; return the new ones."""
    programme = fixing.programme_of(page)
    if programme is None:
        return []
    taken, made = _taken(page, programme), []
    for activity in ActivityPage.objects.descendant_of(page, inclusive=True):
        draft = activity.get_latest_revision_as_object()
        fresh = _fresh([*keys(activity.body), *keys(draft.body)], taken)
        if fresh:
            _rename(activity, draft, fresh, by=by)
            made += fresh.values()
    return made


def _taken(page: Page, programme: ProgrammePage) -> set[str]:
    copies = ActivityPage.objects.descendant_of(page, inclusive=True).values("pk")
    return set(_keys(ActivityPage.objects.descendant_of(programme).exclude(pk__in=copies)))


def _keys(pages: Iterable[ActivityPage]) -> list[str]:
    return [key for page in pages for key in keys(page.body)]


def _fresh(mine: Iterable[str], taken: set[str]) -> dict[str, str]:
    """Return a key of its own for each key that is taken; from now on each of them is taken."""
    clashing = [key for key in dict.fromkeys(mine) if key in taken]
    taken.update(mine)
    fresh = {}
    for key in clashing:
        fresh[key] = _free(key, taken)
        taken.add(fresh[key])
    return fresh


def _rename(standing: ActivityPage, draft: ActivityPage, fresh: Mapping[str, str], *, by: User) -> None:
    """Give what readers see and what an editor works on the new keys; an unpublished change stays unpublished."""
    for page in (standing, draft):
        for block in page.body:
            if block.block_type == EXERCISE:
                block.value["key"] = fresh.get(block.value["key"], block.value["key"])
    if standing.live:
        standing.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    else:
        standing.save(clean=False)
    if standing.has_unpublished_changes or not standing.live:
        draft.save_revision(user=by, clean=False)


def _free(key: str, taken: set[str]) -> str:
    number = 2
    while (tried := f"{key[: LONGEST_KEY - len(str(number)) - 1]}_{number}") in taken:
        number += 1
    return tried
