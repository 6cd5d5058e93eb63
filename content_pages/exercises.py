"""What an exercise asks, what somebody typed into it, and how it is shown again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

LONGEST = {"text": 4000, "line": 500}
NOTHING_KEPT = "N"


@dataclass(frozen=True)
class Prompt:
    """One question: how it is asked and which answers it takes."""

    key: str
    label: str
    help: str
    input: str
    options: tuple[str, ...]
    low: int
    high: int
    low_label: str
    high_label: str

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of a scale."""
        return list(range(self.low, self.high + 1))


@dataclass(frozen=True)
class Exercise:
    """An exercise as its editor wrote it."""

    key: str
    kind: str
    title: str
    intro: object
    keeps: str
    prompts: tuple[Prompt, ...]
    revisit_after_days: int
    revisit_question: str
    revisit_options: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Return whether there is anything to write down that is then kept."""
        return self.keeps != NOTHING_KEPT and bool(self.prompts)

    @property
    def has_boxes(self) -> bool:
        """Return whether somebody writes words of their own."""
        return any(prompt.input in LONGEST for prompt in self.prompts)


@dataclass(frozen=True)
class Fault:
    """What to put right: where it stands and what to do."""

    target: str
    words: str


@dataclass(frozen=True)
class Shown:
    """An exercise with what stands in it now, as its template wants it."""

    exercise: Exercise
    values: Mapping[str, object] = field(default_factory=dict)
    saved_at: datetime | None = None
    hidden: bool = False
    ask_again: bool = False
    collects: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def questions(self) -> list[dict]:
        """Return each question with its names, its answer and what to put right."""
        return [self._question(prompt) for prompt in self.exercise.prompts]

    def _question(self, prompt: Prompt) -> dict:
        name = name_of(self.exercise, prompt)
        value = self.values.get(prompt.key, "")
        ticked = value if isinstance(value, list) else [str(value)]
        offered = [str(number) for number in prompt.numbers] if prompt.input == "scale" else prompt.options
        fault = self.faults.get(prompt.key, "")
        return {
            "prompt": prompt,
            "name": name,
            "id": f"id_{name}",
            "value": value,
            "options": [(option, option in ticked) for option in offered],
            "fault": fault,
            "described": " ".join(
                f"id_{name}_{part}" for part, there in (("help", prompt.help), ("error", fault)) if there
            ),
        }


def read(value: Mapping[str, object]) -> Exercise:
    """Return the exercise that a block's value describes."""
    return Exercise(
        key=value["key"],
        kind=value["kind"],
        title=value["title"],
        intro=value["intro"],
        keeps=value["keeps"],
        prompts=tuple(_prompt(each) for each in value["prompts"]),
        revisit_after_days=value["revisit_after_days"] or 0,
        revisit_question=value["revisit_question"] or "",
        revisit_options=tuple(value["revisit_options"] or ()),
    )


def _prompt(value: Mapping[str, object]) -> Prompt:
    low, high = value["low"], value["high"]
    return Prompt(
        key=value["key"], label=value["label"], help=value["help"] or "", input=value["input"],
        options=tuple(value["options"] or ()), low=0 if low is None else low, high=10 if high is None else high,
        low_label=value["low_label"] or "", high_label=value["high_label"] or "",
    )  # fmt: skip


def blank(exercise: Exercise, *, collects: bool = True) -> Shown:
    """Return the exercise with nothing in it."""
    return Shown(exercise, collects=collects)


def name_of(exercise: Exercise, prompt: Prompt) -> str:
    """Return the name that a question has in the form."""
    return f"{exercise.key}-{prompt.key}"


def take(exercise: Exercise, posted: QueryDict) -> tuple[dict[str, object], dict[str, str]]:
    """Return what was typed, by question, and what has to be put right; what was left out is absent."""
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for prompt in exercise.prompts:
        typed = [text.strip() for text in posted.getlist(name_of(exercise, prompt)) if text.strip()]
        if not typed:
            continue
        values[prompt.key] = typed if prompt.input == "ticks" else typed[0]
        if fault := _fault(prompt, typed):
            faults[prompt.key] = fault
    return values, faults


def _fault(prompt: Prompt, typed: list[str]) -> str:
    if prompt.input in LONGEST:
        over = len(typed[0]) - LONGEST[prompt.input]
        return (
            _("Shorten this by %(over)d letters. A few words are plenty.") % {"over": over}
            if over > 0
            else ""
        )
    offered = [str(number) for number in prompt.numbers] if prompt.input == "scale" else prompt.options
    if any(text not in offered for text in typed):
        return _("Choose from the answers that are shown.")
    return ""


def faults_of(shown: Iterable[Shown]) -> list[Fault]:
    """Return what has to be put right on a page, in the order of the page."""
    return [
        Fault(_target(each, question), f"{question['prompt'].label} {question['fault']}")
        for each in shown
        for question in each.questions
        if question["fault"]
    ]


def _target(shown: Shown, question: dict) -> str:
    return question["id"] if question["prompt"].input in LONGEST else f"{question['id']}_0"
