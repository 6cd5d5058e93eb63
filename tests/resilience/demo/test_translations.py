"""The demonstration in French: complete where it is translated, and the same exercises as in English."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from content_pages import founding, outline, rendering
from content_pages.exercises import Exercise
from content_pages.models import ActivityPage, ModulePage, ProgrammePage
from content_pages.tailoring import Tailored
from resilience.demo import pages, translations
from resilience.participants import consent
from resilience.participants.models import Programme
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

FOLDER = Path(settings.BASE_DIR) / "resilience" / "demo" / "programme"
FRENCH = FOLDER / "fr"
ENGLISH_LIMITS = ("serious danger to you or to someone else", "patients at risk now", "a court’s order")
FRENCH_LIMITS = (
    "un danger grave pour vous ou pour quelqu’un d’autre",
    "patients en danger maintenant",
    "l’ordre d’un juge",
)


@pytest.fixture(scope="module")
def written(loaded_once) -> Iterator[None]:
    def load() -> None:
        programme = ProgrammeFactory(slug="demonstration")
        pages.load(programme=programme, folder=FOLDER)
        translations.load(programme=programme, folder=FOLDER, language="fr")

    with loaded_once(load):
        yield


@pytest.fixture
def loaded(written, db) -> Programme:
    return Programme.objects.get(slug="demonstration")


def read(file: Path) -> dict:
    return tomllib.loads(file.read_text())


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def exercises(page: ActivityPage) -> list[Exercise]:
    drawn = rendering.of_activity(rendering.stored(page), tailored=Tailored(), collects=True)
    return [piece.exercise for piece in drawn if piece.exercise]


def shape(exercise: Exercise) -> tuple:
    prompts = tuple((each.key, each.input, each.counts, len(each.options)) for each in exercise.prompts)
    return (
        exercise.key,
        exercise.kind,
        exercise.keeps,
        exercise.revisit_after_days,
        exercise.revisit_answers,
        prompts,
    )


def test_the_first_part_has_the_same_exercises_in_french(loaded):
    module = ModulePage.objects.get(slug="being-human-at-work")

    for english in ActivityPage.objects.child_of(module):
        french = english.get_translations().get()
        assert [shape(each) for each in exercises(french)] == [shape(each) for each in exercises(english)]
        assert [block.block_type for block in french.body] == [block.block_type for block in english.body]
        assert (french.minutes, french.sensitive) == (english.minutes, english.sensitive)


def test_each_profession_has_its_story_in_french():
    def told(module: dict) -> list[str]:
        stories = [
            each for piece in module["activities"] for each in piece["blocks"] if each["type"] == "vignette"
        ]
        return [version["profession"] for story in stories for version in story["versions"]]

    assert told(read(FRENCH / "module_1.toml")) == told(read(FOLDER / "module_1.toml"))


def test_the_french_pages_say_all_that_the_english_ones_say():
    english, french = read(FOLDER / "programme.toml"), read(FRENCH / "programme.toml")
    english["first_days_html"] = read(founding.FIRST_DAYS)["html"]

    for name in (
        "front_html",
        "welcome_html",
        "sample_html",
        "first_days_html",
        "ending_html",
        "information_sheet_html",
    ):
        assert re.findall(r"<(\w+)", french[name]) == re.findall(r"<(\w+)", english[name]), name
    assert [each["key"] for each in french["pass_it_on_cards"]] == [
        each["key"] for each in english["pass_it_on_cards"]
    ]


def test_the_limits_stand_in_the_information_of_both_languages():
    english = read(FOLDER / "programme.toml")["information_sheet_html"]
    french = read(FRENCH / "programme.toml")["information_sheet_html"].replace("\u202f", " ")

    for words in ENGLISH_LIMITS:
        assert words in english
    for words in (
        "un danger grave pour vous ou pour quelqu’un d’autre",
        "des patients en danger maintenant",
        "l’ordre d’un juge",
    ):
        assert words in french
    assert {"123", "144"} <= set(re.findall(r"\d+", french))


@pytest.mark.parametrize("file", sorted(FRENCH.glob("*.toml")), ids=lambda file: file.stem)
def test_french_is_set_as_french_is(file):
    for words in strings(read(file)):
        assert "!" not in words
        assert "'" not in words
        assert not re.search(r"[^\u00a0\u202f][;?»]|(?<![\u00a0:])[:](?=\s)|«[^\u00a0]", words), words


def test_what_is_not_translated_is_there_in_english(loaded, sign_in):
    somebody = sign_in(EnrolmentFactory(cohort__programme=loaded).participant.user)

    page = somebody.get("/fr/my/").content.decode()

    assert "Rester humain au travail" in page
    assert page.count('<span lang="en-gb">') >= 4
    assert ModulePage.objects.filter(locale__language_code="fr").count() == 1


def test_somebody_finishes_the_first_part_in_french(loaded, sign_in):
    enrolment = EnrolmentFactory(cohort__programme=loaded)
    somebody = sign_in(enrolment.participant.user)
    with translation.override("en-gb"):
        english = outline.read("demonstration").modules[0]

    for page in ActivityPage.objects.filter(locale__language_code="fr"):
        address = f"/fr/programmes/demonstration/rester-humain-au-travail/{page.slug}/"
        assert "not translated yet" not in somebody.get(address).content.decode()
        somebody.post(address, {"do": "done"})

    assert "This part is behind you" in somebody.get(english.url).content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [("/fr/", "Vous savez où se trouve le chariot"), ("/fr/sample/", "Lit six, huit heures"),
     ("/fr/first-days/", "Mettez en sécurité."), ("/fr/pass-it-on/", "Cinq petites choses")],
)  # fmt: skip
def test_the_public_pages_are_in_french(loaded, address, words):
    CohortFactory(programme=loaded)

    assert words in Client().get(address).content.decode()


def test_loading_again_touches_nothing(loaded):
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision"))

    translations.load(programme=loaded, folder=FOLDER, language="fr")

    assert list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")) == before


def test_there_is_one_first_page_in_each_language(loaded):
    assert set(ProgrammePage.objects.values_list("locale__language_code", "slug")) == {
        ("en-gb", "demonstration"),
        ("fr", "demonstration"),
    }
    loaded.refresh_from_db()
    assert loaded.modules == 5


def test_the_information_is_published_in_french_once(loaded, tuesday):
    consent.publish(programme=loaded, information="<p>In English.</p>", now=tuesday)

    first = translations.inform(programme=loaded, folder=FOLDER, language="fr", now=tuesday)
    again = translations.inform(
        programme=loaded, folder=FOLDER, language="fr", now=tuesday + timedelta(days=1)
    )

    assert first == again == consent.current_form(loaded, language="fr")
    assert first.version == 1
