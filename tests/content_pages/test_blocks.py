"""Each block has what an editor needs, and shows without knowing."""

import json

import pytest
from django.template.loader import get_template
from wagtail.blocks import CharBlock

from content_pages import checks, drawings, rendering
from content_pages.blocks.streams import ActivityStream
from content_pages.tailoring import Tailored

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
    once = rendering.of_activity(raw, tailored=Tailored("nurse"), collects=True)

    assert rendering.of_activity(raw, tailored=Tailored("nurse"), collects=True) is once
    assert (
        "Twice."
        in rendering.of_activity(raw.replace("Once", "Twice"), tailored=Tailored("nurse"), collects=True)[
            0
        ].html
    )


def test_words_of_an_editor_cannot_become_markup():
    raw = '[{"type": "question", "value": "<script>alert(1)</script>", "id": "1"}]'

    assert "<script>" not in rendering.of_activity(raw, tailored=Tailored(), collects=False)[0].html


def test_an_editors_page_offers_no_button_to_keep_anything():
    block = BLOCKS["exercise"]
    stored = block.get_prep_value(block.get_preview_value())
    raw = json.dumps([{"type": "exercise", "value": stored, "id": "1"}])

    looked_at = rendering.of_activity(raw, tailored=Tailored(), collects=False)[0].html
    used = rendering.of_activity(raw, tailored=Tailored(), collects=True)[0].html

    assert 'value="save:' not in looked_at
    assert 'value="save:' in used


def test_every_drawing_can_be_chosen_by_name():
    assert ("front", "front") in drawings.names()
    assert drawings.address("front").endswith("content_pages/drawings/front.svg")
