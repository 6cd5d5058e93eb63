"""The sample pack that the import page offers: thirty of the synthetic people of the demonstration, and notes on it."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from resilience.demo import cohort

PLACE = Path(__file__).resolve().parents[2] / "resilience" / "evaluation" / "sample_pack"
PEOPLE = 30
LABELS = {"pre": "Before", "post": "After the modules", "calls": "After the calls"}
SOURCE = {"pre": "t1", "post": "t2", "calls": "t3"}
ASKED = {"who5": ["pre", "calls"], "coping_confidence": ["pre", "post", "calls"]}
OUTCOMES = {"FULFILLED": "attended", "PARTICIPANT_NO_SHOW": "did_not_attend", "CANCELLED": "cancelled"}
META = {
    "timepoints": list(LABELS),
    "labels": LABELS,
    "grid": ASKED,
    "primary": ["coping_confidence"],
    "primary_timepoints": ["post"],
    "analyses": ["change", "reliable_change", "responders", "coached_difference", "cost"],
    "covariates": ["profession"],
    "reliability": {"who5": 0.81},
    "direction": {"who5": 1, "coping_confidence": 1},
    "cutoff": {"who5": [">", 50]},
    "mcid": {"who5": 10},
    "complete_modules": 4,
    "exposure": 1,
    "suppress_below": 10,
    "cost": {"coach_rate_per_hour": 40, "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 500},
    "kind": "service",
    "funding": "The hospital's charity",
    "approached": {"email": 160, "meeting": 24},
    "complaints": 0,
    "system": {
        "absence": {"Ward 1": {"2026 Q1": 5.1, "2026 Q2": 4.8}, "Ward 2": {"2026 Q1": 4.4, "2026 Q2": 4.6}}
    },
    "synthetic": True,
}
HEADS = (
    "participant", "profession", "gender", "consented", "started", "modules_completed", "coaching_offered",
    "coaching_accepted", "calls_attended", "withdrew", *(f"{key}_done" for key in LABELS),
)  # fmt: skip


def files() -> dict[str, str]:
    """Return the files that follow from the demonstration's people; README.txt is written by hand."""
    people = cohort.generate()[:PEOPLE]
    return {
        "participants.csv": _table(HEADS, map(_person, people)),
        "items_long.csv": _table(
            ("participant", "timepoint", "instrument", "item", "value"), _each(people, _answers)
        ),
        "calls.csv": _table(("participant", "call_no", "coach", "minutes", "outcome"), _each(people, _calls)),
        "meta.json": json.dumps(META, indent=1) + "\n",
    }


def write() -> None:
    """Write the files."""
    for name, text in files().items():
        (PLACE / name).write_text(text, encoding="utf-8")


def _code(one: cohort.SyntheticPerson) -> str:
    return f"S{one.number:03d}"


def _person(one: cohort.SyntheticPerson) -> tuple:
    held = sum(call.outcome == "FULFILLED" for call in one.calls)
    modules = len(one.module_days)
    done = [int(when in one.answers) for when in SOURCE.values()]
    return (
        _code(one), one.profession, one.gender, 1, int(modules > 0), modules, int(one.offered_call),
        int(one.accepted_call), held, int(one.withdrew_day is not None), *done,
    )  # fmt: skip


def _answers(one: cohort.SyntheticPerson) -> Iterator[tuple]:
    for instrument, timepoints in ASKED.items():
        for key in timepoints:
            given = one.answers.get(SOURCE[key], {}).get(instrument, {})
            for item, value in given.items():
                yield _code(one), key, instrument, item, value


def _calls(one: cohort.SyntheticPerson) -> Iterator[tuple]:
    for call in one.calls:
        minutes = call.minutes if call.outcome == "FULFILLED" else ""
        yield _code(one), call.number, f"C{call.coach}", minutes, OUTCOMES[call.outcome]


def _each(
    people: Iterable[cohort.SyntheticPerson], rows: Callable[[cohort.SyntheticPerson], Iterator[tuple]]
) -> Iterator[tuple]:
    return (row for one in people for row in rows(one))


def _table(heads: Iterable[str], rows: Iterable[tuple]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()
