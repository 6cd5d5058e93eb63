"""What an item of a checklist is, and how it is answered from a report: by a place, by a sentence, or by a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]
Says = Callable[[Figures, Words], str]


@dataclass(frozen=True)
class Item:
    """One item: its number in the published list, what it asks, and what answers it.

    `at` names places of the report, apart by spaces: tables by their key, charts after "chart:", or a part that is
    all words. `rest` is what the item asks for besides, which no report can tell: an answer is then one in part.
    """

    number: str
    asks: str
    at: str = ""
    says: Says | None = None
    rest: str = ""


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
    """A place that has something to show: the part of the report, the table or chart in it, its place to link to."""

    part: str
    anchor: str
    thing: str = ""


@dataclass(frozen=True)
class Answer:
    """What stands beside an item, and the place that it points to; neither where a person must write it."""

    text: str
    anchor: str = ""
    by_a_person: bool = False
    in_part: bool = False


def answer(item: Item, figures: Figures, words: Words, filled: Mapping[str, Filled]) -> Answer:
    """The sentence with its number, what is still to be added and the places; else that a person must write this."""
    sentence = item.says(figures, words) if item.says else ""
    places = [filled[key] for key in item.at.split() if key in filled]
    if not (sentence or places):
        return Answer(_("A person must write this."), by_a_person=True)
    rest = _("In part; a person must add: {what}.").format(what=item.rest) if item.rest else ""
    text = " ".join(filter(None, (_closed(sentence) if rest or places else sentence, rest, cited(places))))
    return Answer(text, places[0].anchor if places else "", in_part=bool(rest))


def _closed(sentence: str) -> str:
    """What evaluators wrote may lack its stop."""
    return sentence if not sentence or sentence[-1] in ".!?" else f"{sentence}."


def cited(places: Iterable[Filled]) -> str:
    """The places in words, those of one part of the report together."""
    parts: dict[str, list[str]] = {}
    for place in places:
        parts.setdefault(place.part, []).append(place.thing)
    return "; ".join(_cited(part, [thing for thing in things if thing]) for part, things in parts.items())


def _cited(part: str, things: list[str]) -> str:
    return f"{part}, {get_text_list(things, _('and'))}" if things else part
