"""What an item of a checklist is, and how it is answered from a report: by a place, by a sentence, or by a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]
Says = Callable[[Figures, Words], str]


@dataclass(frozen=True)
class Item:
    """One item: its number in the published list, what it asks, the section that answers it, a sentence that does."""

    number: str
    asks: str
    section: str = ""
    says: Says | None = None


@dataclass(frozen=True)
class Checklist:
    """A published list: its name, its source, and its items; `spared` says why it does not apply."""

    key: str
    name: str
    source: str
    items: tuple[Item, ...]
    spared: str = ""


@dataclass(frozen=True)
class Filled:
    """A section that has something to show: how it is cited, and its place in the document."""

    cited: str
    anchor: str


@dataclass(frozen=True)
class Answer:
    """What stands beside an item, and the place that it points to; neither where a person must write it."""

    text: str
    anchor: str = ""
    by_a_person: bool = False


def answer(item: Item, figures: Figures, words: Words, filled: Mapping[str, Filled]) -> Answer:
    """The sentence with its number and the place; else the plain words that a person must write this."""
    sentence = item.says(figures, words) if item.says else ""
    place = filled.get(item.section)
    if not (sentence or place):
        return Answer(_("A person must write this."), by_a_person=True)
    return Answer(" ".join(filter(None, (sentence, place and place.cited))), place.anchor if place else "")
