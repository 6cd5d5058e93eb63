"""Read a text pack: the words of an instrument, under a licence of their own, checked against its rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from resilience.measures import faults
from resilience.measures.faults import Fault, Faulty, Place
from resilience.measures.instrument import Instrument, Item, Licence, Option, Words

Said = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Found = Iterator[tuple[Place, str]]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Answer(_Table):
    """One option: the value that is stored and the words that are shown."""

    value: int
    label: Said


class LicenceBlock(_Table):
    """The `[licence]` table: whose the words are, and the permission in its own words."""

    name: Said
    holder: Said
    url: str
    quoted: Said
    read_on: date


class TextPack(_Table):
    """The whole file."""

    key: str
    version: str | None = None
    language: Said
    short: Said
    lead: Said
    low_label: str = ""
    high_label: str = ""
    licence: LicenceBlock
    items: dict[str, Said]
    items_for: dict[str, dict[str, Said]] = {}
    options: list[Answer] = []
    option_sets: dict[str, list[Answer]] = {}
    options_for: dict[str, list[Answer] | str] = {}


def read(source: str, *, file: str, of: Instrument, shipped: bool) -> Instrument:
    """Return the instrument with the words of a text pack. Raises Faulty with all that does not fit its rules."""
    facts = faults.parsed(source, file=file)
    lines = faults.lines_of(source)
    try:
        said = TextPack.model_validate(facts)
    except ValidationError as why:
        raise Faulty(file, faults.of_shape(why, lines)) from None
    wrong = [Fault(faults.at(lines, place), reason) for place, reason in _wrong(said, of)]
    if wrong:
        raise Faulty(file, wrong)
    words = Words(
        said.language, said.short, said.lead, said.low_label, said.high_label,
        Licence(**said.licence.model_dump()), shipped,
    )  # fmt: skip
    return replace(of, words=words, items=tuple(_item(item, said) for item in of.items))


def _wrong(said: TextPack, of: Instrument) -> Found:
    known = {item.key: item for item in of.items}
    if said.key != of.key:
        yield ("key",), f"this is the text of “{said.key}”, not of “{of.key}”"
    if said.version not in (None, of.version):
        yield ("version",), f"this is the text of version {said.version}, not of {of.version}"
    for key in [*said.items, *said.options_for, *(key for each in said.items_for.values() for key in each)]:
        if key not in known:
            yield _place_of(key, said), f"the rules of “{of.key}” have no item {key}"
    for key in known:
        if key not in said.items:
            yield ("items",), f"the words of item {key} are missing"
    for key, chosen in said.options_for.items():
        if isinstance(chosen, str) and chosen not in said.option_sets:
            yield ("options_for", key), f"there is no option set “{chosen}”"
    for item in known.values():
        yield from _wrong_answers(item, said)


def _place_of(key: str, said: TextPack) -> Place:
    if key in said.items:
        return ("items", key)
    if key in said.options_for:
        return ("options_for", key)
    return next(("items_for", who, key) for who, texts in said.items_for.items() if key in texts)


def _wrong_answers(item: Item, said: TextPack) -> Found:
    offered = _answers(item, said)
    if not offered and not (said.low_label and said.high_label):
        yield (
            ("options",),
            "the answers are missing: write options, or low_label and high_label for a row of numbers",
        )
    values = [answer.value for answer in offered]
    wanted = item.values
    place: Place = ("options_for", item.key) if item.key in said.options_for else ("options",)
    for value in sorted(set(values) - wanted):
        yield place, f"item {item.key} offers {value}, which its rules do not have"
    if offered and wanted - set(values):
        missing = ", ".join(str(value) for value in sorted(wanted - set(values)))
        yield place, f"item {item.key} has no words for {missing}"
    if len(set(values)) != len(values):
        yield place, f"item {item.key} offers a value twice"


def _answers(item: Item, said: TextPack) -> list[Answer]:
    chosen = said.options_for.get(item.key, said.options)
    return said.option_sets.get(chosen, []) if isinstance(chosen, str) else chosen


def _item(item: Item, said: TextPack) -> Item:
    offered = tuple(Option(answer.value, answer.label) for answer in _answers(item, said))
    text_for = {who: texts[item.key] for who, texts in said.items_for.items() if item.key in texts}
    return replace(item, text=said.items[item.key], options=offered or item.options, text_for=text_for)
