"""The written programme becomes pages, once."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from content_pages import outline, rendering
from content_pages.models import ActivityPage, ModulePage, ProgrammePage
from resilience.demo import pages
from tests.factories.participants import ProgrammeFactory

FOLDER = Path(settings.BASE_DIR) / "resilience" / "demo" / "programme"


@pytest.fixture
def loaded(db) -> ProgrammePage:
    pages.load(programme=ProgrammeFactory(slug="demonstration"), folder=FOLDER)
    return ProgrammePage.objects.get()


def test_five_parts_of_three_to_five_pieces_stand_there(loaded):
    found = outline.read("demonstration")

    assert [module.number for module in found.modules] == [1, 2, 3, 4, 5]
    assert all(3 <= len(module.activities) <= 5 for module in found.modules)


def test_every_activity_can_be_drawn_for_every_profession(loaded):
    for page in ActivityPage.objects.all():
        for profession in ("nurse", "student", "other"):
            assert rendering.of_activity(rendering.stored(page), profession=profession, collects=True)


def test_a_second_run_keeps_what_an_editor_changed(loaded):
    module = ModulePage.objects.first()
    module.title = "Changed by hand"
    module.save_revision().publish()

    pages.load(programme=ProgrammeFactory(slug="demonstration"), folder=FOLDER)

    assert ModulePage.objects.first().title == "Changed by hand"
    assert ModulePage.objects.count() == 5


def test_an_exercise_has_one_name_in_the_whole_programme(loaded):
    keys = [
        piece.exercise.key
        for page in ActivityPage.objects.all()
        for piece in rendering.of_activity(rendering.stored(page), profession="", collects=True)
        if piece.exercise
    ]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("address", ["/", "/sample/", "/first-days/"])
def test_the_public_pages_need_no_account(loaded, address):
    assert Client().get(address).status_code == 200


def test_a_sentence_of_answers_becomes_buttons():
    words = "Used it? At work, at home, after something went wrong, or not yet."

    question, answers = pages._coming_back(words)

    assert question == "Used it?"
    assert answers == ["At work", "At home", "After something went wrong", "Not yet"]


def test_five_cards_can_be_passed_on_each_by_an_address_of_its_own(loaded):
    page = Client().get("/pass-it-on/").content.decode()

    cards = re.findall(r'<section class="technique" id="([a-z-]+)"(.*?)</section>', page, re.DOTALL)
    assert len(cards) == 5
    for key, card in cards:
        assert f'href="#{key}"' in card
        assert len(re.sub(r"<[^>]+>", "", card)) < 700


def test_every_link_to_a_card_or_a_sheet_leads_to_an_exercise_that_is_there(loaded):
    shown = "".join(rendering.stored(page) for page in ActivityPage.objects.all())

    keys = set(re.findall(r"/my/plan/(?:card|print)/(\w+)/", shown))
    assert len(keys) == 6
    assert all(f'"key": "{key}"' in shown for key in keys)
