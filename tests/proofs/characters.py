"""A hundred made-up people, the same ones for the same seed: when they join, answer, pause, stop, or say no."""

import random
from dataclasses import dataclass, field

from tests.proofs.timetables import CALL, Timetable

PAUSE_2, PAUSE_4, PAUSE, GO_ON = "TWO_WEEKS", "FOUR_WEEKS", "UNTIL_THEY_SAY", "GO_ON"
STOP, DELETE = "STOP_CONTACT", "DELETE"
NO_WORD, NO_TEXTS = "no word of pages", "texts STOP"
PAUSES = {PAUSE_2: 14, PAUSE_4: 28, PAUSE: None}
PROMPT, AFTER_FIRST, AFTER_LAST, NEVER, MIXED = (
    "prompt",
    "after the first",
    "after the last",
    "never",
    "mixed",
)
HABITS = (PROMPT,) * 32 + (AFTER_FIRST,) * 25 + (AFTER_LAST,) * 18 + (NEVER,) * 12 + (MIXED,) * 13
DELAYS = {PROMPT: (0.3, 2.2), AFTER_FIRST: (3.6, 9.2), AFTER_LAST: (10.7, 12.7)}


@dataclass(frozen=True)
class Place:
    """What somebody does in one programme: days from the first day, or from when a wave falls due."""

    joins: float
    answers: dict[str, float | None]
    calls: tuple[float, ...]


@dataclass(frozen=True)
class Person:
    """Somebody, and what they do besides answering, so many days after they joined."""

    number: int
    habit: str
    texts: bool
    nights: bool
    place: Place
    also_in: Place | None = None
    evaluated: bool = True
    not_now: bool = False
    refused: bool = False  # their mail server takes nothing
    unreachable: bool = False  # texts do not arrive
    signs_in_by_code: bool = False
    acts: tuple[tuple[float, str], ...] = field(default=())

    @property
    def address(self) -> str:
        """Return the e-mail address; `.invalid` is one that every mail server refuses."""
        return f"person-{self.number}@{'gone.invalid' if self.refused else 'example.org'}"

    @property
    def phone(self) -> str:
        return f"+447700900{self.number + 100:03d}"


def people(timetable: Timetable, other: Timetable, *, count: int, seed: int) -> list[Person]:
    """Return so many people; a few of each special kind are among them where they are a hundred."""
    dice = random.Random(seed)
    kinds = _kinds(count, dice)
    return [_person(number, kinds[number], timetable, other, dice) for number in range(count)]


SPECIAL = {
    "stops": 6, "deletes": 3, "pauses 2": 4, "pauses 4": 3, "pauses": 2, "no word": 4, "not evaluated": 3,
    "not now": 2, "texts stop": 4, "unreachable": 2, "refused": 2, "early calls": 4, "late": 8, "twice": 2,
}  # fmt: skip


def _kinds(count: int, dice: random.Random) -> dict[int, str]:
    numbers = list(range(count))
    dice.shuffle(numbers)
    share = {kind: max(1, round(often * count / 100)) for kind, often in SPECIAL.items()}
    wanted = [kind for kind, often in share.items() for _ in range(often)]
    return dict(zip(numbers, wanted, strict=False)) | dict.fromkeys(numbers[len(wanted) :], "")


def _person(number: int, kind: str, timetable: Timetable, other: Timetable, dice: random.Random) -> Person:
    habit = AFTER_FIRST if kind == "early calls" else dice.choice(HABITS)
    return Person(
        number=number,
        habit=habit,
        texts=kind in ("texts stop", "unreachable") or (kind != "refused" and dice.random() < 0.4),
        nights=dice.random() < 0.12,
        place=_place(timetable, kind, habit, dice),
        also_in=_place(other, "", habit, dice) if kind == "twice" else None,
        evaluated=kind != "not evaluated",
        not_now=kind == "not now",
        refused=kind == "refused",
        unreachable=kind == "unreachable",
        signs_in_by_code=number % 10 == 0,
        acts=_acts(kind, dice),
    )


def _place(timetable: Timetable, kind: str, habit: str, dice: random.Random) -> Place:
    first = min(timetable.workshops.values())
    late = kind == "late"
    return Place(
        joins=first + dice.uniform(1, 5) if late else dice.uniform(0, min(first - 1, 13)),
        answers={wave.key: _delay(habit, dice) for wave in timetable.waves},
        calls=_calls(timetable, kind, dice),
    )


def _delay(habit: str, dice: random.Random) -> float | None:
    if habit == MIXED:
        habit = dice.choice((PROMPT, AFTER_FIRST, AFTER_LAST, NEVER))
    return None if habit == NEVER else dice.uniform(*DELAYS[habit])


def _calls(timetable: Timetable, kind: str, dice: random.Random) -> tuple[float, ...]:
    """Return the days of their calls: six in ten have all that are offered; the early ones before the workshops."""
    if kind == "early calls":
        return tuple(dice.uniform(8, 11) + step for step in range(timetable.calls))
    if dice.random() > 0.6:
        return ()
    until = timetable.calls_close_after_days
    one_call = any(wave.counts_from == CALL for wave in timetable.waves)
    begin = 0.5 * until if one_call else 0.65 * until
    return tuple(sorted(dice.uniform(begin, until - 1) for _ in range(timetable.calls)))


def _acts(kind: str, dice: random.Random) -> tuple[tuple[float, str], ...]:
    if kind == "pauses":
        begins = dice.uniform(3, 40)
        return (begins, PAUSE), (begins + dice.uniform(5, 20), GO_ON)
    acts = {
        "stops": STOP, "deletes": DELETE, "pauses 2": PAUSE_2, "pauses 4": PAUSE_4, "no word": NO_WORD,
        "texts stop": NO_TEXTS,
    }  # fmt: skip
    return ((dice.uniform(0.5, 70), acts[kind]),) if kind in acts else ()
