"""Each block has what an editor needs, and shows without knowing."""

import json

import pytest
from django.template.loader import get_template
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.models import Page

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


@pytest.mark.parametrize("name", BLOCKS)
def test_each_box_of_a_block_is_explained(name):
    assert list(checks.unexplained(BLOCKS[name])) == []


def test_a_box_without_a_word_of_help_is_found():
    block = StructBlock([("heading", CharBlock()), ("lines", ListBlock(StructBlock([("one", CharBlock())])))])

    assert list(checks.unexplained(block)) == [
        "help text for heading",
        "help text for lines",
        "help text for lines.one",
    ]


def test_each_kind_of_page_and_each_of_its_fields_is_explained():
    assert checks.every_page_is_explained() == []
    assert set(checks.silent(Page)) >= {"page_description", "help text for depth"}


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
