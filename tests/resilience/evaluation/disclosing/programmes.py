"""Random programmes, and their figures in the fixed shape: counted here, since the attack is on counts."""

import random
from dataclasses import replace

from resilience.evaluation.analysis import (
    characteristics,
    coach_background,
    delivery,
    exposure,
    fairness,
    flow,
    nonresponse,
    traits_by_calls,
)
from resilience.evaluation.analysis.frozen import Answer, Call, Dataset, Measure, Person, Plan, Score
from resilience.evaluation.figures import plain

TIMES = ("t1", "t2", "t3")
MOOD = Measure("mood", "mood", "Mood", (1,), 0, 10, 0, 10, 1, timepoints=TIMES)
AFTER = Measure("acceptability", "acceptability", "After", (1, 2), 1, 5, 1, 5, 1, timepoints=("t2",))
TRAITS = {
    "profession": ("nurse", "doctor", "midwife", "paramedic", "student"),
    "level": ("senior", "junior", "training"),
    "workplace": ("north", "south", "east", "west"),
}
PLAN = Plan(TIMES, TIMES, {}, ("mood",), ("mood",), (), 2, 10, None, "")


def grow(seed: int, *, people: int = 0) -> Dataset:
    """A random programme; with more people it is the same programme some time later."""
    chance = random.Random(seed)
    size = chance.randint(20, 160)
    weights = {name: [chance.random() ** 2 + 0.02 for _ in groups] for name, groups in TRAITS.items()}
    silent = chance.choice([0, 0, 0.05])
    arms = chance.choice([(), (), ("calls", "later"), ("calls", "peer", "none")])
    uptake = chance.uniform(0.05, 0.95)
    rows = [
        _person(random.Random(f"{seed} {n}"), n, weights, silent, arms, uptake) for n in range(size + people)
    ]
    return Dataset(
        plan=PLAN,
        measures=(MOOD, AFTER),
        people=tuple(row[0] for row in rows),
        calls=tuple(call for row in rows for call in row[1]),
        scores=tuple(score for row in rows for score in row[2]),
        answers=tuple(answer for row in rows for answer in row[3]),
        registered=len(rows) + 3,
        design={"arms": {arm: arm for arm in arms}, "allocated_by": "PERSON"} if arms else {},
    )


def _person(chance: random.Random, number: int, weights, silent: float, arms, uptake: float):
    key = f"p{number:04d}"
    traits = {
        name: "" if chance.random() < silent else chance.choices(TRAITS[name], weights[name])[0]
        for name in TRAITS
    }
    offered = chance.random() < 0.9
    attended = chance.choice([1, 1, 1, 2, 3]) if offered and chance.random() < uptake else 0
    there = [when for when, odds in zip(TIMES, (0.97, 0.8, 0.5), strict=True) if chance.random() < odds]
    scores = [Score(key, when, "mood", float(chance.randint(0, 10)), 1, False) for when in there]
    answers = [Answer(key, when, "mood", 1, 5) for when in there]
    if "t2" in there:
        said = [chance.randint(1, 5) for _ in AFTER.items]
        answers += [
            Answer(key, "t2", "acceptability", item, value) for item, value in enumerate(said, start=1)
        ]
        scores.append(Score(key, "t2", "acceptability", sum(said) / 2, 2, False))
    arm = chance.choice(arms) if arms else ""
    how = {"": "optional", "calls": "optional"}.get(arm, "none")
    modules = chance.choice([0, 1, 3, 3, 4, 4, 4])
    started = chance.random() < 0.95
    told = {"arm": arm, "offered_how": how, "numbers": _age(key, silent)}
    person = Person(key, started, modules, offered, attended > 0, False, traits, **told)
    return person, _calls(key, attended), scores, answers


def _age(key: str, silent: float) -> dict[str, float]:
    """In years, unless they left it out."""
    chance = random.Random(f"age {key}")
    return {"age": float(chance.randint(20, 65))} if chance.random() >= silent else {}


def _calls(key: str, attended: int) -> list[Call]:
    """With one of ten coaches, of whom five have worked with patients, and now and then with another one as well."""
    chance = random.Random(key)
    first = chance.randrange(10)
    coaches = [first if chance.random() < 0.8 else chance.randrange(10) for _ in range(attended)]
    kinds = [("CLINICAL", "NOT_CLINICAL")[coach % 2] for coach in coaches]
    return [
        Call(key, f"c{coach}", "FULFILLED", 25, background=kind)
        for coach, kind in zip(coaches, kinds, strict=True)
    ]


def figures(data: Dataset, *, below: int = 10, day: int = 1) -> dict:
    """All figures of a programme that have to do with groups of people, in the shape of figures.json."""
    table = exposure.turn(data)
    found = characteristics.summarise(data)
    return {
        "plan": {"suppress_below": below, "timepoints": list(TIMES)},
        "design": dict(data.design),
        "snapshot": {
            "as_of": f"2026-05-{day:02d}",
            "checksum": f"{day}",
            "left_out": {"test": 0, "erased": 0},
        },
        "flow": plain(flow.follow(data)),
        "characteristics": {"n": found.n, **plain(found.categories), "scores": plain(found.scores)}
        | plain(found.numbers),
        "traits_by_calls": plain(traits_by_calls.compare(data)),
        "measures": {"mood": _measure(table)},
        "subgroups": {name: {"mood": _subgroups(table, name)} for name in TRAITS},
        "acceptability": _opinions(table),
        "coach_background": plain(coach_background.compare(table)),
        "core_or_optional": plain(exposure.describe_offer(table)),
        "fairness": plain(fairness.compare(table)),
        "delivery": plain(delivery.total(table)),
        "missing": {"nonresponse": {when: plain(nonresponse.compare(table, when)) for when in TIMES[1:]}},
    }


def _measure(table) -> dict:
    start = table.score("mood", "t1")
    start = start[start == start]
    return {
        "direction": 1,
        "planned": True,
        "primary": True,
        "scores": {"t1": {"n": len(start), "mean": float(start.mean())}},
        "change": {when: _whole(table, when) for when in TIMES[1:]},
        "per_call": {when: {"groups": _doses(table, when, table.attended)} for when in TIMES[1:]},
        "per_module": {when: {"groups": _doses(table, when, table.modules)} for when in TIMES[1:]},
        **_by_arm(table),
        "coached_difference": {when: _adjusted(table, when) for when in TIMES[1:]},
    }


def _adjusted(table, when: str) -> dict:
    known = table.paired("mood", when) & (table.traits["profession"].codes >= 0)
    return {"n": int(known.sum()), "coached": int((known & table.coached).sum()), "difference": 1.0}


def _doses(table, when: str, had) -> dict:
    paired = table.paired("mood", when)
    return {str(dose): _change(table, paired & (had == dose), when) for dose in sorted(set(had[paired]))}


def _by_arm(table) -> dict:
    rows = flow.allocated(table)
    found = {}
    for when in TIMES[1:] if rows else ():
        paired = table.paired("mood", when)
        found[when] = {
            "as_allocated": {arm: _change(table, paired & one, when) for arm, one in rows.items()},
            "as_received": {
                arm: {
                    "coached": _change(table, paired & one & table.coached, when),
                    "not_coached": _change(table, paired & one & ~table.coached, when),
                }
                for arm, one in rows.items()
            },
        }
    return {"by_arm": found} if found else {}


def _subgroups(table, name: str) -> dict:
    trait = table.traits[name]
    groups = {
        label: _change(table, table.paired("mood", "t2") & (trait.codes == place), "t2")
        for place, label in enumerate(trait.labels)
    }
    return groups | {"interaction_p": 0.123456789}


def _change(table, rows, when: str) -> dict:
    values = exposure.changes(table, "mood", when)[rows]
    return {"n": len(values), "mean_change": float(values.mean()) if len(values) else None}


def _whole(table, when: str) -> dict:
    found = _change(table, table.paired("mood", when), when)
    return {"n": found["n"], "mean": found["mean_change"], "ci": None}


def _opinions(table) -> dict:
    sides = exposure.opinions(table)
    return {
        item: {
            "n": sum(one.n for one in both.values()),
            "agree": sum(one.agree for one in both.values()),
        }
        for item, both in sides.items()
    }


def with_sizes(*sizes: int) -> Dataset:
    """A programme whose professions have these sizes; nothing else sets its people apart."""
    data = grow(9)
    names = [name for name, size in zip(TRAITS["profession"], sizes, strict=False) for _ in range(size)]
    people = data.people[: len(names)]
    alike = {"level": "senior", "workplace": "north"}
    return replace(
        data,
        people=tuple(
            replace(one, characteristics=alike | {"profession": name})
            for one, name in zip(people, names, strict=True)
        ),
        calls=tuple(call for call in data.calls if call.person in {one.key for one in people}),
        scores=tuple(row for row in data.scores if row.person in {one.key for one in people}),
        answers=tuple(row for row in data.answers if row.person in {one.key for one in people}),
    )
