"""One address in several languages: the first without a prefix."""

import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

import resilience
from resilience import languages
from resilience.accounts import context
from resilience.organisations import promise
from tests.architecture import catalogue

AFTERNOON = datetime(2026, 11, 3, 14, 30, tzinfo=UTC)
STATIC = Path(resilience.__file__).parent / "static"
STYLE_SHEETS = [
    STATIC / "paper.css",
    STATIC / "resilience" / "site.css",
    STATIC / "resilience" / "staff.css",
    Path(resilience.__file__).parents[1] / "content_pages" / "static" / "content_pages" / "reading.css",
]
PAGES = [Path(resilience.__file__).parent, Path(resilience.__file__).parents[1] / "content_pages"]
PAST_THE_FILTER = re.compile(r'\|date:"[^"]*[jM]')
SIDED = re.compile(r"[\w-]*-(?:left|right):|(?<![\w-])(?:left|right):|(?:text-align|float): (?:left|right)")
FOUR_SIDES = re.compile(r"(?:padding|margin): ([^;{}]+)")
WITHIN_BRACKETS = re.compile(r" (?=[^(;{}]*\))")
A_SENTENCE = 4


def english_on(page: str) -> list[str]:
    """Return the sentences of ours that stand on a page as they were written, in English."""
    shown = html.unescape(re.sub(r"<[^>]+>", "\n", page))
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    told = {
        entry.message.words
        for path in catalogue.catalogues("fr")
        for entry in catalogue.entries(path)
        if entry.message.words not in entry.said
    }
    return sorted(line for line in lines & told if len(line.split()) >= A_SENTENCE)


def menu(answer: HttpResponse) -> list[str]:
    """Return where the menu of a page leads."""
    bar = re.search(r'<nav class="nav.*?</nav>', answer.content.decode(), re.S)
    return re.findall('href="([^"]+)"', bar[0]) if bar else []


def one_sided(sheet: str) -> list[str]:
    """Return what a style sheet says of the left and the right apart, which is wrong in half of the scripts."""
    uneven = [
        found[0]
        for found in FOUR_SIDES.finditer(WITHIN_BRACKETS.sub("", sheet))
        if len(sides := found[1].split()) == 4 and sides[1] != sides[3]
    ]
    return [*SIDED.findall(sheet), *uneven]


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/my/", "fr", "/fr/my/"),
        ("/fr/my/", "en-gb", "/my/"),
        ("/fr/my/", "fr", "/fr/my/"),
        ("/my/", "en-gb", "/my/"),
        ("/", "fr", "/fr/"),
        ("/friends/", "fr", "/fr/friends/"),
    ],
)
def test_an_address_is_put_into_a_language(path, code, there):
    assert languages.put(path, code=code) == there


def test_a_language_that_we_do_not_speak_reads_as_the_first():
    with translation.override("ar"):
        assert languages.now() == "en-gb"


@pytest.mark.django_db
def test_a_page_of_an_editor_has_no_other_language(rf):
    request = rf.get("/cms/")
    request.resolver_match = object()

    assert languages.choices(request) == []


@pytest.mark.django_db
def test_who_must_sign_in_is_asked_in_their_language(client):
    answer = client.get("/fr/my/")

    assert answer["Location"].startswith("/fr/accounts/login/")


@pytest.mark.parametrize("code", ["en-gb", "fr"])
def test_an_address_is_answered_alike_whichever_language_is_spoken(code):
    with translation.override(code):
        found = {languages.answering(path).view_name for path in ("/help-now/", "/fr/help-now/")}

    assert len(found) == 1


def test_what_speaks_one_language_only_gets_no_prefix():
    assert languages.put("/cms/pages/", code="fr") == "/cms/pages/"


@pytest.mark.parametrize(("code", "said"), [("en-gb", "2:30 pm"), ("fr", "14\xa0h\xa030")])
def test_a_time_of_day_is_said_as_the_language_says_it(code, said):
    with translation.override(code):
        assert languages.clock(AFTERNOON) == said


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("", "mardi 3 novembre à 14\xa0h\xa030 (heure à Londres)"),
        ("short", "mardi 3 novembre à 14\xa0h\xa030"),
        ("day", "mardi 3 novembre"),
        ("date", "3 novembre 2026"),
        ("clock", "14\xa0h\xa030"),
    ],
)
def test_a_moment_is_french_on_a_french_page(only, said):
    with translation.override("fr"):
        page = render_to_string("includes/time.html", {"at": AFTERNOON, "only": only})

    assert page == f'<time datetime="2026-11-03T14:30:00Z">{said}</time>'


@pytest.mark.parametrize(
    ("code", "day", "letters", "said"),
    [
        ("en-gb", "2026-12-01", "l j F", "Tuesday 1 December"),
        ("en-gb", "2026-11-27", "j M", "27 Nov"),
        ("fr", "2026-12-01", "l j F", "mardi 1er décembre"),
        ("fr", "2026-12-01", "j M", "1er déc."),
        ("fr", "2026-12-11", "j F Y", "11 décembre 2026"),
        ("fr", "2026-11-27", "j M", "27 nov."),
        ("fr", "2027-05-01", "j M", "1er mai"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code, day, letters, said):
    with translation.override(code):
        assert languages.day(date.fromisoformat(day), letters) == said


def test_no_page_writes_a_day_past_the_filter_that_knows_the_language():
    pages = [path for folder in PAGES for path in folder.rglob("templates/**/*.*")]
    around = [path for path in pages if PAST_THE_FILTER.search(path.read_text())]

    assert pages
    assert around == []


@pytest.mark.parametrize(("code", "said"), [("en-gb", "You: 3"), ("fr", "You\xa0: 3")])
def test_a_colon_stands_as_the_language_sets_it(code, said):
    with translation.override(code):
        assert Template("{% load page_tags %}You{% colon %} 3").render(Context()) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 minute"), (1, "1 minute"), (2, "2 minutes"), (40, "40 minutes")]
)
def test_nought_and_one_are_singular_in_french(minutes, said):
    with translation.override("fr"):
        assert ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes} == said


@pytest.mark.django_db
def test_the_promise_names_the_same_readers_in_each_language(settings):
    lines = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines[code] = [(len(line.who), line.everyone, line.own) for line in promise.lines()]

    assert lines["fr"] == lines["en-gb"]


@pytest.mark.django_db
def test_the_menu_is_the_same_in_each_language(as_participant):
    context._name.cache_clear()  # as in a process whose first page is a French one

    french = menu(as_participant.get("/fr/my/data/"))
    british = menu(as_participant.get("/my/data/"))

    assert british == ["/my/", "/calls/", "/my/data/"]
    assert french == [f"/fr{url}" for url in british]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/my/", "/help-now/", "/promise/", "/join/", "/my/data/", "/my/pause/"])
def test_a_french_page_says_nothing_of_ours_in_english(as_participant, client, path):
    visitor = client if path == "/join/" else as_participant

    page = visitor.get(f"/fr{path}", follow=True).content.decode()

    assert '<html lang="fr" dir="ltr"' in page
    assert english_on(page) == []


@pytest.mark.django_db
def test_english_on_a_page_is_noticed(as_participant):
    assert "This is not where incidents are reported. Report them the usual way." in english_on(
        as_participant.get("/help-now/").content.decode()
    )


@pytest.mark.parametrize("name", ["base_plain.html", "base.html", "base_staff.html", "base_paper.html"])
def test_a_language_that_is_read_from_the_right_is_set_from_the_right(rf, settings, name):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]

    with translation.override("ar"):
        page = render_to_string(name)

    assert '<html lang="ar" dir="rtl">' in page


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_does_not_know_left_from_right(path):
    assert one_sided(path.read_text()) == []


def test_a_style_sheet_that_knows_left_from_right_is_noticed():
    assert one_sided("a { margin-left: 1px; padding: 0 1px 2px 3px; float: right; }") == [
        "margin-left:",
        "float: right",
        "padding: 0 1px 2px 3px",
    ]
