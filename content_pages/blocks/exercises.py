"""What somebody does, and may write down. A block shows and collects; it does not know what was written."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content_pages.blocks.text import TextBlock

KINDS = [
    ("tick_list", _("tick list")),
    ("breathing", _("breathing")),
    ("reflection", _("reflection")),
    ("loop", _("the loop")),
    ("sorting", _("sorting")),
    ("thought_record", _("a fairer sentence")),
    ("try_it", _("try it on shift")),
    ("strengths", _("strengths")),
    ("values", _("what I stand for")),
    ("note", _("a note")),
    ("shares", _("fair shares")),
    ("statements", _("statements")),
    ("system_list", _("list for the organisation")),
    ("balance", _("balance")),
    ("rehearse", _("say it out loud")),
    ("agree", _("agree in advance")),
    ("action_plan", _("plan")),
    ("pass_on", _("pass it on")),
]
KEEPS = [
    ("N", _("nothing is kept")),
    ("Y", _("theirs alone")),
    ("C", _("theirs; only that they did it is counted")),
]
INPUTS = [
    ("text", _("some lines of text")),
    ("line", _("one line of text")),
    ("scale", _("numbers in a row")),
    ("choice", _("one of a list")),
    ("ticks", _("any of a list")),
]


class Prompt(blocks.StructBlock):
    """One question of an exercise."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,40}$",
        help_text=_("Letters and digits. What was written is found by it: do not change it."),
    )
    label = blocks.CharBlock(max_length=300)
    help = blocks.CharBlock(max_length=300, required=False)
    input = blocks.ChoiceBlock(choices=INPUTS)
    options = blocks.ListBlock(blocks.CharBlock(max_length=200), required=False, default=[], collapsed=True)
    low = blocks.IntegerBlock(required=False, min_value=0, max_value=10)
    high = blocks.IntegerBlock(required=False, min_value=1, max_value=10)
    low_label = blocks.CharBlock(max_length=80, required=False)
    high_label = blocks.CharBlock(max_length=80, required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Return the question. Raises StructBlockValidationError where nobody could answer it."""
        cleaned = super().clean(value)
        faults = {}
        low, high = cleaned["low"], cleaned["high"]
        if cleaned["input"] == "scale" and (low is None or high is None or low >= high):
            faults["high"] = ValidationError(_("Numbers in a row need a lowest and a higher highest one."))
        if cleaned["input"] in {"choice", "ticks"} and not cleaned["options"]:
            faults["options"] = ValidationError(_("Write the answers that somebody can choose."))
        if faults:
            raise StructBlockValidationError(block_errors=faults)
        return cleaned

    class Meta:
        icon = "edit"
        label = _("question")


class ExerciseBlock(blocks.StructBlock):
    """An exercise of any kind: its questions, and what is kept of the answers."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,60}$",
        help_text=_("One word for the whole programme. What was written is found by it: do not change it."),
    )
    kind = blocks.ChoiceBlock(choices=KINDS)
    title = blocks.CharBlock(max_length=120)
    intro = TextBlock(required=False)
    keeps = blocks.ChoiceBlock(choices=KEEPS, label=_("what is kept"))
    prompts = blocks.ListBlock(Prompt(), default=[], label=_("questions"))
    revisit_after_days = blocks.IntegerBlock(
        default=0, min_value=0, max_value=180, label=_("ask again after days")
    )
    revisit_question = blocks.CharBlock(max_length=300, required=False)
    revisit_options = blocks.ListBlock(
        blocks.CharBlock(max_length=60), required=False, default=[], collapsed=True
    )

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the questions and their state, ready for the template."""
        from content_pages import exercises

        context = super().get_context(value, parent_context)
        return {**context, "exercise": context.get("exercise") or exercises.blank(exercises.read(value))}

    class Meta:
        icon = "edit"
        label = _("Exercise")
        description = _("Questions, and boxes to write in that are kept under the reader's own key")
        template = "content_pages/blocks/exercise.html"
        preview_value = {
            "key": "want_to_hear", "kind": "reflection", "title": "One sentence for your plan",
            "intro": "<p>Think of a small slip, yours or one you saw.</p>", "keeps": "Y",
            "prompts": [
                {"key": "sentence", "label": "Which one sentence would you want to hear?", "help": "", "input": "line",
                 "options": [], "low": None, "high": None, "low_label": "", "high_label": ""},
            ],
            "revisit_after_days": 14, "revisit_question": "Have you used this?", "revisit_options": ["Yes", "Not yet"],
        }  # fmt: skip


class Keep(blocks.StructBlock):
    """One of the two things to keep."""

    question = blocks.CharBlock(max_length=300)
    options = blocks.ListBlock(blocks.CharBlock(max_length=200), min_num=2)
    right = blocks.IntegerBlock(min_value=0, help_text=_("Which answer fits: 0 is the first."))
    explanation = blocks.CharBlock(max_length=300)


class KnowledgeCheckBlock(blocks.StructBlock):
    """Questions whose answers are explained and never marked."""

    heading = blocks.CharBlock(max_length=120)
    questions = blocks.ListBlock(Keep(), min_num=1)

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with each question, its answer in words, and names for its buttons."""
        context = super().get_context(value, parent_context)
        asked = [
            {**each, "name": f"keep-{number}", "answer": _answer(each)}
            for number, each in enumerate(value["questions"], start=1)
        ]
        return {**context, "asked": asked}

    class Meta:
        icon = "tick-inverse"
        label = _("Two things to keep")
        description = _("Short questions at the end; the answers are explained, nothing is marked or kept")
        template = "content_pages/blocks/knowledge_check.html"
        preview_value = {
            "heading": "Two things to keep",
            "questions": [
                {"question": "First after something goes wrong:", "options": ["find whose fault", "make it safe"],
                 "right": 1, "explanation": "Then look after yourself."},
            ],
        }  # fmt: skip


def _answer(question: object) -> str:
    options = list(question["options"])
    return options[min(question["right"], len(options) - 1)]
