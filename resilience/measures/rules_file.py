"""Read a rules file: what an instrument asks by number and how it is scored, checked from end to end."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from resilience.measures import faults
from resilience.measures.faults import Fault, Faulty, Place
from resilience.measures.instrument import Alert, Instrument, Item, Option
from resilience.measures.scoring import rules

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,38}$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,4}){0,2}$", max_length=20)]
Said = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
A_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
Found = Iterator[tuple[Place, str]]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Scale(_Table):
    """One `[[scales]]` table."""

    key: Slug
    rule: Literal["total", "mean", "table", "single"]
    method: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]{1,50}$")]
    items: list[str]
    reverse: list[str] = []
    min_answered: int
    times: int = 1
    prorate: bool = False
    not_scored: list[int] = []
    missing_rule: Said
    range: tuple[float, float]


class Cutoff(_Table):
    """One `[[cutoffs]]` table: the healthy side of a value, and who published it."""

    scale: str
    value: float
    healthy: Literal["<", "<=", ">", ">="]
    source: Said


class Change(_Table):
    """The `[change]` table: what reliable and important change rest on, each with its source."""

    mcid: float | None = None
    mcid_source: str = ""
    reliability: Annotated[float, Field(gt=0, lt=1)] | None = None
    reliability_source: str = ""
    mdc: Annotated[float, Field(gt=0)] | None = None
    mdc_source: str = ""
    sem: Annotated[float, Field(gt=0)] | None = None
    sem_source: str = ""
    sd: Annotated[float, Field(gt=0)] | None = None
    sd_source: str = ""


class AlertAt(_Table):
    """One `[[alerts]]` table."""

    item: str
    at_least: int


class RulesFile(_Table):
    """The whole file."""

    key: Slug
    version: Version
    name: Said
    minutes: Annotated[float, Field(gt=0)]
    recall_days: Annotated[int, Field(ge=0)]
    direction: Literal[1, -1]
    low: int
    high: int
    items: Annotated[list[str], Field(min_length=1)]
    optional: list[str] = []
    needs_consent: Literal["", "AVOIDANCE"] = ""
    needs_consent_for: list[str] = []
    option_sets: dict[str, list[int]] = {}
    options: str | None = None
    options_for: dict[str, str] = {}
    in_activities: bool = False
    new: bool
    citation: Said
    licence: Said
    permission: bool = False
    contexts: Annotated[
        list[Literal["clinical", "commercial", "educational", "research"]], Field(min_length=1)
    ]
    checked_by: Said
    next_review: date
    caution: str = ""
    scales: list[Scale] = []
    cutoffs: list[Cutoff] = []
    change: Change = Change()
    alerts: list[AlertAt] = []

    def values_of(self, item: str) -> list[int]:
        """Return what may be answered to an item: its set, else every whole number of the range."""
        name = self.options_for.get(item, self.options)
        return self.option_sets[name] if name else list(range(self.low, self.high + 1))


def read(source: str, *, file: str) -> Instrument:
    """Return the instrument that a rules file describes, without words. Raises Faulty with all that is wrong."""
    facts = faults.parsed(source, file=file)
    lines = faults.lines_of(source)
    try:
        said = RulesFile.model_validate(facts)
    except ValidationError as why:
        raise Faulty(file, faults.of_shape(why, lines)) from None
    wrong = [Fault(faults.at(lines, place), reason) for place, reason in _wrong(said)]
    if wrong:
        raise Faulty(file, wrong)
    return _instrument(said, facts)


def _wrong(said: RulesFile) -> Found:
    yield from _wrong_items(said)
    yield from _wrong_options(said)
    yield from _doubled(("scales",), [scale.key for scale in said.scales], "scale")
    yield from _doubled(("scales",), [scale.method for scale in said.scales], "method")
    for number, scale in enumerate(said.scales):
        yield from _wrong_scale(("scales", number), scale, said)
    yield from _wrong_cutoffs(said)
    yield from _wrong_change(said.change)
    for number, alert in enumerate(said.alerts):
        if alert.item not in said.items:
            yield ("alerts", number, "item"), f"item {alert.item} is not among the items"
        if not said.low < alert.at_least <= said.high:
            yield (
                ("alerts", number, "at_least"),
                f"{alert.at_least} is not above {said.low} and up to {said.high}",
            )


def _doubled(place: Place, keys: list[str], what: str) -> Found:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield (*place, number), f"the {what} “{key}” stands twice"


def _wrong_items(said: RulesFile) -> Found:
    if not said.low < said.high:
        yield ("high",), f"high must be above low, and {said.high} is not above {said.low}"
    for key in sorted({key for key in said.items if said.items.count(key) > 1}):
        yield ("items",), f"the item “{key}” stands twice"
    for key in said.items:
        if not A_NUMBER.fullmatch(key):
            yield ("items",), f"the item “{key}” is not a number: items are numbered in the published order"
    for key in said.optional:
        if key not in said.items:
            yield ("optional",), f"the optional item {key} is not among the items"
    for key in said.needs_consent_for:
        if key not in said.items:
            yield ("needs_consent_for",), f"item {key} is not among the items"


def _wrong_options(said: RulesFile) -> Found:
    for name, values in said.option_sets.items():
        for value in values:
            if not said.low <= value <= said.high:
                yield ("option_sets", name), f"the option {value} lies outside {said.low} to {said.high}"
        if len(set(values)) != len(values):
            yield ("option_sets", name), f"an option of the set “{name}” stands twice"
    if said.options is not None and said.options not in said.option_sets:
        yield ("options",), f"there is no option set “{said.options}”"
    for item, name in said.options_for.items():
        if item not in said.items:
            yield ("options_for", item), f"item {item} is not among the items"
        if name not in said.option_sets:
            yield ("options_for", item), f"there is no option set “{name}”"


def _wrong_scale(place: Place, scale: Scale, said: RulesFile) -> Found:
    for key in scale.items:
        if key not in said.items:
            yield (*place, "items"), f"item {key} of the scale “{scale.key}” is not among the items"
    if not scale.items or len(set(scale.items)) != len(scale.items):
        yield (*place, "items"), f"the scale “{scale.key}” needs items, each once"
    for key in scale.reverse:
        if key not in scale.items:
            yield (*place, "reverse"), f"the reversed item {key} is not an item of the scale “{scale.key}”"
    for value in scale.not_scored:
        if not said.low <= value <= said.high:
            yield (*place, "not_scored"), f"{value} lies outside {said.low} to {said.high}"
    yield from _wrong_fewest(place, scale)
    yield from _wrong_range(place, scale, said)


def _wrong_fewest(place: Place, scale: Scale) -> Found:
    n = len(scale.items)
    if not 1 <= scale.min_answered <= n:
        yield (*place, "min_answered"), f"min_answered must lie between 1 and the {n} items of “{scale.key}”"
    elif scale.rule == "single" and n != 1:
        yield (*place, "rule"), "the rule kind “single” takes exactly one item"
    elif scale.rule in ("total", "table") and scale.min_answered < n and not scale.prorate:
        yield (*place, "min_answered"), f"a {scale.rule} with fewer than all {n} items needs prorate = true"
    if scale.prorate and scale.rule != "total":
        yield (*place, "prorate"), f"only a total is prorated, not a {scale.rule}"


def _wrong_range(place: Place, scale: Scale, said: RulesFile) -> Found:
    times = scale.times * len(scale.items) if scale.rule == "total" else 1
    expected = (said.low * times, said.high * times)
    if scale.range[0] >= scale.range[1]:
        yield (*place, "range"), "the range goes from low to high"
    elif scale.rule != "table" and not scale.not_scored and scale.range != expected:
        yield (*place, "range"), f"these items give {expected[0]} to {expected[1]}"


def _wrong_cutoffs(said: RulesFile) -> Found:
    ranges = {scale.key: scale.range for scale in said.scales}
    for number, cut in enumerate(said.cutoffs):
        if cut.scale not in ranges:
            yield ("cutoffs", number, "scale"), f"there is no scale “{cut.scale}”"
        elif not ranges[cut.scale][0] <= cut.value <= ranges[cut.scale][1]:
            low, high = ranges[cut.scale]
            yield ("cutoffs", number, "value"), f"the cut-off {cut.value:g} lies outside {low:g} to {high:g}"


def _wrong_change(change: Change) -> Found:
    for name in ("mcid", "reliability", "mdc", "sem", "sd"):
        if getattr(change, name) is not None and not getattr(change, f"{name}_source"):
            yield ("change", name), f"say where {name} was published, as {name}_source"


def _instrument(said: RulesFile, facts: Mapping) -> Instrument:
    plain = ("key", "version", "name", "minutes", "recall_days", "direction", "low", "high", "in_activities", "new",
             "citation", "licence", "permission", "checked_by", "next_review", "caution")  # fmt: skip
    some, purpose = said.needs_consent_for, said.needs_consent
    return Instrument(
        **{name: getattr(said, name) for name in plain},
        items=tuple(
            _item(key, said.values_of(key), needs_consent=purpose if key in some else "")
            for key in said.items
        ),
        needs_consent="" if some else purpose,
        optional=frozenset(said.optional),
        scales=tuple(rules.build(scale, low=said.low, high=said.high) for scale in facts.get("scales", [])),
        contexts=frozenset(said.contexts),
        cutoffs={cut.scale: (cut.healthy, cut.value) for cut in said.cutoffs},
        change=facts.get("change", {}),
        alerts=tuple(Alert(alert.item, alert.at_least) for alert in said.alerts),
    )


def _item(key: str, values: list[int], *, needs_consent: str) -> Item:
    options = tuple(Option(value, str(value)) for value in values)
    return Item(key=key, text="", options=options, text_for={}, needs_consent=needs_consent)
