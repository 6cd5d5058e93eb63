"""What an instrument is: its items, scales and facts, and its words where the site may show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from resilience.measures.scoring import rules

CONTEXTS = ("clinical", "commercial", "educational", "research")
LONGEST_ROW = 21  # more answers than this are typed as a number, not picked from a row


@dataclass(frozen=True)
class Option:
    """One answer as it is shown, with the value that is stored."""

    value: int
    label: str


@dataclass(frozen=True)
class Item:
    """One question: its key, its words (also by profession) and its options in the order shown.

    Where the site may not show the instrument the words are empty, and each option is named by its value.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    text_for: Mapping[str, str]
    needs_consent: str = ""

    def words(self, profession: str) -> str:
        """Return the words for somebody of this profession."""
        return self.text_for.get(profession, self.text)

    @property
    def values(self) -> frozenset[int]:
        """Return what may be answered."""
        return frozenset(option.value for option in self.options)

    @property
    def is_number(self) -> bool:
        """Return whether the answer is typed as a number."""
        return len(self.options) > LONGEST_ROW


@dataclass(frozen=True)
class Licence:
    """Under what the words of a text pack stand: the permission in its own words, and when it was read."""

    name: str
    holder: str
    url: str
    quoted: str
    read_on: date


@dataclass(frozen=True)
class Words:
    """What is shown of an instrument; ours to pass on only where `shipped` says so."""

    language: str
    short: str
    lead: str
    low_label: str
    high_label: str
    licence: Licence
    shipped: bool


@dataclass(frozen=True)
class Alert:
    """An answer that brings the page of people to talk to in the same response."""

    item: str
    at_least: int


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument. Without `words` its answers can be taken in and scored, but never asked for."""

    key: str
    version: str
    name: str
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
    permission: bool
    contexts: frozenset[str]
    cutoffs: Mapping[str, tuple[str, float]]
    change: Mapping[str, object]
    alerts: tuple[Alert, ...]
    checked_by: str
    next_review: date
    caution: str
    words: Words | None = None
    needs_consent: str = ""

    @property
    def asked(self) -> tuple[Item, ...]:
        """Return the items that are asked: the optional ones stay away."""
        return tuple(item for item in self.items if item.key not in self.optional)

    @property
    def short(self) -> str:
        """Return what people see as its name."""
        return self.words.short if self.words else self.name

    @property
    def lead(self) -> str:
        """Return the sentence above the questions."""
        return self.words.lead if self.words else ""

    @property
    def low_label(self) -> str:
        """Return what the lower end of a long row of answers is called."""
        return self.words.low_label if self.words else ""

    @property
    def high_label(self) -> str:
        """Return what the upper end of a long row of answers is called."""
        return self.words.high_label if self.words else ""

    @property
    def needs_table(self) -> bool:
        """Return whether a scale of it is looked up in a table that the site enters."""
        return any(isinstance(rule, rules.Table) for rule in self.scales)

    def item(self, key: str) -> Item:
        """Return the item of this key. Raises KeyError."""
        return {item.key: item for item in self.items}[key]

    def label(self, item: Item) -> str:
        """Return what a codebook may print of an item: its words where they are ours to pass on, else its number."""
        return item.text if self.words and self.words.shipped else f"item {item.key}"

    def is_alarming(self, answers: Mapping[str, int]) -> bool:
        """Return whether an answer is such that people to talk to must be shown in the same response."""
        return any(answers.get(alert.item, alert.at_least - 1) >= alert.at_least for alert in self.alerts)


def minutes_of(instruments: Iterable[Instrument]) -> int:
    """Return how many whole minutes a sitting with these instruments takes."""
    return ceil(sum(each.minutes for each in instruments))


def in_order(version: str) -> tuple[int, ...]:
    """Return a version such that a later one sorts after an earlier one."""
    return tuple(int(part) for part in version.split("."))
