"""Editors translate with Wagtail's own tools."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from content_pages.models import ActivityPage, HomePage, ModulePage, Opens, ProgrammesPage
from resilience.accounts.models import Role
from tests.content_pages.test_cms import filled_form
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import FRENCH_READING, FRENCH_WRITING, in_french

FORM = {
    "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "1000",
}  # fmt: skip
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def of_steady(steady, sign_in) -> Client:
    """A browser of somebody who edits the programme "steady" alone."""
    return sign_in(UserFactory(roles=[Role.EDITOR], roles__programme="steady"))


def translate(browser: Client, page: Page, *, whole: bool = False) -> Page:
    """Press "Translate this page" and return the draft that it leads to."""
    locale, _fresh = Locale.objects.get_or_create(language_code="fr")
    posted = {"locales": [locale.pk], **({"include_subtree": "on"} if whole else {})}
    answer = browser.post(f"/cms/translation/submit/page/{page.pk}/", posted)
    made = page.get_translation(locale)
    assert answer["Location"] == f"/cms/pages/{made.pk}/edit/"
    return made


def of_a_module(page: ModulePage, **changes: str) -> dict:
    """Return what the form of a module posts."""
    note = '{"blocks": [], "entityMap": {}}'
    words = {"title": page.title, "slug": page.slug, "summary": page.summary, "aim": "", "minutes": "6"}
    return {**FORM, **words, "drawing": "", "drawing_alt": "", "support_note": note, **PUBLISH, **changes}


def test_an_editor_translates_a_part_and_participants_read_it(steady, of_steady, as_participant):
    in_french(steady)
    as_participant.post(FRENCH_READING, {"do": "done"})
    as_participant.post(FRENCH_WRITING, {"do": "skip"})
    module = ModulePage.objects.get(slug="thinking-habits")

    draft = translate(of_steady, module, whole=True)
    piece = ActivityPage.objects.get(slug="the-loop", locale=draft.locale)
    before = as_participant.get("/fr/my/").content.decode()
    words = of_a_module(draft, title="Habitudes de pensée", slug="habitudes-de-pensee")
    of_steady.post(f"/cms/pages/{draft.pk}/edit/", words)
    text = {
        **filled_form(of_steady, piece, "La boucle tourne."),
        **PUBLISH,
        "title": "La boucle",
        "slug": "la-boucle",
    }
    of_steady.post(f"/cms/pages/{piece.pk}/edit/", {**text, "content_note": "Peut attendre."})

    assert "Thinking habits" in before
    assert "Habitudes de pensée" in as_participant.get("/fr/my/").content.decode()
    page = as_participant.get("/fr/programmes/steady/habitudes-de-pensee/la-boucle/").content.decode()
    assert "La boucle tourne." in page
    assert "not translated yet" not in page


def test_the_button_stands_where_an_editor_looks(steady, of_steady):
    in_french(steady)
    module = ModulePage.objects.get(slug="thinking-habits")

    page = of_steady.get(f"/cms/pages/{module.pk}/edit/").content.decode()

    assert f"/cms/translation/submit/page/{module.pk}/" in page


def test_an_editor_of_one_programme_translates_no_page_of_another(steady, of_steady):
    in_french(steady)
    home = HomePage.objects.first()

    answer = of_steady.get(f"/cms/translation/submit/page/{home.pk}/")

    assert answer.status_code == 302
    assert answer["Location"] == "/cms/"


def test_an_editor_of_the_site_begins_a_second_language_from_the_front_page(steady, as_editor):
    home = translate(as_editor, HomePage.objects.get())
    folder = translate(as_editor, ProgrammesPage.objects.get())
    top = translate(as_editor, steady, whole=True)

    assert home.get_parent().is_root()
    assert folder.get_parent().specific == home
    assert top.slug == steady.slug
    assert top.get_children().count() == 2
    assert not any(page.live for page in (home, folder, top))


def test_a_translated_part_has_no_rule_of_its_own(steady, as_editor):
    first, second = ModulePage.objects.order_by("path")
    second.opens, second.opens_after = Opens.AFTER_MODULE, first
    second.save_revision().publish()
    in_french(steady)

    draft = translate(as_editor, second)
    page = as_editor.get(f"/cms/pages/{draft.pk}/edit/").content.decode()
    answer = as_editor.post(f"/cms/pages/{draft.pk}/edit/", of_a_module(draft, title="Habitudes"))

    assert 'name="opens_after"' not in page
    assert answer.status_code == 302
    assert ModulePage.objects.get(pk=draft.pk).live


def test_the_part_that_it_translates_keeps_its_rule(steady, as_editor):
    page = as_editor.get(f"/cms/pages/{ModulePage.objects.first().pk}/edit/").content.decode()

    assert 'name="opens_after"' in page


def test_the_first_page_lists_each_language(steady, as_editor):
    in_french(steady)

    page = as_editor.get("/cms/").content.decode()

    assert "Rester humain au travail" in page
    assert "Being human at work" in page
    assert "Thinking habits" in page


def test_a_preview_speaks_the_language_of_its_page(steady, as_editor):
    in_french(steady)
    piece = ActivityPage.objects.get(slug="des-gens-bien")
    form = filled_form(as_editor, piece, "L’attention vient.")

    as_editor.post(f"/cms/pages/{piece.pk}/edit/preview/", form)
    preview = as_editor.get(f"/cms/pages/{piece.pk}/edit/preview/?mode=").content.decode()

    assert '<html lang="fr"' in preview
    assert "L’attention vient." in preview
    assert "Rester humain au travail" in preview
