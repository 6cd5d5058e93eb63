"""A finished cohort that never was: 66 invented people, the same for the same seed.

Its size, attrition and change in coping confidence are shaped on an uncontrolled before-after study of 66 health
professionals and students who met face to face (Johnson and others 2020, BMC Health Services Research 20:1094:
66, 62, 47 and 33 answered; confidence rose by 2.43, 2.81 and 2.75). Everything else is made up to be plausible.
The figures show what a report looks like. They say nothing about this programme or any person.

Only answers are drawn; the scores come from the product's own scoring. Days count from the cohort's first day.
"""

import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SIZE = 66
SEED = 20201334
ANSWERING = {"t1": 66, "t2": 62, "t3": 47, "t4": 33}
LABEL = "Synthetic data"
NOTE = (
    "These people do not exist. The number who answer and the change in coping confidence are shaped on a published "
    "face-to-face study with group workshops; its results do not carry over to this programme."
)

PROFESSIONS = {"nurse": 25, "doctor": 13, "midwife": 10, "paramedic": 10, "student": 6, "": 2}
LEVELS = {"first_years": 20, "experienced": 24, "senior": 12, "in_training": 9, "": 1}
GENDERS = {"woman": 49, "man": 14, "": 3}
SHIFTS = {"days": 20, "days_and_nights": 35, "nights": 10, "": 1}

FULFILLED, MISSED, CANCELLED = "FULFILLED", "PARTICIPANT_NO_SHOW", "CANCELLED"


@dataclass(frozen=True, slots=True)
class SyntheticCall:
    """One agreed call and what became of it. The coach is the first or the second of two."""

    number: int
    coach: int
    outcome: str
    minutes: int
    day: int


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """One invented participant. `answers` goes from time point to instrument to item number to the value chosen."""

    number: int
    profession: str
    level: str
    gender: str
    shifts: str
    joined_day: int
    module_days: tuple[int, ...]
    offered_call: bool
    accepted_call: bool
    calls: tuple[SyntheticCall, ...]
    answers: Mapping[str, Mapping[str, Mapping[int, int]]]
    answered_day: Mapping[str, int]
    withdrew_day: int | None


@dataclass(frozen=True, slots=True)
class Wave:
    """What a scale does at one time point: the mean change since baseline and its spread, per item."""

    change: float
    spread: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How answers to one instrument are drawn: around a person's level, item by item."""

    instrument: str
    low: int
    high: int
    baseline: float
    spread: float
    noise: float
    items: tuple[float, ...]
    waves: Mapping[str, Wave]


SCALES = (
    Scale(
        "coping_confidence",
        0,
        10,
        4.5,
        1.45,
        0.9,
        (0.3, 0.5, -0.3, 0.1, -0.5, 0.2, -0.3),
        {"t1": Wave(0, 0), "t2": Wave(2.55, 1.6), "t3": Wave(2.86, 1.65), "t4": Wave(2.9, 1.85)},
    ),
    Scale(
        "who5",
        0,
        5,
        2.55,
        0.75,
        0.6,
        (0.2, 0.1, -0.1, -0.4, 0.2),
        {"t1": Wave(0, 0), "t3": Wave(0.3, 0.66), "t4": Wave(0.36, 0.72)},
    ),
    Scale(
        "phq8",
        0,
        3,
        0.72,
        0.52,
        0.55,
        (0.1, 0.0, 0.3, 0.4, 0.0, 0.0, -0.2, -0.5),
        {"t1": Wave(0, 0), "t4": Wave(-0.2, 0.4)},
    ),
    Scale("leaving", 1, 5, 2.6, 1.0, 0.5, (0.3, -0.3), {"t1": Wave(0, 0), "t4": Wave(-0.2, 0.8)}),
    Scale("acceptability", 1, 5, 4.0, 0.5, 0.6, (0.1, -0.5, 0.3, 0.2, -0.1, 0.1), {"t3": Wave(0, 0)}),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A single question with named answers, and how many in a hundred choose each."""

    instrument: str
    timepoints: tuple[str, ...]
    weights: Mapping[int, int]


CHOICES = (
    Choice("unwanted_effects", ("t3", "t4"), {0: 89, 1: 6, 2: 5}),
    Choice("time_used", ("t3",), {1: 28, 2: 24, 3: 48}),
    Choice("used", ("t4",), {0: 15, 1: 46, 2: 22, 3: 17}),
    Choice("passed_on", ("t4",), {0: 42, 1: 34, 2: 24}),
)


def generate(*, seed: int = SEED) -> tuple[SyntheticPerson, ...]:
    """Sixty-six people with their answers and calls; the same seed gives the same people."""
    dice = random.Random(seed)  # noqa: S311 - people are drawn here, not keys
    answering = _answering(dice)
    levels = {scale.instrument: _levels(dice, scale, answering) for scale in SCALES}
    traits = [_dealt(dice, counts) for counts in (PROFESSIONS, LEVELS, GENDERS, SHIFTS)]
    plan = _calls_taken(dice, answering)
    choices = _choices(random.Random(seed + 1), answering)  # noqa: S311 - as above
    return tuple(
        _person(
            dice, number, [trait[number] for trait in traits], answering, levels, plan.get(number), choices
        )
        for number in range(SIZE)
    )


def _answering(dice: random.Random) -> dict[str, set[int]]:
    """Who answers when: nearly nested, as people who stop seldom come back, but three do."""
    order = list(range(SIZE))
    dice.shuffle(order)
    return {
        "t1": set(order),
        "t2": set(order[: ANSWERING["t2"]]),
        "t3": {*order[: ANSWERING["t3"] - 1], order[ANSWERING["t2"] + 1]},
        "t4": {*order[: ANSWERING["t4"] - 2], order[50], order[51]},
    }


def _dealt(dice: random.Random, counts: Mapping[str, int]) -> list[str]:
    cards = [name for name, count in counts.items() for _ in range(count)]
    dice.shuffle(cards)
    return cards


def _levels(
    dice: random.Random, scale: Scale, answering: Mapping[str, set[int]]
) -> dict[str, dict[int, float]]:
    """Where each person stands on a scale at each time point, before single answers are drawn."""
    first = _standard(dice, range(SIZE))
    steady = _standard(dice, range(SIZE))
    found = {}
    for timepoint, wave in scale.waves.items():
        people = sorted(answering[timepoint])
        fresh = _standard(dice, people)
        # Whoever starts low gains more (regression to the mean); half of the rest of a gain stays with a person.
        gain = _standardised({n: -0.45 * first[n] + 0.63 * steady[n] + 0.63 * fresh[n] for n in people})
        found[timepoint] = {
            n: scale.baseline + scale.spread * first[n] + wave.change + wave.spread * gain[n] for n in people
        }
    return found


def _standard(dice: random.Random, people: Sequence[int]) -> dict[int, float]:
    return _standardised({number: dice.gauss(0, 1) for number in people})


def _standardised(values: Mapping[int, float]) -> dict[int, float]:
    mean, spread = statistics.fmean(values.values()), statistics.stdev(values.values())
    return {number: (value - mean) / spread for number, value in values.items()}


def _calls_taken(
    dice: random.Random, answering: Mapping[str, set[int]]
) -> dict[int, tuple[SyntheticCall, ...]]:
    """Two thirds take one call or two; a few miss one or give the time back."""
    keen = sorted(answering["t2"], key=lambda n: (n not in answering["t3"]) + dice.random())
    taken = {}
    for place, number in enumerate(keen[:48]):
        outcomes = [FULFILLED] * (2 if place % 3 else 1)
        if place % 11 == 5:
            outcomes.insert(0, MISSED)
        if place % 9 == 4:
            outcomes.insert(0, CANCELLED)
        if place >= 44:
            outcomes = [MISSED if place % 2 else CANCELLED]
        coach = 1 + (dice.random() < 0.4)
        taken[number] = tuple(
            _call(dice, turn, coach, outcome) for turn, outcome in enumerate(outcomes, start=1)
        )
    return taken


def _call(dice: random.Random, turn: int, coach: int, outcome: str) -> SyntheticCall:
    minutes = min(42, max(14, round(dice.gauss(28, 5)))) if outcome == FULFILLED else 0
    return SyntheticCall(turn, coach, outcome, minutes, day=42 + 5 * turn + dice.randrange(4))


def _choices(dice: random.Random, answering: Mapping[str, set[int]]) -> dict[tuple[str, str, int], int]:
    return {
        (timepoint, choice.instrument, number): dice.choices(
            tuple(choice.weights), tuple(choice.weights.values())
        )[0]
        for choice in CHOICES
        for timepoint in choice.timepoints
        for number in sorted(answering[timepoint])
    }


def _person(dice, number, traits, answering, levels, calls, choices) -> SyntheticPerson:
    joined = dice.randrange(14)
    modules = 5 if number in answering["t2"] and dice.random() < 0.86 else dice.randrange(1, 5)
    answered = [timepoint for timepoint in ANSWERING if number in answering[timepoint]]
    days = {
        "t1": joined,
        "t2": 36 + dice.randrange(8),
        "t3": 66 + dice.randrange(6),
        "t4": 108 + dice.randrange(8),
    }
    stopped = len(answered) == 1 and dice.random() < 0.8
    return SyntheticPerson(
        number + 1,
        *traits,
        joined_day=joined,
        module_days=tuple(joined + 7 * place + dice.randrange(4) for place in range(modules)),
        offered_call=number in answering["t2"],
        accepted_call=calls is not None,
        calls=calls or (),
        answers={timepoint: _answers(dice, number, timepoint, levels, choices) for timepoint in answered},
        answered_day={timepoint: days[timepoint] for timepoint in answered},
        withdrew_day=joined + 20 + dice.randrange(10) if stopped else None,
    )


def _answers(dice, number: int, timepoint: str, levels, choices) -> dict[str, dict[int, int]]:
    scaled = {
        scale.instrument: _items(dice, scale, levels[scale.instrument][timepoint][number])
        for scale in SCALES
        if timepoint in scale.waves
    }
    single = {
        choice.instrument: {1: choices[timepoint, choice.instrument, number]}
        for choice in CHOICES
        if timepoint in choice.timepoints
    }
    return scaled | single


def _items(dice: random.Random, scale: Scale, level: float) -> dict[int, int]:
    """One answer an item; about one in two hundred is left out."""
    drawn = [round(level + offset + dice.gauss(0, scale.noise)) for offset in scale.items]
    return {
        item: min(scale.high, max(scale.low, value))
        for item, value in enumerate(drawn, start=1)
        if dice.random() > 0.005
    }
