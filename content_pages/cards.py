"""An exercise as it stands on a card or a sheet of paper: short labels, what was written, lines to write on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from content_pages.exercises import LONGEST, Exercise, Prompt
from content_pages.toolkit import Line, Made

LINES = {"text": 3, "line": 2}


@dataclass(frozen=True)
class Group:
    """Lines of a card that belong together, below a heading of their own where they have one."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Blank:
    """One question of a sheet: what was written, or so many empty lines to write on."""

    label: str
    words: str
    empty: range


def groups(made: Made, exercise: Exercise | None) -> list[Group]:
    """Return the lines of a card: what is in words of their own, and what they agreed with themselves."""
    agreed = {prompt.label for prompt in (exercise.prompts if exercise else ()) if _is_a_promise(prompt)}
    kept = [
        _short(each) if each.own else Line(each.label, "")
        for each in made.lines
        if each.own or each.label in agreed
    ]
    found = []
    for heading, lines in groupby(kept, key=_heading(kept)):
        found.append(Group(heading, [_below(heading, each) for each in lines]))
    return found


def _is_a_promise(prompt: Prompt) -> bool:
    """Return whether its one box is ticked to agree with the question itself."""
    return prompt.input == "ticks" and len(prompt.options) == 1


def _short(line: Line) -> Line:
    return Line(short(line.label), line.words)


def short(label: str) -> str:
    """Return a question without the dots and the colon after which the answer stands."""
    return label.strip().removesuffix("…").strip().removesuffix(":").strip()


def _heading(lines: Sequence[Line]) -> object:
    """Return what gives a line its heading: "First day" of "First day: I get home by", where others begin so too."""
    starts = [_start(each) for each in lines]
    return lambda line: start if starts.count(start := _start(line)) > 1 else ""


def _start(line: Line) -> str:
    before, colon, after = line.label.partition(": ")
    return before if colon and after else ""


def _below(heading: str, line: Line) -> Line:
    return Line(line.label.removeprefix(f"{heading}: "), line.words) if heading else line


def blanks(made: Made, exercise: Exercise | None) -> list[Blank]:
    """Return every question of a sheet that is answered in words, with room where nothing was written."""
    if exercise is None:
        return [Blank(short(each.label), each.words, range(0)) for each in made.lines]
    said = {each.label: each.words for each in made.lines}
    return [_blank(prompt, said.get(prompt.label, "")) for prompt in _in_words(exercise.prompts)]


def _in_words(prompts: Iterable[Prompt]) -> list[Prompt]:
    return [prompt for prompt in prompts if prompt.input in LONGEST]


def _blank(prompt: Prompt, words: str) -> Blank:
    return Blank(short(prompt.label), words, range(0 if words else LINES[prompt.input]))
