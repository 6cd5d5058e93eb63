"""The columns of one row a person: what each is called, what it means and which values it may hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from resilience.evaluation import plans
from resilience.evaluation.dataset import codebook
from resilience.evaluation.dataset.columns import CODE, DONE, FACTS, PARTICIPANTS
from resilience.evaluation.dataset.values import flag, words
from resilience.measures import catalogue
from resilience.measures.scoring import rules

TEXT, NUMBER, ITEM, SCORE, DAY = "text", "number", "item", "score", "day"
LONGEST = 60  # SPSS takes 64 bytes
YES_NO = ((0, "no"), (1, "yes"))


class Missing(IntEnum):
    """Why there is no value: the code in SPSS files. In CSV files the cell is empty."""

    NOT_ANSWERED = -99
    NOT_THERE = -98
    NOT_SCORABLE = -97


MEANING = {
    Missing.NOT_ANSWERED: "left unanswered, or not known",
    Missing.NOT_THERE: "nothing was answered here at this time point",
    Missing.NOT_SCORABLE: "answered, but too little of it to work out a score",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. `part` is an item's key or a scale; `options` are the values with what they mean."""

    name: str
    label: str
    kind: str
    timepoint: str = ""
    instrument: str = ""
    part: str = ""
    options: tuple[tuple[int, str], ...] = ()
    decimals: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it holds words and not numbers."""
        return self.kind == TEXT


def of(content: plans.Content, facts: Iterable[str], *, with_days: bool) -> list[Variable]:
    """The columns for a plan: who it is, what is known of them, then each time point with its answers and scores."""
    taken: set[str] = set()
    found = [_fact(name, taken) for name in facts]
    for key in content["timepoints"]:
        label = content["labels"].get(key, key)
        if with_days:
            words_ = f"{label}: day of study of the first answer, counted from joining"
            found.append(Variable(_free(f"{key}_day", taken), words_, DAY, key))
        for name, asked in content["grid"].items():
            if key in asked:
                found += _of_instrument(catalogue.get(name), key, label, taken)
    return found


def may_print(instrument: str) -> bool:
    """Whether an instrument's words are ours to pass on; those of a site's own permission are not."""
    return instrument in catalogue.load()


def of_items(instrument: catalogue.Instrument) -> Iterator[tuple[catalogue.Item, str, tuple]]:
    """Yield each item with its label and its options, words only where they may be passed on."""
    printed = may_print(instrument.key)
    for item in instrument.items:
        options = tuple((one.value, one.label if printed else str(one.value)) for one in item.options)
        yield item, item.text if printed else f"{instrument.key} item {item.key}", options


def _fact(name: str, taken: set[str]) -> Variable:
    reader = FACTS.get(name, flag if name.endswith(DONE) else words)
    label = codebook.meaning(PARTICIPANTS, name)
    if name == CODE or reader is words:
        return Variable(_free(name, taken), label, TEXT)
    return Variable(_free(name, taken), label, NUMBER, options=YES_NO if reader is flag else ())


def _of_instrument(
    instrument: catalogue.Instrument, key: str, label: str, taken: set[str]
) -> Iterator[Variable]:
    where = {"timepoint": key, "instrument": instrument.key}
    for item, text, options in of_items(instrument):
        name = _free(f"{key}_{instrument.key}_{item.key}", taken)
        yield Variable(name, f"{label}: {text}", ITEM, **where, part=item.key, options=options)
    for rule in instrument.scales:
        word = "score" if rule.scale == plans.WHOLE else rule.scale
        name, means = _free(f"{key}_{instrument.key}_{word}", taken), scale_label(instrument, rule)
        yield Variable(name, f"{label}: {means}", SCORE, **where, part=rule.scale, decimals=4)


def scale_label(instrument: catalogue.Instrument, rule: rules.Rule) -> str:
    """What a score is: instrument, scale and how far it reaches."""
    scale = "" if rule.scale == plans.WHOLE else f", {rule.scale.replace('_', ' ')}"
    return f"{instrument.name}{scale}: score from {rule.range[0]:g} to {rule.range[1]:g}"


def _free(wish: str, taken: set[str]) -> str:
    """A name that every program takes: a letter first, then letters, digits and lines, none twice."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", wish)
    plain = plain if plain[:1].isalpha() else f"v_{plain}"
    name, number = plain[:LONGEST].rstrip("_"), 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST - 4]}_{number}"
    taken.add(name.lower())
    return name


def places(variables: Iterable[Variable], kind: str) -> Mapping[tuple[str, str, str], int]:
    """Where in a row each time point, instrument and part stands."""
    return {
        (one.timepoint, one.instrument, one.part): place
        for place, one in enumerate(variables)
        if one.kind == kind
    }
