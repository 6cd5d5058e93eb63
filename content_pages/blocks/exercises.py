"""What somebody does, and may write down. A block shows and collects; it does not know what was written."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content_pages import counting
from content_pages.blocks import rules
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
    ("S", _("theirs; their coach sees a copy if they share it")),
]
INPUTS = [
    ("text", _("some lines of text")),
    ("line", _("one line of text")),
    ("scale", _("numbers in a row")),
    ("choice", _("one of a list")),
    ("ticks", _("any of a list")),
    ("date", _("a day on which to look at it again")),
]


class Prompt(rules.Ruled):
    """One question of an exercise."""

    rule = rules.prompt

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,40}$",
        help_text=_("Letters and digits. What was written is found by it: do not change it."),
    )
    label = blocks.CharBlock(max_length=300, help_text=_("The question itself, in one sentence."))
    help = blocks.CharBlock(
        max_length=300, required=False, help_text=_("A line below the question; an example helps.")
    )
    input = blocks.ChoiceBlock(
        choices=INPUTS,
        help_text=_("How it is answered. A day brings the exercise back on the task list when it has come."),
    )
    options = blocks.ListBlock(
        blocks.CharBlock(max_length=200), required=False, default=[], collapsed=True,
        help_text=_("For one or any of a list: at least two answers."),
    )  # fmt: skip
    counts = blocks.ChoiceBlock(
        choices=counting.OF_A_QUESTION, required=False, default="",
        help_text=_(
            "Counted without words, date or how often. Its answers are then fixed: leave the list above empty."
        ),
    )  # fmt: skip
    low = blocks.IntegerBlock(
        required=False, min_value=0, max_value=10, help_text=_("For numbers in a row: the first, else 0.")
    )
    high = blocks.IntegerBlock(
        required=False, min_value=1, max_value=10, help_text=_("For numbers in a row: the last, else 10.")
    )
    low_label = blocks.CharBlock(max_length=80, required=False, help_text=_("What the first number means."))
    high_label = blocks.CharBlock(max_length=80, required=False, help_text=_("What the last number means."))

    class Meta:
        icon = "edit"
        label = _("Question")


class ExerciseBlock(rules.Ruled):
    """An exercise of any kind: its questions, and what is kept of the answers."""

    rule = rules.exercise

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,60}$",
        help_text=_("One word for the whole programme. What was written is found by it: do not change it."),
    )
    kind = blocks.ChoiceBlock(choices=KINDS, help_text=_("What it is; some kinds look their own way."))
    title = blocks.CharBlock(max_length=120, help_text=_("The heading of the exercise."))
    intro = TextBlock(required=False, help_text=_("What to do, and that small is enough."))
    keeps = blocks.ChoiceBlock(
        choices=KEEPS,
        label=_("What is kept"),
        help_text=_("Readers see this as a label above the questions."),
    )
    prompts = blocks.ListBlock(
        Prompt(), default=[], label=_("Questions"), help_text=_("In their order; four are plenty.")
    )
    revisit_after_days = blocks.IntegerBlock(
        default=0, min_value=0, max_value=180, label=_("Ask again after days"), help_text=_("0: never asked again.")
    )  # fmt: skip
    revisit_question = blocks.CharBlock(
        max_length=300, required=False, help_text=_("What is asked then, such as: Have you used this?")
    )
    revisit_answers = blocks.ChoiceBlock(
        choices=counting.OF_COMING_BACK, required=False, default=counting.STILL_FITS,
        label=_("How that is answered"),
        help_text=_("Counted without words or date. After “not yet” we ask once more, and then no further."),
    )  # fmt: skip
    beside = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,60}$", required=False, label=_("Show beside"),
        help_text=_(
            "The key of an exercise further up on this page that asks the same numbers: its reader then sees both "
            "answers side by side."
        ),
    )  # fmt: skip

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the questions and their state, ready for the template."""
        from content_pages import exercises, shown

        context = super().get_context(value, parent_context)
        return {**context, "exercise": context.get("exercise") or shown.blank(exercises.read(value))}

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
                 "options": [], "low": None, "high": None, "low_label": "", "high_label": "", "counts": ""},
            ],
            "revisit_after_days": 14, "revisit_question": "Have you used this?", "revisit_answers": "still_fits",
            "beside": "",
        }  # fmt: skip


class ClosingBlock(blocks.StructBlock):
    """The end of a part: one tap, and a line to its makers for those who like."""

    heading = blocks.CharBlock(
        max_length=120, default=_("Before you go on"), help_text=_("Shown above the tap and the line.")
    )
    question = blocks.CharBlock(
        max_length=120, default=_("Worth the time?"),
        help_text=_("Answered by one tap: yes, partly or no. Counted for the part."),
    )  # fmt: skip
    remark = blocks.CharBlock(
        max_length=120, default=_("One line to the makers, if you like"), label=_("Asks for a line"),
        help_text=_("Nobody has to write anything."),
    )  # fmt: skip
    readers = blocks.CharBlock(
        max_length=300, label=_("Who will read it"), help_text=_("Shown with the box; it has to be true."),
        default=_(
            "The people who make this programme read it without your name, once anything that could name somebody "
            "has been taken out."
        ),
    )  # fmt: skip

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the tap and the line, ready for the template."""
        from content_pages import exercises, shown

        context = super().get_context(value, parent_context)
        return {**context, "exercise": context.get("exercise") or shown.blank(exercises.closing(value))}

    class Meta:
        icon = "tick"
        label = _("Worth the time?")
        description = _("The end of a part: one tap, and a line to its makers for those who like")
        template = "content_pages/blocks/closing.html"
        preview_value = {
            "heading": "Before you go on", "question": "Worth the time?",
            "remark": "One line to the makers, if you like",
            "readers": "The people who make this programme read it without your name.",
        }  # fmt: skip


class WhichAnswer(blocks.IntegerBlock):
    """Which of the answers fits: people count from one, and what is kept counts from nought."""

    def value_for_form(self, value: object) -> object:
        """Return the number as people count."""
        return value + 1 if isinstance(value, int) else value

    def value_from_form(self, value: object) -> object:
        """Return the number as it is kept; what is no number stays as it was typed, to be refused."""
        try:
            return int(value) - 1
        except (TypeError, ValueError):
            return value


class Keep(rules.Ruled):
    """One of the two things to keep."""

    rule = rules.keep

    question = blocks.CharBlock(max_length=300, help_text=_("What is asked."))
    options = blocks.ListBlock(
        blocks.CharBlock(max_length=200), min_num=2, help_text=_("The answers to choose from.")
    )
    right = WhichAnswer(min_value=1, help_text=_("Which answer fits: 1 is the first."))
    explanation = blocks.CharBlock(
        max_length=300, help_text=_("Shown after any answer: why that one fits. Nobody is marked.")
    )


class KnowledgeCheckBlock(blocks.StructBlock):
    """Questions whose answers are explained and never marked."""

    heading = blocks.CharBlock(max_length=120, help_text=_("Such as: Two things to keep."))
    questions = blocks.ListBlock(Keep(), min_num=1, help_text=_("Two are enough."))

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
