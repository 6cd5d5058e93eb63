"""codebook.csv: what each column, item and scale of a pack means."""

from collections.abc import Iterable, Iterator, Mapping

from resilience.evaluation.dataset.columns import CODE, CODED, CODING, DONE, ITEMS, PARTICIPANTS, SCORES
from resilience.measures import catalogue
from resilience.measures.scoring import rules

COLUMNS = (
    "file", "column", "instrument", "version", "item", "scale", "meaning", "values", "reversed", "range", "method",
    "missing_rule", "direction", "citation", "licence",
)  # fmt: skip
MEANING = {
    CODE: "code of a person in this release",
    "site": "where somebody works",
    "unit": "the unit there",
    "profession": "profession",
    "gender": "gender",
    "age": "age in years",
    "years_qualified": "years since qualifying",
    "consented": "let us use the answers: 1 yes, 0 no",
    "baseline_done": "the first time point was done: 1 yes, 0 no",
    "started": "began the modules: 1 yes, 0 no",
    "modules_completed": "how many modules were finished",
    "coaching_offered": "was offered a call: 1 yes, 0 no",
    "coaching_accepted": "accepted a call: 1 yes, 0 no",
    "calls_attended": "how many calls took place",
    "withdrew": "stopped taking part: 1 yes, 0 no",
    "arm": "group of a comparison",
    "is_test": "somebody who tries the system, in no figure: 1 yes, 0 no",
    "erased": "asked for their data to be deleted, in no figure: 1 yes, 0 no",
    "call_no": "number of the call, from 1 for each person",
    "coach": "code of the coach in this release",
    "minutes": "how long it lasted",
    "outcome": "attended, did_not_attend or cancelled",
    "coach_background": "whether the coach has worked with patients: clinical or not_clinical",
    "way": "how they talked: phone, text_relay, video or in_person",
    "comment": "the comment that was coded",
    "coder": "who coded it",
}


def rows(grid: Mapping[str, object], columns: Mapping[str, Iterable[str]]) -> Iterator[tuple]:
    """Yield a row for each column of the files, for each item and for each scale of what was asked."""
    for file, names in columns.items():
        if file not in (ITEMS, SCORES):
            for name in names:
                yield _row(file=file, column=name, meaning=meaning(file, name))
    for name in grid:
        instrument = catalogue.get(name)
        for item in instrument.items:
            yield _item(instrument, item, may_print=name in catalogue.load())
        for rule in instrument.scales:
            yield _scale(instrument, rule)


def meaning(file: str, name: str) -> str:
    """What a column of a file means."""
    if file == PARTICIPANTS and name.endswith(DONE) and name not in MEANING:
        return f"time point {name.removesuffix(DONE)} was done: 1 yes, 0 no"
    if file == CODING and name not in CODED:
        return "theme: 1 seen in the comment, 0 not"
    return MEANING[name]


def _item(instrument: catalogue.Instrument, item: catalogue.Item, *, may_print: bool) -> tuple:
    """An item's row. Words that came with a permission of this site alone are not ours to pass on."""
    shown = [f"{one.value} = {one.label}" if may_print else str(one.value) for one in item.options]
    return _row(
        file=ITEMS,
        column="value",
        instrument=instrument.key,
        version=instrument.version,
        item=item.key,
        meaning=item.text if may_print else f"item {item.key}",
        values="; ".join(shown),
        reversed=any(item.key in rule.reverse for rule in instrument.scales),
        range=f"{instrument.low} to {instrument.high}",
        citation=instrument.citation,
        licence=instrument.licence,
    )


def _scale(instrument: catalogue.Instrument, rule: rules.Rule) -> tuple:
    return _row(
        file=SCORES,
        column="score",
        instrument=instrument.key,
        version=instrument.version,
        scale=rule.scale,
        meaning=f"items {', '.join(rule.items)}",
        range=f"{rule.range[0]} to {rule.range[1]}",
        method=rule.method,
        missing_rule=rule.missing_rule,
        direction=instrument.direction,
        citation=instrument.citation,
        licence=instrument.licence,
    )


def _row(**cells: object) -> tuple:
    return tuple(cells.get(column, "") for column in COLUMNS)
