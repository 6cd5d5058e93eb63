"""An exercise with what stands in it now, as its template wants it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from content_pages.exercises import (
    LONGEST,
    Exercise,
    Fault,
    Prompt,
    as_list,
    back_name,
    name_of,
    seen_name,
    was_name,
)


@dataclass(frozen=True)
class Shown:
    """An exercise with its answers, when they were kept and shared, and what has to be put right."""

    exercise: Exercise
    values: Mapping[str, object] = field(default_factory=dict)
    saved_at: datetime | None = None
    shared_at: datetime | None = None
    hidden: bool = False
    ask_again: bool = False
    collects: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[tuple[str, str], ...] = ()
    before: Mapping[str, object] | None = None
    remarked: bool = False
    was: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> list[dict]:
        """Return each question with its names, its answer and what to put right."""
        return [self._question(prompt) for prompt in self.exercise.prompts]

    @property
    def back_name(self) -> str:
        """Return the name that its answers have in the form when it comes back."""
        return back_name(self.exercise)

    @property
    def first_scale(self) -> Prompt | None:
        """Return the first question with numbers: the fixed middle of a balance is drawn before it."""
        return next((prompt for prompt in self.exercise.prompts if prompt.input == "scale"), None)

    @property
    def written(self) -> dict[str, object]:
        """Return the answers that are kept with the exercise: what is counted is not."""
        counted = {prompt.key for prompt in self.exercise.counted}
        return {} if self.exercise.is_closing else {k: v for k, v in self.values.items() if k not in counted}

    @property
    def is_newer_than_the_copy(self) -> bool:
        """Return whether something was changed since a copy was shared."""
        return bool(self.shared_at and self.saved_at and self.saved_at > self.shared_at)

    @property
    def hidden_fields(self) -> dict[str, str]:
        """Return what the page tells the server of what stood there: when it was kept, and what was ticked."""
        seen = {seen_name(self.exercise): self.saved_at.isoformat() if self.saved_at else ""}
        return seen | {
            was_name(self.exercise, each): self.was.get(each.key, "") for each in self.exercise.counted
        }

    @property
    def then_and_now(self) -> list[dict]:
        """Return the reader's own answers to the same scale twice, side by side; empty until both are there."""
        if not self.before or self.hidden:
            return []
        return [
            {"label": prompt.label, "steps": _steps(prompt, self.before[prompt.key], self.values[prompt.key])}
            for prompt in self.exercise.prompts
            if prompt.input == "scale" and prompt.key in self.before and prompt.key in self.values
        ]

    def _question(self, prompt: Prompt) -> dict:
        name = name_of(self.exercise, prompt)
        value = self.values.get(prompt.key, "")
        fault = self.faults.get(prompt.key, "")
        return {
            "prompt": prompt,
            "name": name,
            "id": f"id_{name}",
            "value": value,
            "options": _options(prompt, as_list(value), keeps=not fault),
            "fault": fault,
            "described": " ".join(
                f"id_{name}_{part}" for part, there in (("help", prompt.help), ("error", fault)) if there
            ),
        }


def _options(prompt: Prompt, chosen: list[str], *, keeps: bool) -> list[tuple[str, str, bool]]:
    """Return each answer with whether it is ticked, and what was chosen in words that are no longer among them."""
    known = dict(prompt.answers)
    left = (
        [words for words in chosen if words not in known]
        if keeps and prompt.options and not prompt.count
        else []
    )
    return [
        (posted, words, posted in chosen) for posted, words in (*known.items(), *zip(left, left, strict=True))
    ]


def _steps(prompt: Prompt, then: object, now: object) -> list[dict]:
    return [
        {"number": number, "then": number == str(then), "now": number == str(now)}
        for number, _ in prompt.answers
    ]


def blank(exercise: Exercise, *, collects: bool = True) -> Shown:
    """Return the exercise with nothing in it."""
    return Shown(exercise, collects=collects)


def faults_of(shown: Iterable[Shown]) -> list[Fault]:
    """Return what has to be put right on a page, in the order of the page."""
    return [
        Fault(_target(question), f"{question['prompt'].label} {question['fault']}")
        for each in shown
        for question in each.questions
        if question["fault"]
    ]


def _target(question: dict) -> str:
    return question["id"] if question["prompt"].input in (*LONGEST, "date") else f"{question['id']}_0"
