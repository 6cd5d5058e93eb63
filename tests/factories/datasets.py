"""A dataset pack out of a seed: three time points, several instruments, gaps, calls, coded comments, two arms."""

import csv
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from resilience.measures import catalogue

TIMEPOINTS = ("pre", "post", "fu3m")
ASKED = ("who5", "phq8", "coping_confidence", "leaving", "brs", "olbi", "cbi_work", "gad7")
THEMES = ("time", "being heard", "=worth it?")
PEOPLE = (
    "participant", "site", "unit", "profession", "gender", "age", "years_qualified", "consented", "baseline_done",
    "started", "modules_completed", "coaching_offered", "coaching_accepted", "calls_attended", "withdrew", "arm",
    "is_test", "erased", "pre_done", "post_done", "fu3m_done",
)  # fmt: skip
ITEMS = ("participant", "timepoint", "instrument", "item", "value")
CALLS = ("participant", "call_no", "coach", "minutes", "outcome")
META = {
    "timepoints": list(TIMEPOINTS),
    "reliability": {"who5": 0.8},
    "direction": {"who5": 1, "phq8": -1},
    "cutoff": {"who5": [">", 50], "phq8": ["<", 10]},
    "mcid": {"who5": 10},
    "primary": ["who5"],
    "covariates": ["profession", "site"],
    "complete_modules": 4,
    "suppress_below": 10,
    "cost": {
        "coach_rate_per_hour": 40.0,
        "prep_minutes_per_call": 15,
        "supervision_pct": 10,
        "fixed": 0.0,
    },
}

Row = dict[str, object]


def write(
    folder: Path,
    *,
    people: int,
    seed: int = 4,
    instruments: Iterable[str] = ASKED,
    extras: bool = True,
    meta: dict | None = META,
    coaches: int = 3,
) -> Path:
    """Write a pack of so many people into a folder, row by row; `extras` are calls and coded comments."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    asked = [name for name in instruments if name in catalogue.load()]
    with (
        (folder / "participants.csv").open("w", newline="", encoding="utf-8") as first,
        (folder / "items_long.csv").open("w", newline="", encoding="utf-8") as second,
        (folder / "calls.csv").open("w", newline="", encoding="utf-8") as third,
        (folder / "comments_coding.csv").open("w", newline="", encoding="utf-8") as fourth,
    ):
        persons, items = csv.DictWriter(first, PEOPLE), csv.writer(second)
        calls = csv.DictWriter(third, (*CALLS, "coach_background"))
        coding = csv.DictWriter(fourth, ("comment", "participant", "coder", *THEMES))
        for writer in (persons, calls, coding):
            writer.writeheader()
        items.writerow(ITEMS)
        for number in range(1, people + 1):
            person = _person(number, dice)
            persons.writerow(person)
            items.writerows(_answers(person, asked, dice))
            if extras:
                calls.writerows(_calls(person, coaches, dice))
                coding.writerows(_coding(person, dice))
    if not extras:
        (folder / "calls.csv").unlink()
        (folder / "comments_coding.csv").unlink()
    if meta is not None:
        (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def _person(number: int, dice: random.Random) -> Row:
    coached = dice.random() < 0.5
    stayed = dice.random()
    return {
        "participant": f"P{number:06d}",
        "site": dice.choice(["North", "South", "Sant Pau, Barcelona", ""]),
        "unit": dice.choice(["ICU", "ED", 'Ward "7"']),
        "profession": dice.choice(["nurse", "midwife", "doctor", "paramedic"]),
        "gender": dice.choice(["woman", "man", "non-binary", ""]),
        "age": dice.choice([dice.randint(20, 67), ""]),
        "years_qualified": dice.choice([dice.randint(0, 40), dice.randint(0, 40) + 0.5]),
        "consented": 1,
        "baseline_done": 1,
        "started": int(stayed > 0.05),
        "modules_completed": dice.randint(0, 5),
        "coaching_offered": 1,
        "coaching_accepted": int(coached),
        "calls_attended": dice.randint(1, 2) if coached else 0,
        "withdrew": int(stayed < 0.05),
        "arm": dice.choice(["calls", "waiting list"]),
        "is_test": int(number % 97 == 0),
        "erased": int(number % 101 == 0),
        "pre_done": 1,
        "post_done": int(stayed > 0.2),
        "fu3m_done": int(stayed > 0.4),
    }


def _answers(person: Row, asked: list[str], dice: random.Random) -> Iterator[tuple]:
    for timepoint in TIMEPOINTS:
        if not person[f"{timepoint}_done"]:
            continue
        for name in asked:
            for item in catalogue.load()[name].items:
                kind = dice.random()
                if kind > 0.02:  # else there is no row: the question was passed over
                    value = "" if kind < 0.03 else dice.choice(item.options).value
                    yield person["participant"], timepoint, name, item.key, value


def _calls(person: Row, coaches: int, dice: random.Random) -> Iterator[Row]:
    held = person["calls_attended"]
    outcomes = ["attended"] * held + dice.choice([[], ["cancelled"], ["did_not_attend"]])
    for number, outcome in enumerate(outcomes, start=1):
        coach = dice.choice(range(1, coaches + 1))
        yield {
            "participant": person["participant"],
            "call_no": number,
            "coach": f"C{coach}",
            "minutes": dice.choice([22, 30, 31.5]) if outcome == "attended" else "",
            "outcome": outcome,
            "coach_background": _background(person, coach),
        }


def _background(person: Row, coach: int) -> str:
    """Every other coach has worked with patients; of some people's calls nobody wrote it down."""
    unknown = str(person["participant"]).endswith(("3", "6", "9"))
    return "" if unknown else ("not_clinical", "clinical")[coach % 2]


def _coding(person: Row, dice: random.Random) -> Iterator[Row]:
    if dice.random() < 0.2:
        for coder in ("A", "B"):
            yield {
                "comment": f"c-{person['participant']}",
                "participant": person["participant"],
                "coder": coder,
                **{theme: dice.randint(0, 1) for theme in THEMES},
            }


def rows(path: Path) -> list[Row]:
    """Read a CSV file back, its rows sorted so that their order does not matter."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return sorted(csv.DictReader(file), key=lambda row: tuple(row.values()))
