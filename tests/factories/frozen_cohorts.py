"""Frozen cohorts out of a seed, of any size and as odd as wanted: no database, scored by hand."""

import random
from dataclasses import replace

from resilience.evaluation.analysis.frozen import (
    Answer,
    Call,
    Dataset,
    Measure,
    Person,
    Plan,
    Score,
    Snapshot,
    Wave,
)

TIMEPOINTS = ("t1", "t2", "t3")
MEASURES = (
    Measure(
        "who5", "who5", "Wellbeing", (1, 2, 3, 4, 5), 0, 100, 0, 5, 1,
        reliability=0.81, cutoff=(">", 50), difference=10, timepoints=TIMEPOINTS,
    ),
    Measure(
        "phq9", "phq9", "Depression", tuple(range(1, 10)), 0, 27, 0, 3, -1, cutoff=("<", 10), timepoints=TIMEPOINTS,
    ),
    Measure("leaving.job", "leaving", "Plans to leave", (1,), 1, 5, 0, 5, -1, timepoints=("t1", "t3")),
    Measure("acceptability", "acceptability", "After", (1, 2), 1, 5, 1, 5, 1, timepoints=("t2",)),
)  # fmt: skip
PLAN = Plan(
    timepoints=TIMEPOINTS,
    due=TIMEPOINTS,
    labels={},
    primary=("who5",),
    planned=tuple(measure.key for measure in MEASURES),
    covariates=("profession", "years_qualified"),
    complete_modules=4,
    suppress_below=10,
    frozen_on="2026-01-05",
    hash="0" * 64,
    cost={"coach_rate_per_hour": 40, "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 500},
)
CODED = {"time": {"both": 4, "only_a": 1, "only_b": 2, "neither": 9}}
SOME, ALL, NOBODY = "some", "all", "nobody"
VARIED, CONSTANT = "varied", "constant"


def freeze(
    people: int, *, coached: str = SOME, answers: str = VARIED, staying: float = 0.8, coaches: int = 7, seed: int = 6
) -> Snapshot:  # fmt: skip
    """A cohort of so many: who has calls, whether answers differ, how many go on answering, with how many coaches."""
    dice = random.Random(seed)
    persons = [_person(number, dice, coached) for number in range(people)]
    there = {
        (one.key, when): when == "t1" or dice.random() < staying for one in persons for when in TIMEPOINTS
    }
    rows = [
        answer
        for one in persons
        for when in TIMEPOINTS
        if there[one.key, when]
        for answer in _answers(one.key, when, dice, answers)
    ]
    dataset = Dataset(
        plan=PLAN,
        measures=MEASURES,
        people=tuple(persons),
        calls=tuple(_calls(persons, dice, coaches)),
        scores=tuple(_scores(rows)),
        answers=tuple(rows),
        registered=people,
        design={"arms": {"calls": "Calls", "later": "Later"}},
        waves=tuple(Wave(key, when, dice.randint(0, 9), 1, 8) for (key, when), is_there in there.items() if is_there),
        joined=("2026-01-01", "2026-02-01") if people else None,
        context={"coding": CODED, "approached": {"e-mail": 90}, "safety": {"contacts_asked": 1, "complaints": None}},
    )  # fmt: skip
    return _snapshot(dataset)


def without_plans(snapshot: Snapshot) -> Snapshot:
    """The same with nothing in the plan that could be left out: no primary measure, covariate, price or parameter."""
    bare = tuple(replace(one, reliability=None, cutoff=None, difference=None) for one in MEASURES)
    plan = replace(PLAN, primary=(), covariates=(), cost={})
    dataset = replace(
        snapshot.dataset, plan=plan, measures=bare, calls=(), waves=(), joined=None, context={}, design={}
    )
    return replace(snapshot, dataset=dataset)


def _snapshot(dataset: Dataset) -> Snapshot:
    return Snapshot(
        dataset, "evaluation", "programme", True, "en-gb", "2026-06-01T09:00:00+00:00", "0" * 64, 0, 0
    )


def _person(number: int, dice: random.Random, coached: str) -> Person:
    calls = {SOME: dice.choice([0, 0, 1, 2]), ALL: dice.choice([1, 2]), NOBODY: 0}[coached]
    return Person(
        key=f"p{number:07d}",
        started=True,
        modules=dice.randint(0, 5),
        offered_call=True,
        accepted_call=calls > 0,
        withdrew=False,
        characteristics={"profession": dice.choice(["nurse", "nurse", "doctor", "midwife", ""])},
        numbers={"years_qualified": dice.randint(0, 30)},
        arm=dice.choice(["calls", "later"]),
        calls_attended=calls,
    )


def _answers(person: str, when: str, dice: random.Random, answers: str):
    level = dice.gauss(0, 0.8)
    for measure in MEASURES:
        if when in measure.timepoints:
            for item in measure.items:
                low, high = measure.item_low, measure.item_high
                value = round((low + high) / 2 + level + dice.gauss(0, 1))
                shown = low + 1 if answers == CONSTANT else min(high, max(low, value))
                if answers == CONSTANT or dice.random() > 0.02:
                    yield Answer(person, when, measure.instrument, item, shown)


def _scores(rows: list[Answer]):
    given: dict[tuple[str, str, str], dict[int, float]] = {}
    for row in rows:
        given.setdefault((row.person, row.timepoint, row.instrument), {})[row.item] = row.value
    for (person, when, instrument), items in given.items():
        for measure in MEASURES:
            if measure.instrument == instrument:
                known = [items[item] for item in measure.items if item in items]
                whole = len(known) == len(measure.items)
                value = (
                    sum(known) * {"who5": 4}.get(measure.key, 1) / {"acceptability": 2}.get(measure.key, 1)
                )
                yield Score(person, when, measure.key, value if whole else None, len(known), False)


def _calls(persons: list[Person], dice: random.Random, coaches: int):
    for one in persons:
        coach = f"coach-{dice.randrange(coaches)}"
        for _ in range(one.calls_attended or 0):
            yield Call(one.key, coach, "FULFILLED", dice.randint(15, 40), preparation=5, notes=10, waited=3)
