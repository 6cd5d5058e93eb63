"""Read a dataset pack and score it, by the rules as published and as the codebook of the pack repeats them."""

import csv
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

# Instrument, scale (None: one for the whole): kind, items, fewest answered, factor; from EVALUATION.md 1.2 and 1.4.
SCALES = {
    ("who5", None): ("sum", range(1, 6), 5, 4),
    ("phq8", None): ("sum", range(1, 9), 6, 1),
    ("phq9", None): ("sum", range(1, 10), 7, 1),
    ("gad7", None): ("sum", range(1, 8), 5, 1),
    ("brs", None): ("mean", range(1, 7), 4, 1),
    ("cbi_work", None): ("mean", range(1, 8), 4, 1),
    ("olbi", "exhaustion"): ("mean", (2, 4, 5, 8, 10, 12, 14, 16), 8, 1),
    ("olbi", "disengagement"): ("mean", (1, 3, 6, 7, 9, 11, 13, 15), 8, 1),
    ("coping_confidence", None): ("mean", range(1, 8), 6, 1),
    ("acceptability", None): ("mean", range(1, 7), 4, 1),
    ("leaving", "job"): ("mean", (1,), 1, 1),
    ("leaving", "profession"): ("mean", (2,), 1, 1),
}
WAYS_OF_COPING = {
    "self_distraction": (1, 19), "active_coping": (2, 7), "denial": (3, 8), "substance_use": (4, 11),
    "use_of_emotional_support": (5, 15), "behavioral_disengagement": (6, 16), "venting": (9, 21),
    "use_of_instrumental_support": (10, 23), "positive_reframing": (12, 17), "self_blame": (13, 26),
    "planning": (14, 25), "humor": (18, 28), "acceptance": (20, 24), "religion": (22, 27),
}  # fmt: skip
SCALES |= {("brief_cope", scale): ("sum", items, 2, 1) for scale, items in WAYS_OF_COPING.items()}
# Asked under a consent of their own (R10), and among no outcomes.
APART = {
    ("brief_cope", scale)
    for scale in ("self_distraction", "denial", "substance_use", "behavioral_disengagement")
}
OUTSIDE = {"leaving": {0.0}}  # "I have already left" is no place on the scale
ENDS = {
    ("leaving", "job"): (1, 5),
    ("leaving", "profession"): (1, 5),
}  # where the scale is not as wide as its answers
YES = "1"


@dataclass
class Pack:
    """A pack as plain dictionaries. `answers` by (instrument, time point), then person, then item."""

    people: dict[str, dict[str, str]]
    answers: dict[tuple[str, str], dict[str, dict[int, float]]]
    calls: list[dict[str, str]]
    coding: list[dict[str, str]]
    meta: dict
    left_out: dict[str, int] = field(default_factory=dict)
    scores: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    lost: dict[tuple[str, str], int] = field(default_factory=dict)
    filled: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def when(self) -> list[str]:
        """The time points at which anybody answered, in their order."""
        there = {timepoint for _instrument, timepoint in self.answers}
        return [key for key in self.meta["timepoints"] if key in there]

    @property
    def coached(self) -> set[str]:
        """Who had as many calls that took place as the plan wants."""
        return {person for person, n in self.attended().items() if n >= self.exposure}

    @property
    def exposure(self) -> int:
        """How many calls make somebody coached."""
        return max(1, self.meta.get("exposure", 1))

    def attended(self) -> dict[str, int]:
        """How many calls took place with each person."""
        if not self.calls:
            return {key: int(row.get("calls_attended") or 0) for key, row in self.people.items()}
        found = dict.fromkeys(self.people, 0)
        for call in self.calls:
            if call["outcome"] == "attended" and call["participant"] in found:
                found[call["participant"]] += 1
        return found

    def measures(self, *, apart: bool = False) -> list[tuple[str, str, str | None]]:
        """Each measure that was asked: its key, its instrument and its scale; those kept apart only when asked for."""
        asked = {instrument for instrument, _timepoint in self.answers}
        return [
            (name if scale is None else f"{name}.{scale}", name, scale)
            for name, scale in SCALES
            if name in asked and ((name, scale) in APART) is apart
        ]

    def asked_at(self, instrument: str) -> list[str]:
        """The time points at which an instrument was asked, in their order."""
        grid = self.meta.get("grid", {}).get(instrument)
        return [key for key in self.when if (key in grid if grid else (instrument, key) in self.answers)]

    def pairs(self, measure: str, later: str) -> list[tuple[str, float, float]]:
        """Person, baseline score and later score of everybody who has both."""
        first, second = (self.scores.get((measure, key), {}) for key in (self.meta["timepoints"][0], later))
        return [(key, first[key], second[key]) for key in sorted(first.keys() & second.keys())]


def read(folder: Path) -> Pack:
    """Read a folder and score its answers; people who are marked as trying the system or as deleted stay out."""
    rows = {row["participant"]: row for row in _rows(folder / "participants.csv")}
    people = {
        key: row
        for key, row in rows.items()
        if row.get("is_test") != YES and row.get("erased") != YES and row.get("consented") != "0"
    }
    answers: dict[tuple[str, str], dict[str, dict[int, float]]] = {}
    for row in _rows(folder / "items_long.csv"):
        if row["participant"] in people and row["value"] != "":
            there = answers.setdefault((row["instrument"], row["timepoint"]), {})
            there.setdefault(row["participant"], {})[int(row["item"])] = float(row["value"])
    calls = [row for row in _rows(folder / "calls.csv") if row["participant"] in people]
    coding = [row for row in _rows(folder / "comments_coding.csv") if row["participant"] in people]
    meta = json.loads((folder / "meta.json").read_text())
    pack = Pack(people, answers, calls, coding, meta, _left_out(rows, meta.get("not_in_pack", {})))
    for key, instrument, scale in [*pack.measures(), *pack.measures(apart=True)]:
        for timepoint in pack.when:
            _score(pack, key, instrument, scale, timepoint)
    return pack


def _left_out(rows: dict[str, dict[str, str]], told: dict[str, int]) -> dict[str, int]:
    """How many people stay out: rows that say so, and those of whom meta.json tells."""
    shown = {"test": ("is_test", YES), "erased": ("erased", YES), "no_consent": ("consented", "0")}
    return {
        name: sum(row.get(column) == says for row in rows.values()) + told.get(name, 0)
        for name, (column, says) in shown.items()
    }


def turned(pack: Pack, instrument: str, item: int, value: float) -> float:
    """An answer turned round where the pack says that the item is."""
    low, high = pack.meta["range"][instrument]
    return low + high - value if item in pack.meta.get("reversed", {}).get(instrument, []) else value


def ends(pack: Pack, instrument: str, scale: str | None) -> tuple[float, float]:
    """The lowest and the highest possible score."""
    kind, items, _fewest, factor = SCALES[instrument, scale]
    low, high = ENDS.get((instrument, scale), pack.meta["range"][instrument])
    times = factor * len(items) if kind == "sum" else 1
    return low * times, high * times


def _score(pack: Pack, key: str, instrument: str, scale: str | None, timepoint: str) -> None:
    kind, items, fewest, factor = SCALES[instrument, scale]
    found, lost, filled = {}, 0, 0
    for person, told in pack.answers.get((instrument, timepoint), {}).items():
        values = [
            turned(pack, instrument, item, told[item])
            for item in items
            if item in told and told[item] not in OUTSIDE.get(instrument, ())
        ]
        if len(values) < fewest:
            lost += 1
            continue
        mean = math.fsum(values) / len(values)
        found[person] = factor * (mean * len(items) if kind == "sum" else mean)
        filled += kind == "sum" and len(values) < len(items)
    if (instrument, timepoint) in pack.answers:
        pack.scores[key, timepoint] = found
        pack.lost[key, timepoint], pack.filled[key, timepoint] = lost, filled


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{key.removeprefix("'"): value for key, value in row.items()} for row in csv.DictReader(file)]
