"""An editor of one programme edits its pages and sees no other's; an editor of the site edits them all."""

import importlib

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Workflow

from content_pages.models import HomePage, ProgrammePage, ProgrammesPage, SecondReader
from resilience.accounts import roles
from resilience.accounts.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import READING, ModulePageFactory, ProgrammePageFactory
from tests.factories.participants import ProgrammeFactory


@pytest.fixture
def other(steady) -> ProgrammePage:
    """The pages of a second programme."""
    page = ProgrammePageFactory(parent=ProgrammesPage.objects.get(), title="Open Water", slug="other")
    ModulePageFactory(parent=page, title="Tides")
    return page


@pytest.fixture
def of_steady(other, sign_in) -> Client:
    """A browser of somebody who edits the programme "steady" alone."""
    return sign_in(UserFactory(roles=[Role.EDITOR], roles__programme="steady"))


def edit(page: ProgrammePage) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def refused(browser: Client, address: str) -> bool:
    answer = browser.get(address)
    return answer.status_code == 302 and answer["Location"] == "/cms/"


def test_an_editor_of_one_programme_edits_its_pages_alone(of_steady, steady, other):
    assert of_steady.get(edit(steady)).status_code == 200
    assert of_steady.get(edit(steady.get_first_child())).status_code == 200
    assert refused(of_steady, edit(other))
    assert refused(of_steady, edit(other.get_first_child()))
    assert refused(of_steady, edit(HomePage.objects.get()))


def with_slug(browser: Client, page: ProgrammePage, slug: str, **more: str) -> str:
    """Return what an editor sees who writes a slug and presses "Save draft" or another button."""
    form = {
        "title": page.title, "slug": slug, "summary": "", "opens": "IN_ORDER", "welcome-count": "0",
        "ending-count": "0", "drawing": "", "drawing_alt": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000", **more,
    }  # fmt: skip
    return browser.post(edit(page), form, follow=True).content.decode()


@pytest.mark.parametrize(("slug", "words"), [("another", "Leave “steady” here."), ("", "")])
@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}], ids=["draft", "publish"])
def test_the_slug_by_which_people_find_their_programme_stays(steady, as_editor, slug, words, button):
    ProgrammeFactory()

    page = with_slug(as_editor, steady, slug, **button)

    assert words in page
    steady.refresh_from_db()
    assert steady.get_latest_revision_as_object().slug == steady.slug == "steady"


def test_the_slug_of_a_page_that_waits_for_its_programme_can_be_changed(steady, as_editor):
    with_slug(as_editor, steady, "another", **{"action-publish": "1"})

    steady.refresh_from_db()
    assert steady.slug == "another"


def test_an_editor_of_one_programme_adds_no_page_to_another(of_steady, steady, other):
    below = "/cms/pages/add/content_pages/modulepage/{}/"

    assert of_steady.get(below.format(steady.pk)).status_code == 200
    assert refused(of_steady, below.format(other.pk))


def test_an_editor_of_one_programme_cannot_move_or_copy_a_page_into_another(of_steady, steady, other):
    module = steady.get_first_child()

    of_steady.post(f"/cms/pages/{module.pk}/move/{other.pk}/confirm/")
    form = {"new_title": "Tides two", "new_slug": "tides-two", "new_parent_page": str(other.pk), "alias": ""}
    of_steady.post(f"/cms/pages/{module.pk}/copy/", form)

    assert [page.title for page in other.get_children()] == ["Tides"]


def test_an_editor_of_one_programme_reads_no_page_of_another(of_steady, steady):
    assert of_steady.get(READING).status_code == 200
    assert of_steady.get("/programmes/other/").status_code != 200


def test_what_is_the_whole_sites_is_for_editors_of_the_site(of_steady, as_editor):
    assert refused(of_steady, "/cms/workflows/list/")
    assert as_editor.get("/cms/workflows/list/").status_code == 200


def test_an_editor_of_one_programme_adds_pictures(of_steady):
    assert of_steady.get("/cms/images/add/").status_code == 200


def test_the_first_page_lists_what_this_editor_edits(of_steady, as_editor):
    mine, all_of_them = of_steady.get("/cms/").content.decode(), as_editor.get("/cms/").content.decode()

    assert "Being human at work" in mine
    assert "Tides" not in mine
    assert "Tides" in all_of_them


def test_an_editor_of_the_site_edits_every_programme(as_editor, steady, other):
    assert as_editor.get(edit(steady)).status_code == 200
    assert as_editor.get(edit(other)).status_code == 200


def test_it_does_not_matter_whether_the_role_or_the_programmes_pages_came_first(steady, sign_in):
    early = UserFactory(roles=[Role.EDITOR], roles__programme="other")
    assert sign_in(early).get("/cms/").status_code == 200

    page = ProgrammePageFactory(parent=ProgrammesPage.objects.get(), title="Open Water", slug="other")

    assert sign_in(early).get(edit(page)).status_code == 200
    assert refused(sign_in(early), edit(steady))


def test_a_role_that_ends_takes_the_pages_with_it(steady, tuesday):
    eve = UserFactory(roles=[Role.EDITOR], roles__programme="steady")
    assert [group.name for group in eve.groups.all()] == ["Editors of steady"]

    roles.end(user=eve, role=Role.EDITOR, programme="steady", by=None, now=tuesday)

    assert not eve.groups.exists()


def test_the_migration_takes_editors_of_one_programme_out_of_the_sites_groups(steady, sign_in):
    migration = importlib.import_module("content_pages.migrations.0003_editors_of_one_programme")
    eve = UserFactory(roles=[Role.EDITOR], roles__programme="steady")
    migration.widen(apps, None)
    assert set(eve.groups.values_list("name", flat=True)) == {"Editors", "Moderators"}

    migration.narrow(apps, None)

    assert [group.name for group in eve.groups.all()] == ["Editors of steady"]
    assert sign_in(eve).get(edit(steady)).status_code == 200
    assert refused(sign_in(eve), edit(HomePage.objects.get()))


def test_the_migration_gives_each_programme_its_second_pair_of_eyes(steady):
    migration = importlib.import_module("content_pages.migrations.0005_second_pair_of_eyes")
    name = "Second pair of eyes: steady"
    migration.take(apps, None)
    assert not Workflow.objects.filter(name=name).exists()
    assert not SecondReader.objects.exists()

    migration.give(apps, None)
    migration.give(apps, None)

    task = steady.get_first_child().get_workflow().tasks.get().specific
    assert set(task.groups.values_list("name", flat=True)) == {"Editors of steady", "Editors", "Moderators"}
