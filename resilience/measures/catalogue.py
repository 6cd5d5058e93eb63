"""The instruments: one reviewed rules file each, its text in a pack of its own."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path

from resilience.measures.scoring import rules

FOLDER = Path(__file__).parent
FIRST_LANGUAGE = "en"


class UnknownInstrument(KeyError):
    """There is no rules file of this key."""


class Faulty(Exception):
    """A rules file and its text do not fit together."""


@dataclass(frozen=True)
class Option:
    """One answer as it is shown, with the value that is stored."""

    value: int
    label: str


@dataclass(frozen=True)
class Item:
    """One question: its key, its words (also by profession) and its options in the order shown."""

    key: str
    text: str
    options: tuple[Option, ...]
    text_for: Mapping[str, str]

    def words(self, profession: str) -> str:
        """Return the words for somebody of this profession."""
        return self.text_for.get(profession, self.text)


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument."""

    key: str
    version: str
    name: str
    short: str
    lead: str
    minutes: float
    recall_days: int
    direction: int
    low: int
    high: int
    items: tuple[Item, ...]
    optional: frozenset[str]
    scales: tuple[rules.Rule, ...]
    in_activities: bool
    new: bool
    citation: str
    licence: str
    low_label: str
    high_label: str
    cutoffs: Mapping[str, tuple[str, float]]
    change: Mapping[str, object]

    @property
    def asked(self) -> tuple[Item, ...]:
        """Return the items that are asked: the optional ones stay away."""
        return tuple(item for item in self.items if item.key not in self.optional)

    def item(self, key: str) -> Item:
        """Return the item of this key. Raises KeyError."""
        return {item.key: item for item in self.items}[key]


def minutes_of(instruments: Iterable[Instrument]) -> int:
    """Return how many whole minutes a sitting with these instruments takes."""
    return ceil(sum(each.minutes for each in instruments))


def for_activities() -> list[Instrument]:
    """Return the instruments that may stand among the words of an activity, where nothing follows from an answer."""
    return [each for each in load().values() if each.in_activities]


def get(key: str) -> Instrument:
    """Return the instrument of this key. Raises UnknownInstrument."""
    try:
        return load()[key]
    except KeyError:
        raise UnknownInstrument(key) from None


@cache
def load() -> Mapping[str, Instrument]:
    """Return every instrument by key. Raises Faulty, naming the file, where one cannot be used."""
    return {path.stem: _read(path) for path in sorted((FOLDER / "instruments").glob("*.toml"))}


def _read(path: Path) -> Instrument:
    facts = tomllib.loads(path.read_text())
    words = tomllib.loads((FOLDER / "texts" / path.name).read_text())
    if facts["key"] != path.stem or set(facts["items"]) != set(words["items"]):
        raise Faulty(f"{path.name}: key or items differ between rules and text")
    items = tuple(_item(key, words) for key in facts["items"])
    _in_range(path.name, facts, items)
    return Instrument(
        key=facts["key"],
        version=facts["version"],
        name=facts["name"],
        short=words["short"],
        lead=words["lead"],
        minutes=facts["minutes"],
        recall_days=facts.get("recall_days", 0),
        direction=facts["direction"],
        low=facts["low"],
        high=facts["high"],
        items=items,
        optional=frozenset(facts.get("optional", [])),
        scales=tuple(
            rules.build(scale, low=facts["low"], high=facts["high"]) for scale in facts.get("scales", [])
        ),
        in_activities=facts.get("in_activities", False),
        new=facts["new"],
        citation=facts["citation"],
        licence=facts["licence"],
        low_label=words.get("low_label", ""),
        high_label=words.get("high_label", ""),
        cutoffs={cut["scale"]: (cut["healthy"], cut["value"]) for cut in facts.get("cutoffs", [])},
        change=facts.get("change", {}),
    )


def _item(key: str, words: Mapping) -> Item:
    options = words.get("options_for", {}).get(key) or words["options"]
    return Item(
        key=key,
        text=words["items"][key],
        options=tuple(Option(option["value"], option["label"]) for option in options),
        text_for={who: texts[key] for who, texts in words.get("items_for", {}).items() if key in texts},
    )


def _in_range(name: str, facts: Mapping, items: tuple[Item, ...]) -> None:
    for item in items:
        for option in item.options:
            if not facts["low"] <= option.value <= facts["high"]:
                raise Faulty(
                    f"{name}: item {item.key} has an option outside {facts['low']} to {facts['high']}"
                )
