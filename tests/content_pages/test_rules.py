"""What a writer is asked to put right stands beside the box that it is about; a draft may be unfinished."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from content_pages.blocks import exercises
from content_pages.blocks.streams import ActivityStream
from tests.factories.content_pages import KEEP, PROMPT, STORY, exercise

STREAM = ActivityStream()
SCALE = {**PROMPT, "key": "how", "label": "How far?", "input": "scale"}
CHOICE = {**PROMPT, "key": "who", "label": "Who?", "input": "choice", "options": ["a colleague", "a friend"]}


def story(*versions: dict) -> dict:
    return {"type": "vignette", "value": {"heading": "Ten past four", "versions": list(versions)}}


NURSE = STORY["value"]["versions"][0]
QUESTION = KEEP["value"]["questions"][0]


def keep(**differs: object) -> dict:
    return {"type": "knowledge_check", "value": {"heading": "Keep", "questions": [{**QUESTION, **differs}]}}


FAULTY = {
    "a row of numbers that goes down": (exercise(prompts=[{**SCALE, "low": 5, "high": 3}]), "high", "above 5"),
    "one answer to choose from": (exercise(prompts=[{**CHOICE, "options": ["a friend"]}]), "options", "at least two"),
    "the same answer twice": (exercise(prompts=[{**CHOICE, "options": ["Yes", "yes"]}]), "options", "twice"),
    "nothing to tick": (exercise(prompts=[{**CHOICE, "input": "ticks", "options": []}]), "options", "at least one"),
    "kept and nothing asked": (exercise(prompts=[], keeps="Y"), "prompts", "at least one question"),
    "two questions with one key": (exercise(prompts=[SCALE, SCALE]), "prompts", "the key “how”"),
    "asked again without a question": (exercise(revisit_question=""), "revisit_question", "Write what is asked"),
    "an answer that is none": (keep(right=2), "right", "answers 1 to 2"),
    "two stories for one profession": (story(NURSE, NURSE), "versions", "same people"),
    "read, and never again": (story({**NURSE, "reviewed_by": "midwife"}), "review_on", "read again"),
}  # fmt: skip


def errors(block: dict) -> object:
    with pytest.raises(StreamBlockValidationError) as refused:
        STREAM.clean(STREAM.to_python([block]))
    return refused.value.block_errors[0]


def at(error: object) -> dict[str, str]:
    """Return the words at each box, however deep it stands."""
    found = {}
    for name, below in getattr(error, "block_errors", {}).items():
        deeper = at(below)
        found |= deeper or {name: " ".join(below.messages)}
    return found


@pytest.mark.parametrize(("block", "box", "words"), FAULTY.values(), ids=list(FAULTY))
def test_what_is_wrong_is_said_at_its_box(block, box, words):
    said = at(errors(block))

    assert list(said) == [box]
    assert words in said[box]


@pytest.mark.parametrize("block", [block for block, *_ in FAULTY.values()], ids=list(FAULTY))
def test_a_draft_may_be_unfinished(block):
    assert STREAM.clean_deferred(STREAM.to_python([block]))


@pytest.mark.parametrize(
    "block",
    [
        exercise(),
        exercise(prompts=[], keeps="N", revisit_after_days=0, revisit_question="", revisit_options=[]),
        exercise(prompts=[{**CHOICE, "input": "ticks", "options": ["I have told one person"]}]),
        keep(),
        STORY,
        story({**NURSE, "reviewed_by": "midwife", "review_on": "2027-11-03"}),
    ],
    ids=["every input", "nothing kept", "one box", "keep", "story", "read story"],
)
def test_what_is_in_order_passes(block):
    assert STREAM.clean(STREAM.to_python([block]))


def test_the_answer_that_fits_is_counted_from_one_and_kept_from_nought():
    block = exercises.Keep()
    boxes = {"k-question": "Which?", "k-explanation": "So.", "k-right": "2", "k-options-count": "0"}

    typed = block.value_from_datadict(boxes, {}, "k")

    assert typed["right"] == 1
    assert block.child_blocks["right"].get_form_state(1) == "2"
    assert block.child_blocks["right"].clean(0) == 0


@pytest.mark.parametrize("typed", ["0", "-3", "first", ""])
def test_no_answer_stands_before_the_first(typed):
    right = exercises.Keep().child_blocks["right"]

    with pytest.raises(ValidationError):
        right.clean(right.value_from_datadict({"right": typed}, {}, "right"))


def test_readers_are_told_that_a_story_is_invented_and_who_read_it():
    read = STREAM.child_blocks["vignette"]
    told = read.render(
        read.to_python(story({**NURSE, "reviewed_by": "midwife", "review_on": "2027-11-03"})["value"])
    )
    true = read.render(read.to_python(story({**NURSE, "invented": False})["value"]))

    assert "This story is invented." in told
    assert "read before publication by somebody of that work (midwife)" in told
    assert "about-story" not in true
