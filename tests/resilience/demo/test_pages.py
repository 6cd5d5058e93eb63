"""The written programme becomes pages, once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from content_pages import outline, rendering
from content_pages.blocks.exercises import KINDS
from content_pages.models import ActivityPage, ModulePage, ProgrammePage
from content_pages.tailoring import Tailored
from resilience.accounts.models import Draft
from resilience.demo import pages
from resilience.engagement import completions
from resilience.engagement.models import Entry, Remark, SharedCopy, Tally
from resilience.participants.models import Programme
from resilience.participants.wording import Wording
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

SENTENCE = "Write about you, not about the patient: no names, dates or places."
FOLDER = Path(settings.BASE_DIR) / "resilience" / "demo" / "programme"


@pytest.fixture(scope="module")
def written(loaded_once) -> Iterator[None]:
    with loaded_once(lambda: pages.load(programme=ProgrammeFactory(slug="demonstration"), folder=FOLDER)):
        yield


@pytest.fixture
def loaded(written, db) -> ProgrammePage:
    return ProgrammePage.objects.get()


def test_five_parts_of_three_to_five_pieces_stand_there(loaded):
    found = outline.read("demonstration")

    assert [module.number for module in found.modules] == [1, 2, 3, 4, 5]
    assert all(3 <= len(module.activities) <= 5 for module in found.modules)


def test_every_activity_can_be_drawn_for_every_profession(loaded):
    for page in ActivityPage.objects.all():
        for profession in ("nurse", "student", "other"):
            assert rendering.of_activity(rendering.stored(page), tailored=Tailored(profession), collects=True)


@pytest.mark.parametrize("word", Wording.values)
def test_every_place_for_the_programmes_word_is_filled(loaded, word):
    found = outline.read("demonstration", wording=word)
    drawn = [
        str(piece.html)
        for page in ActivityPage.objects.all()
        for piece in rendering.of_activity(
            rendering.stored(page), tailored=Tailored(wording=word), collects=True
        )
    ]

    assert not [words for words in drawn if re.search(r"\{\w+\}", words)]
    assert not [each.title for each in found.activities if "{" in each.title]


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
        for piece in rendering.of_activity(rendering.stored(page), tailored=Tailored(), collects=True)
        if piece.exercise and not piece.exercise.is_closing
    ]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("address", ["/", "/sample/", "/first-days/"])
def test_the_public_pages_need_no_account(loaded, address):
    assert Client().get(address).status_code == 200


def _drawn(page: ActivityPage, *, collects: bool = True) -> tuple[rendering.Piece, ...]:
    return rendering.of_activity(rendering.stored(page), tailored=Tailored(), collects=collects)


def test_each_kind_of_exercise_is_in_the_demonstration(loaded):
    pieces = [piece for page in ActivityPage.objects.all() for piece in _drawn(page)]

    found = {piece.exercise.kind for piece in pieces if piece.exercise}

    assert {kind for kind, _label in KINDS} <= found


def boxes_without_the_sentence(html: str) -> int:
    """Return how many boxes of a piece have no "write about you" before them."""
    before = html.partition(SENTENCE)[0] if SENTENCE in html else html
    return before.count("<textarea")


def test_every_box_carries_the_sentence(loaded):
    for page in ActivityPage.objects.all():
        assert sum(boxes_without_the_sentence(piece.html) for piece in _drawn(page)) == 0


def test_a_box_without_the_sentence_is_noticed():
    assert boxes_without_the_sentence("<textarea></textarea>") == 1
    assert boxes_without_the_sentence(f"{SENTENCE}<textarea></textarea>") == 0


def test_every_part_closes_with_one_tap_and_a_line(loaded):
    for module in ModulePage.objects.all():
        last = module.get_children().last().specific

        assert [block.block_type for block in last.body][-2:] == ["knowledge_check", "closing"]


def test_somebody_finishes_every_part_without_storing_a_word(loaded, sign_in):
    enrolment = EnrolmentFactory(cohort__programme=loaded_programme())
    somebody = sign_in(enrolment.participant.user)

    for activity in outline.read("demonstration").activities:
        page = somebody.get(activity.url).content.decode()
        button = "without" if 'value="without"' in page else "done"
        somebody.post(activity.url, {**as_a_browser_posts(page), "do": button})

    assert all(each.key in completions.behind(enrolment) for each in outline.read("demonstration").activities)
    assert not any(model.objects.exists() for model in (Entry, Remark, SharedCopy, Draft, Tally))


def as_a_browser_posts(page: str) -> dict[str, list[str] | str]:
    """Return the hidden fields and the empty boxes of a page, as a browser sends them."""
    fields: dict[str, list[str] | str] = {}
    for name, value in re.findall(r'<input type="hidden"[^>]*? name="([^"]+)" value="([^"]*)"', page):
        fields[name] = [*fields.get(name, []), value]
    return fields | dict.fromkeys(re.findall(r'<textarea[^>]* name="([^"]+)"', page), "")


def loaded_programme() -> Programme:
    """Return the programme whose pages were loaded."""
    return Programme.objects.get(slug="demonstration")


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
