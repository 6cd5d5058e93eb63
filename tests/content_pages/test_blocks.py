"""Each block has what an editor needs, and shows without knowing."""

import json

import pytest
from django.template.loader import get_template
from wagtail.blocks import CharBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from content_pages import checks, drawings, rendering
from content_pages.blocks.streams import ActivityStream

BLOCKS = ActivityStream().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_a_label_an_icon_a_template_and_a_preview(name):
    assert not list(checks.lacking(BLOCKS[name]))
    assert get_template(BLOCKS[name].meta.template)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_value_can_be_drawn(name, db):
    block = BLOCKS[name]

    assert block.render(block.get_preview_value()).strip()


def test_a_block_that_lacks_something_is_found():
    assert set(checks.lacking(CharBlock())) == {"icon", "label", "template", "description", "preview_value"}


def test_the_same_text_is_drawn_once_and_a_new_one_anew():
    raw = '[{"type": "text", "value": "<p>Once.</p>", "id": "1"}]'
    once = rendering.of_activity(raw, profession="nurse", collects=True)

    assert rendering.of_activity(raw, profession="nurse", collects=True) is once
    assert (
        "Twice."
        in rendering.of_activity(raw.replace("Once", "Twice"), profession="nurse", collects=True)[0].html
    )


def test_words_of_an_editor_cannot_become_markup():
    raw = '[{"type": "question", "value": "<script>alert(1)</script>", "id": "1"}]'

    assert "<script>" not in rendering.of_activity(raw, profession="", collects=False)[0].html


def test_an_editors_page_offers_no_button_to_keep_anything():
    block = BLOCKS["exercise"]
    stored = block.get_prep_value(block.get_preview_value())
    raw = json.dumps([{"type": "exercise", "value": stored, "id": "1"}])

    looked_at = rendering.of_activity(raw, profession="", collects=False)[0].html
    used = rendering.of_activity(raw, profession="", collects=True)[0].html

    assert 'value="save:' not in looked_at
    assert 'value="save:' in used


def test_every_drawing_can_be_chosen_by_name():
    assert ("front", "front") in drawings.names()
    assert drawings.address("front").endswith("content_pages/drawings/front.svg")


NO_SOUND = {"title": "Breathe", "sound": "", "upload": None, "transcript": "<p>Six.</p>"}


@pytest.mark.parametrize(
    ("differs", "wrong"),
    [({}, "sound"), ({"sound": "steady_breath", "transcript": ""}, "transcript")],
    ids=["no sound", "no words"],
)
def test_a_sound_needs_its_file_and_the_same_in_words(db, differs, wrong):
    block = BLOCKS["sound"]

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**NO_SOUND, **differs}))

    assert wrong in refused.value.block_errors


def test_a_sound_with_its_words_is_taken(db):
    block = BLOCKS["sound"]

    assert block.clean(block.to_python({**NO_SOUND, "sound": "steady_breath"}))
