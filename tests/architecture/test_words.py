"""What those who take part are shown is said in each language of the site, and nothing of it is lost."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture import catalogue, source
from tests.architecture.catalogue import Entry, Message

THEIRS = [  # the folders whose words a visitor, somebody who takes part or a report's reader is shown
    "content_pages/templates/content_pages",
    "content_pages/views",
    "resilience/accounts",
    "resilience/coaching",
    "resilience/engagement",
    "resilience/evaluation/interviews",
    "resilience/evaluation/reports",
    "resilience/evaluation/templates/evaluation/interviews",
    "resilience/evaluation/templates/evaluation/printed",
    "resilience/journeys",
    "resilience/measures",
    "resilience/messaging",
    "resilience/organisations",
    "resilience/telephony",
    "resilience/templates",
]
OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PO_FILES = [path for code in OTHER_LANGUAGES for path in catalogue.catalogues(code)]
OF_OURS = [
    path for path in PO_FILES if "library_words" not in path.parts
]  # a library's words may be said with less


STAFF_PAGES = "manage"  # pages of those who run programmes are in English


def sources(folder: str) -> list[Path]:
    return [
        path
        for path in sorted((source.ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".txt"} and not {"migrations", STAFF_PAGES} & set(path.parts)
    ]


def entries_of(code: str) -> list[Entry]:
    return [entry for path in catalogue.catalogues(code) for entry in catalogue.entries(path)]


@pytest.mark.parametrize("folder", THEIRS)
@pytest.mark.parametrize("code", OTHER_LANGUAGES)
def test_what_they_are_shown_is_said_in_each_language(code, folder):
    asked = {message for path in sources(folder) for message in catalogue.of_file(path)}

    assert asked
    assert catalogue.untold(asked, entries_of(code)) == []


def test_words_that_nobody_translated_are_noticed(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "Yes" %}{% blocktranslate count n=n %}{{ n }} cat{% plural %}{{ n }} cats'
        '{% endblocktranslate %}{% firstof name _("a stranger") %}'
    )
    module = tmp_path / "module.py"
    module.write_text(
        "from django.utils.translation import gettext_lazy as later\n"
        'label = later("A door"), pgettext("of a tree", "Bark"), _(name)'
    )

    asked = catalogue.of_file(page) | catalogue.of_file(module)

    assert catalogue.untold(asked, entries_of("fr")) == ["%(n)s cat", "A door", "Bark", "a stranger"]


@pytest.mark.parametrize("path", OF_OURS, ids=source.name)
def test_a_translation_keeps_every_variable_and_tag(path):
    assert [entry for entry in catalogue.entries(path) if catalogue.loses_something(entry)] == []


@pytest.mark.parametrize("said", ["Bonjour", "Bonjour %(nom)s", "Bonjour %(name)s <b>"])
def test_a_variable_that_is_lost_is_noticed(said):
    assert catalogue.loses_something(Entry(Message("Hello %(name)s"), (said,)))


@pytest.mark.parametrize("path", PO_FILES, ids=source.name)
def test_what_the_site_reads_was_compiled_from_what_translators_wrote(path):
    compiled = catalogue.compiled(path)

    known = [entry for entry in catalogue.entries(path) if all(entry.said)]

    assert known
    assert [entry for entry in known if catalogue.says_something_else(entry, compiled)] == []


def test_a_catalogue_that_was_not_compiled_again_is_noticed():
    compiled = catalogue.compiled(PO_FILES[0])

    assert catalogue.says_something_else(Entry(Message("Sign out"), ("Partir",)), compiled)
    assert catalogue.says_something_else(
        Entry(Message("%(count)s page", plural="%(count)s pages"), ("x", "y")), compiled
    )
