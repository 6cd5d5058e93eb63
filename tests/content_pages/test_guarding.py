"""Pages in one piece: copied, moved, put in order, set to appear at a time, looked at as somebody."""

import pytest
from wagtail.models import Page

from content_pages import looking_as, outline
from content_pages.editing import keys
from content_pages.models import ActivityPage, ModulePage, ProgrammesPage
from resilience.participants import about_you
from tests.factories.content_pages import (
    ActivityPageFactory,
    ModulePageFactory,
    ProgrammePageFactory,
    exercise,
)


def copied(browser: object, page: Page, to: Page, **more: str) -> None:
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(to.pk), "alias": "", **more}
    browser.post(f"/cms/pages/{page.pk}/copy/", form)


def keys_below(page: Page) -> list[str]:
    return sorted(
        key for each in ActivityPage.objects.descendant_of(page, inclusive=True) for key in keys(each.body)
    )


@pytest.mark.parametrize("live", [False, True], ids=["draft", "live"])
def test_a_copy_inside_its_programme_gets_keys_of_its_own(writing, steady, as_editor, live):
    copied(as_editor, writing, writing.get_parent(), **({"publish_copies": "on"} if live else {}))

    copy = ActivityPage.objects.get(slug="copy")
    assert keys_below(steady) == ["want_to_hear", "want_to_hear_2"]
    assert keys(copy.get_latest_revision_as_object().body) == ["want_to_hear_2"]
    assert copy.live is live


def test_a_copied_part_gets_keys_of_its_own_and_the_first_keeps_its(writing, steady, as_editor):
    copied(as_editor, writing.get_parent(), steady, copy_subpages="on")
    copied(as_editor, writing.get_parent(), steady, copy_subpages="on", new_slug="copy-2")

    assert keys_below(steady) == ["want_to_hear", "want_to_hear_2", "want_to_hear_3"]
    writing.refresh_from_db()
    assert keys(writing.body) == ["want_to_hear"]


def test_a_page_is_not_copied_as_an_alias(writing, steady, as_editor):
    copied(as_editor, writing, writing.get_parent(), alias="on")

    assert not Page.objects.filter(slug="copy").exists()
    assert "Leave “Alias” empty" in as_editor.get("/cms/", follow=True).content.decode()


def test_a_copied_programme_keeps_its_keys(steady, as_editor):
    copied(as_editor, steady, ProgrammesPage.objects.get(), copy_subpages="on")

    assert keys_below(Page.objects.get(slug="copy")) == ["want_to_hear"]


def test_a_page_is_not_moved_to_where_its_key_is_taken(steady, writing, as_editor):
    other = ProgrammePageFactory(parent=ProgrammesPage.objects.get(), title="Open Water", slug="other")
    tides = ModulePageFactory(parent=other, title="Tides")
    ActivityPageFactory(parent=tides, title="Ebb", body=[exercise()])

    answer = as_editor.post(f"/cms/pages/{writing.pk}/move/{tides.pk}/confirm/", follow=True)

    assert [page.title for page in tides.get_children()] == ["Ebb"]
    assert "Copy the page instead" in answer.content.decode()


def test_the_order_that_an_editor_drags_is_the_order_of_the_programme(steady, as_editor):
    def order() -> list[str]:
        return [part.slug for part in outline.read("steady").modules]

    assert order() == ["being-human-at-work", "thinking-habits"]
    last = ModulePage.objects.get(slug="thinking-habits")

    as_editor.post(f"/cms/pages/{last.pk}/set_position/?position=0")

    assert order() == ["thinking-habits", "being-human-at-work"]


STORIES = {
    "nurse": "Asha sees it",
    "paramedic": "and not heard",
    "midwife": "Asha sees it",
    "": "Asha sees it",
}


@pytest.mark.parametrize("mode", STORIES)
def test_an_editor_looks_as_somebody_of_a_profession(steady, as_editor, mode):
    page = ActivityPage.objects.get(slug="good-people-hard-jobs")

    answer = page.make_preview_request(as_editor.get("/cms/").wsgi_request, preview_mode=mode)

    story = answer.content.decode().split('class="others"')[0]
    assert STORIES[mode] in story


def test_every_profession_and_level_can_be_looked_at_as():
    names = dict(looking_as.modes())

    assert {":first_years", ":in_training", "midwife", "student", "pharmacist", ""} <= set(names)
    assert about_you.PREFER_NOT not in names
    assert looking_as.read(":first_years").level == "first_years"
    assert looking_as.read("midwife").profession == "midwife"
    assert looking_as.read("nonsense").profession == ""


def test_the_preview_of_a_part_can_be_looked_at_as_anybody(steady, as_editor):
    page = ModulePage.objects.first()

    answer = page.make_preview_request(as_editor.get("/cms/").wsgi_request, preview_mode=":first_years")

    assert answer.status_code == 200
