"""A copied page inside its own programme: its exercises get keys of their own, so that nobody's words are mixed."""

from collections.abc import Iterable

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
        if renamed := _rename(activity, taken):
            made += renamed
            revision = activity.save_revision(user=by, clean=False)
            if activity.live:
                revision.publish(user=by, skip_permission_checks=True)
    return made


def _taken(page: Page, programme: ProgrammePage) -> set[str]:
    copies = ActivityPage.objects.descendant_of(page, inclusive=True).values("pk")
    return set(_keys(ActivityPage.objects.descendant_of(programme).exclude(pk__in=copies)))


def _keys(pages: Iterable[ActivityPage]) -> list[str]:
    return [key for page in pages for key in keys(page.body)]


def _rename(activity: ActivityPage, taken: set[str]) -> list[str]:
    made = []
    for block in activity.body:
        if block.block_type != EXERCISE:
            continue
        if block.value["key"] in taken:
            block.value["key"] = _free(block.value["key"], taken)
            made.append(block.value["key"])
        taken.add(block.value["key"])
    return made


def _free(key: str, taken: set[str]) -> str:
    number = 2
    while (tried := f"{key[: LONGEST_KEY - len(str(number)) - 1]}_{number}") in taken:
        number += 1
    return tried
