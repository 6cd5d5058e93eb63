"""Each block has what an editor needs, and shows without knowing."""

import json
from types import SimpleNamespace

import pytest
from django.template.loader import get_template
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.models import Page

from content_pages import checks, counting, drawings, editing, rendering
from content_pages.blocks import media
from content_pages.blocks.streams import ActivityStream
from content_pages.tailoring import Tailored
from resilience.engagement import tallies
from tests.factories.content_pages import exercise

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


def faults_of(**differs: object) -> set[str]:
    """Return the fields of an exercise that its editor is asked to put right."""
    block = BLOCKS["exercise"]
    value = block.to_python({**block.get_prep_value(block.get_preview_value()), **differs})
    try:
        block.clean(value)
    except StructBlockValidationError as told:
        return set(told.block_errors)
    return set()


def asks(**differs: object) -> dict:
    """Return a question as a stream stores it."""
    question = {"key": "q", "label": "Q", "help": "", "input": "ticks", "options": [], "counts": ""}
    return {"type": "item", "value": {**question, **differs}, "id": differs.get("key", "q")}


@pytest.mark.parametrize(
    ("differs", "fault"),
    [
        ({}, set()),
        ({"prompts": [asks(counts="talked"), asks(key="r", counts="talked")]}, {"prompts"}),
        ({"prompts": [asks(input="date"), asks(key="r", input="date")]}, {"prompts"}),
        ({"prompts": [asks(input="date")], "revisit_question": ""}, {"revisit_question"}),
        ({"revisit_question": ""}, {"revisit_question"}),
        ({"prompts": [asks(counts="passed_on")], "keeps": "N"}, {"keeps"}),
    ],
    ids=[
        "as it should be",
        "counted twice",
        "two days",
        "a day without a question",
        "days without one",
        "not kept",
    ],
)
def test_an_editor_is_told_what_does_not_go_together(differs, fault):
    assert faults_of(**differs) == fault


def stands_beside(key: str, *, above: str = "first") -> list[str]:
    """Return what an exercise wants to stand beside and cannot find, on a page of two."""
    stream = BLOCKS["exercise"]
    rows = [exercise(key=above), exercise(key="second", beside=key)]
    blocks = [SimpleNamespace(block_type="exercise", value=stream.to_python(row["value"])) for row in rows]
    return editing.missing_before(blocks)


def test_an_exercise_can_stand_beside_one_further_up_and_no_other():
    assert stands_beside("first") == []
    assert stands_beside("second") == ["second"]
    assert stands_beside("nowhere") == ["nowhere"]


def test_each_answer_that_is_counted_has_a_tag_that_reports_know():
    tags = {name: tuple(tag for tag, _words in count.answers) for name, count in counting.COUNTS.items()}

    assert tags["used"] == tallies.WHERE_USED
    assert tags["still_fits"] == tallies.STILL_FITS
    assert tags["passed_on"] == tallies.HOW_OFTEN
    assert tags["worth"] == tallies.WORTH


def test_not_yet_beside_another_answer_is_not_counted():
    assert counting.COUNTS["used"].known(["not_yet", "home"]) == ["home"]
    assert counting.COUNTS["used"].known(["not_yet"]) == ["not_yet"]
    assert counting.COUNTS["used"].known(["elsewhere"]) == []


def test_breathing_moves_only_when_it_is_asked_to_and_says_what_it_shows():
    block = BLOCKS["exercise"]
    stored = {**block.get_prep_value(block.get_preview_value()), "kind": "breathing", "prompts": []}
    raw = json.dumps([{"type": "exercise", "value": stored, "id": "1"}])

    drawn = rendering.of_activity(raw, tailored=Tailored(), collects=True)[0].html

    assert 'type="checkbox"' in drawn
    assert "checked" not in drawn
    assert 'role="img" aria-label="A circle that grows' in drawn


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


@pytest.mark.django_db
def test_a_photograph_that_says_nothing_is_refused_in_our_words():
    block = media.PictureBlock(required=False)
    picture = get_image_model()(title="A bench")
    picture.contextual_alt_text, picture.decorative = "", False

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(picture)

    assert "Say what the picture shows" in str(refused.value.block_errors["alt_text"].messages)
    picture.decorative = True
    assert block.clean(picture) is picture
    assert type(BLOCKS["photograph"].child_blocks["picture"]) is type(block)


def test_each_label_begins_as_wagtails_do():
    def labels(block: object) -> list[str]:
        below = [*getattr(block, "child_blocks", {}).values()]
        below += [block.child_block] if isinstance(block, ListBlock) else []
        return [str(block.label), *(label for each in below for label in labels(each))]

    found = [label for block in BLOCKS.values() for label in labels(block) if label]

    assert len(found) > 60
    assert [label for label in found if label[0].islower()] == []


def test_a_sound_with_its_words_is_taken(db):
    block = BLOCKS["sound"]

    assert block.clean(block.to_python({**NO_SOUND, "sound": "steady_breath"}))
