"""What REDCap needs to take the data in: the data dictionary, its events, which form is asked when, and the records."""

import re
from collections.abc import Iterable, Iterator, Mapping

from resilience.evaluation import plans
from resilience.evaluation.dataset import codebook, exporting
from resilience.evaluation.dataset.columns import CODE, DONE, FACTS, PARTICIPANTS
from resilience.evaluation.dataset.values import flag, words
from resilience.evaluation.exports.answers import Given
from resilience.evaluation.exports.variables import of_items
from resilience.measures import catalogue

DICTIONARY = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
EVENTS = ("event_name", "arm_num", "unique_event_name", "custom_event_label")
FORMS = ("arm_num", "unique_event_name", "form")
RECORD, EVENT, BACKGROUND, ARM = "record_id", "redcap_event_name", "background", 1
LONGEST_NAME, LONGEST_EVENT = 100, 18
LONGEST_LIST = 21  # more choices than this are typed as a number

Row = tuple[object, ...]


def dictionary(content: plans.Content, facts: Iterable[str]) -> Iterator[Row]:
    """Yield a row for each field: the record's number first, then what is known of people, then each item."""
    yield _field(name=RECORD, form=BACKGROUND, kind="text", label=codebook.meaning(PARTICIPANTS, CODE))
    for fact in facts:
        if fact != CODE:
            yield _fact(fact)
    for key in content["grid"]:
        instrument = catalogue.get(key)
        for item, text, options in of_items(instrument):
            yield _item(instrument, item, text, options)


def events(content: plans.Content) -> Iterator[Row]:
    """Yield a row for each time point."""
    for key in content["timepoints"]:
        yield key, ARM, event(key), content["labels"].get(key, key)


def forms(content: plans.Content) -> Iterator[Row]:
    """Yield a row for each form of each event."""
    for place, key in enumerate(content["timepoints"]):
        if place == 0:
            yield ARM, event(key), BACKGROUND
        for name, asked in content["grid"].items():
            if key in asked:
                yield ARM, event(key), field_name(name)


class Records:
    """Lays out what people answered as REDCap takes it in: a row a person and event."""

    def __init__(self, content: plans.Content, facts: list[str]) -> None:
        self.facts = [name for name in facts if name != CODE]
        self.timepoints = content["timepoints"]
        self._places: dict[tuple[str, str], int] = {}
        self.columns = [RECORD, EVENT, *map(field_name, self.facts)]
        for key in content["grid"]:
            for item in catalogue.get(key).items:
                self._places[key, item.key] = len(self.columns)
                self.columns.append(item_name(key, item.key))

    def rows(self, person: Mapping[str, object], given: list[Given]) -> Iterator[list[object]]:
        """Yield the rows of a person: the first event with what is known of them, the others where they answered."""
        for place, key in enumerate(self.timepoints):
            mine = [one for one in given if one.timepoint == key]
            if place == 0 or mine:
                row: list[object] = [None] * len(self.columns)
                row[:2] = person[CODE], event(key)
                if place == 0:
                    row[2 : 2 + len(self.facts)] = [person.get(name) for name in self.facts]
                for one in mine:
                    self._put(row, one)
                yield row

    def _put(self, row: list[object], one: Given) -> None:
        for item, value in one.answers.items():
            if (one.instrument, item) in self._places:
                row[self._places[one.instrument, item]] = value


def cell(value: object) -> object:
    """What stands in a record: REDCap is no spreadsheet, and would keep a mark against formulas as part of a value."""
    return value if isinstance(value, str) else exporting.cell(value)


def event(timepoint: str) -> str:
    """The name that REDCap itself gives to an event of this name."""
    return f"{re.sub(r'[^a-z0-9_]', '', timepoint.lower().replace(' ', '_'))[:LONGEST_EVENT]}_arm_{ARM}"


def field_name(text: str) -> str:
    """A name that REDCap takes: small letters, digits and lines, a letter first."""
    plain = re.sub(r"[^a-z0-9_]+", "_", text.lower()).strip("_")
    plain = plain if plain[:1].isalpha() else f"f_{plain}"
    return re.sub(r"__+", "_", plain)[:LONGEST_NAME]


def item_name(instrument: str, item: str) -> str:
    """The field of an item."""
    return field_name(f"{instrument}_{item}")


def _fact(name: str) -> Row:
    reader = FACTS.get(name, flag if name.endswith(DONE) else words)
    label = codebook.meaning(PARTICIPANTS, name)
    if reader is flag:
        return _field(name=field_name(name), form=BACKGROUND, kind="yesno", label=label)
    checked = "" if reader is words else "number"
    return _field(name=field_name(name), form=BACKGROUND, kind="text", label=label, checked=checked)


def _item(instrument: catalogue.Instrument, item: catalogue.Item, text: str, options: tuple) -> Row:
    listed = len(options) <= LONGEST_LIST
    values = [value for value, _label in options]
    return _field(
        name=item_name(instrument.key, item.key),
        form=field_name(instrument.key),
        kind="radio" if listed else "text",
        label=_one_line(text),
        choices=" | ".join(f"{value}, {_choice(label)}" for value, label in options) if listed else "",
        note=f"{instrument.name}, version {instrument.version}",
        checked="" if listed else "integer",
        low="" if listed else min(values),
        high="" if listed else max(values),
    )


def _field(
    *, name: str, form: str, kind: str, label: str, choices: str = "", note: str = "", checked: str = "",
    low: object = "", high: object = "",
) -> Row:  # fmt: skip
    return (name, form, "", kind, label, choices, note, checked, low, high, *[""] * 8)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _choice(label: str) -> str:
    """A choice's words without the sign that divides choices."""
    return _one_line(label.replace("|", "/"))
