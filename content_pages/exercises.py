"""What an exercise asks, what somebody typed into it, and what has to be put right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_pages import counting
from content_pages.counting import Count

LONGEST = {"text": 4000, "line": 500}
NOTHING_KEPT, SHARED = "N", "S"
DATE = "date"
A_YEAR = timedelta(days=366)
LEFT_OUT = re.compile(
    r"^(do|open|page|from)$|-(seen|was)$"
)  # names of a form that hold nothing of its reader's
CLOSING, REMARK = "closing-part", "remark"  # a hyphen: no key that an editor writes can be the same


@dataclass(frozen=True)
class Prompt:
    """One question: how it is asked, which answers it takes, and what they count, if anything."""

    key: str
    label: str
    help: str
    input: str
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    low_label: str = ""
    high_label: str = ""
    counts: str = ""

    @property
    def count(self) -> Count | None:
        """Return what the answer counts, or None where it is kept with the exercise."""
        return counting.COUNTS.get(self.counts)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Return the answers there are to choose from: what is posted, and what is read."""
        if self.count:
            return [(tag, str(words)) for tag, words in self.count.answers]
        numbers = [str(number) for number in range(self.low, self.high + 1)]
        return [(each, each) for each in (numbers if self.input == "scale" else self.options)]


@dataclass(frozen=True)
class Exercise:
    """An exercise as its editor wrote it."""

    key: str
    kind: str
    title: str
    intro: object
    keeps: str
    prompts: tuple[Prompt, ...]
    revisit_after_days: int = 0
    revisit_question: str = ""
    revisit_answers: str = ""
    beside: str = ""

    @property
    def is_kept(self) -> bool:
        """Return whether there is anything to write down that is then kept."""
        return self.keeps != NOTHING_KEPT and bool(self.prompts)

    @property
    def has_boxes(self) -> bool:
        """Return whether somebody writes words of their own."""
        return any(prompt.input in LONGEST for prompt in self.prompts)

    @property
    def is_closing(self) -> bool:
        """Return whether this is the last tap and line of a part, which is about the part."""
        return self.key == CLOSING

    @property
    def can_be_shared(self) -> bool:
        """Return whether its reader may let a coach see a copy."""
        return self.keeps == SHARED

    @property
    def revisit_count(self) -> Count | None:
        """Return what is counted on the day that the exercise comes back."""
        return counting.COUNTS.get(self.revisit_answers)

    @property
    def counted(self) -> list[Prompt]:
        """Return the questions whose answers are counted and not kept with the exercise."""
        return [prompt for prompt in self.prompts if prompt.count]


@dataclass(frozen=True)
class Fault:
    """What to put right: where it stands and what to do."""

    target: str
    words: str


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
        revisit_answers=value["revisit_answers"] or "",
        beside=value["beside"] or "",
    )


def _prompt(value: Mapping[str, object]) -> Prompt:
    low, high, count = value["low"], value["high"], counting.COUNTS.get(value["counts"])
    return Prompt(
        key=value["key"], label=value["label"], help=value["help"] or "",
        input=count.input if count else value["input"],
        options=tuple(value["options"] or ()), low=0 if low is None else low, high=10 if high is None else high,
        low_label=value["low_label"] or "", high_label=value["high_label"] or "", counts=value["counts"] or "",
    )  # fmt: skip


def closing(value: Mapping[str, object]) -> Exercise:
    """Return the last tap and line of a part, as an exercise that is about the part and keeps nothing of its own."""
    worth = Prompt("worth", value["question"], "", "choice", counts=counting.WORTH)
    remark = Prompt(REMARK, value["remark"], "", "line")
    return Exercise(CLOSING, "closing", value["heading"], value["readers"], "C", (worth, remark))


def name_of(exercise: Exercise, prompt: Prompt) -> str:
    """Return the name that a question has in the form."""
    return f"{exercise.key}-{prompt.key}"


def seen_name(exercise: Exercise) -> str:
    """Return the name of the hidden field that says which version somebody had before them."""
    return f"{exercise.key}-seen"


def back_name(exercise: Exercise) -> str:
    """Return the name that the answers of an exercise have in the form when it comes back."""
    return f"{exercise.key}-back"


def was_name(exercise: Exercise, prompt: Prompt) -> str:
    """Return the name of the hidden field that says what was ticked when the page was opened."""
    return f"{name_of(exercise, prompt)}-was"


def take(
    exercise: Exercise, posted: QueryDict, *, before: Mapping[str, object], today: date
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what was typed, by question, and what has to be put right; what was left out is absent.

    `before` is what stands there already: a day that was set earlier need not lie ahead any more, and what was chosen
    in another language, or before an answer was put in other words, may be kept.
    """
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for prompt in exercise.prompts:
        typed = [text.strip() for text in posted.getlist(name_of(exercise, prompt)) if text.strip()]
        if not typed:
            continue
        values[prompt.key] = typed if prompt.input == "ticks" else typed[0]
        fresh = [text for text in typed if text not in as_list(before.get(prompt.key))]
        if values[prompt.key] != before.get(prompt.key) and (fault := _fault(prompt, fresh, today)):
            faults[prompt.key] = fault
    return values, faults


def as_list(value: object) -> list[str]:
    """Return what was chosen, one or several, as a list; empty where nothing was."""
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _fault(prompt: Prompt, typed: list[str], today: date) -> str:
    if not typed:
        return ""
    if prompt.input in LONGEST:
        return _too_long(len(typed[0]), LONGEST[prompt.input])
    if prompt.input == DATE:
        day = as_day(typed[0])
        ahead = day is not None and today < day <= today + A_YEAR
        return "" if ahead else _("Choose a day from tomorrow on, within a year.")
    if any(text not in dict(prompt.answers) for text in typed):
        return _("Choose from the answers that are shown.")
    return ""


def _too_long(letters: int, most: int) -> str:
    if letters <= most:
        return ""
    words = ngettext(
        "There is room for %(most)d letters. Shorten this by %(over)d letter. A few words are plenty.",
        "There is room for %(most)d letters. Shorten this by %(over)d letters. A few words are plenty.",
        letters - most,
    )
    return words % {"most": most, "over": letters - most}


def as_day(typed: object) -> date | None:
    """Return the day that somebody typed or chose, or None where it is none."""
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None


def look_again_on(
    exercise: Exercise, values: Mapping[str, object], before: Mapping[str, object]
) -> date | None:
    """Return the day that somebody newly set for looking at it again, or None."""
    days = [prompt.key for prompt in exercise.prompts if prompt.input == DATE]
    return next(
        (as_day(values[key]) for key in days if key in values and values[key] != before.get(key)), None
    )


def lines(exercise: Exercise, values: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Yield each question that was answered, with the answer in words, as a copy shows them."""
    for prompt in exercise.prompts:
        if not prompt.count and (words := in_words(values.get(prompt.key, ""))):
            yield prompt.label, words


def in_words(value: object) -> str:
    """Return an answer as words."""
    return ", ".join(value) if isinstance(value, list) else str(value)
