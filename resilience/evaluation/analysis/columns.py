"""A cohort as columns, one row a person in the order of their study codes: what is worked out reads these.

A column holds NaN, a code of -1 or False where somebody has nothing. A million people fit, which objects do not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import item_answers
from resilience.evaluation.analysis.frozen import FULFILLED, Measure, Plan

if TYPE_CHECKING:
    from numpy import ndarray

NOTHING = -1


@dataclass(frozen=True, slots=True)
class Coded:
    """Words as numbers: each row's place among `labels`, which are sorted; -1 for none."""

    labels: tuple[str, ...]
    codes: "ndarray"

    @classmethod
    def of(cls, words: Iterable[str]) -> "Coded":
        """The words of a column, "" for none."""
        import numpy

        given = list(words)
        labels = tuple(sorted({word for word in given if word}))
        places = {word: place for place, word in enumerate(labels)} | {"": NOTHING}
        return cls(labels, numpy.array([places[word] for word in given], dtype=numpy.int32))

    def counts(self, rows: "ndarray | None" = None) -> dict[str, int]:
        """How many rows hold each label, of all or of some."""
        import numpy

        codes = self.codes if rows is None else self.codes[rows]
        found = numpy.bincount(codes[codes >= 0], minlength=len(self.labels))
        return {label: int(n) for label, n in zip(self.labels, found, strict=True)}

    def rows(self, label: str) -> "ndarray":
        """Which rows hold a label, "" for none."""
        if not label:
            return self.codes == NOTHING
        return self.codes == (self.labels.index(label) if label in self.labels else NOTHING - 1)


class Scores(Mapping[tuple[str, str], "ndarray"]):
    """Everyone's score by measure and time point, each column kept as the few values that a scale can have."""

    def __init__(self, columns: Iterable[tuple[tuple[str, str], "ndarray"]]) -> None:
        self._kept = {where: _factored(column) for where, column in columns}

    def __getitem__(self, where: tuple[str, str]) -> "ndarray":
        values, codes = self._kept[where]
        return values[codes]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _factored(column: "ndarray") -> tuple["ndarray", "ndarray"]:
    """The values of a column, NaN last, and each row's place among them, -1 for NaN, in as few bytes as they take."""
    import numpy
    import pandas

    codes, values = pandas.factorize(column)
    return numpy.append(values, numpy.nan), codes.astype(numpy.min_scalar_type(-1 - len(values)))


@dataclass(frozen=True, slots=True)
class Items:
    """Answers to one instrument at one time point: which rows gave any, and a column an item, as shown."""

    rows: "ndarray"
    items: tuple[int, ...]
    table: "ndarray"

    def column(self, item: int) -> "ndarray":
        """One item's answers of everybody who answered any; NaN where they left it out."""
        import numpy

        return (
            self.table[:, self.items.index(item)]
            if item in self.items
            else numpy.full(len(self.rows), numpy.nan)
        )


@dataclass(frozen=True, slots=True)
class Calls:
    """The agreed calls, one row each. Minutes of preparation and notes are NaN where they were not told."""

    person: "ndarray"
    coach: Coded
    outcome: Coded
    minutes: "ndarray"
    preparation: "ndarray"
    notes: "ndarray"
    waited: "ndarray"
    background: Coded

    def held(self) -> "ndarray":
        """Which of them took place."""
        return self.outcome.rows(FULFILLED)


@dataclass(frozen=True, slots=True)
class Windows:
    """When people answered at one time point, as days of study, and between which days they could."""

    day: "ndarray"
    opens: "ndarray"
    closes: "ndarray"


@dataclass(frozen=True)
class Columns:
    """Everything of a dataset as columns. `returned` counts what came back and could not be scored, and prorated."""

    plan: Plan
    measures: tuple[Measure, ...]
    n: int
    registered: int
    flags: Mapping[str, "ndarray"]
    modules: "ndarray"
    attended: "ndarray"
    words: Mapping[str, Coded]
    traits: Mapping[str, Coded]
    numbers: Mapping[str, "ndarray"]
    spared_at: Mapping[str, "ndarray"]
    answered_at: Mapping[str, "ndarray"]
    scores: Mapping[tuple[str, str], "ndarray"]
    returned: Mapping[tuple[str, str], tuple[int, int]]
    items: Mapping[tuple[str, str], Items]
    calls: Calls
    windows: Mapping[str, Windows]
    joined: tuple[str, str] | None = None
    design: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    apart: tuple[Measure, ...] = ()

    @property
    def coached(self) -> "ndarray":
        """Who had as many calls that took place as the plan says make somebody coached: one where it is silent."""
        return self.attended >= max(1, self.plan.exposure)

    def score(self, measure: str, timepoint: str) -> "ndarray":
        """Everyone's score; NaN where there is none."""
        import numpy

        found = self.scores.get((measure, timepoint))
        return numpy.full(self.n, numpy.nan) if found is None else found

    @cached_property
    def answers(self) -> item_answers.Found:
        """What the items of each measure tell at each due time point: all answers are read for it, once."""
        return item_answers.of(self.measures, self.plan, self.items)

    def answered(self, timepoint: str) -> "ndarray":
        """Who answered at least one question at a time point."""
        return _or_nobody(self.answered_at, timepoint, self.n)

    def asked(self, timepoint: str) -> "ndarray":
        """Who has a baseline and was asked anything at a time point: of the others nothing is missing."""
        return self.answered(self.plan.baseline) & ~_or_nobody(self.spared_at, timepoint, self.n)

    def paired(self, measure: str, later: str) -> "ndarray":
        """Who has a score at baseline and at a later time point."""
        import numpy

        return ~numpy.isnan(self.score(measure, self.plan.baseline)) & ~numpy.isnan(
            self.score(measure, later)
        )

    def pairs(self, measure: str, later: str) -> "ndarray":
        """Baseline and later score of everyone who has both, a row each."""
        import numpy

        both = self.paired(measure, later)
        first, second = self.score(measure, self.plan.baseline), self.score(measure, later)
        return numpy.column_stack([first[both], second[both]])

    def items_at(self, instrument: str, timepoint: str) -> Items:
        """The answers to one instrument at one time point."""
        import numpy

        found = self.items.get((instrument, timepoint))
        return found or Items(numpy.zeros(0, dtype=int), (), numpy.zeros((0, 0)))


def _or_nobody(found: Mapping[str, "ndarray"], key: str, n: int) -> "ndarray":
    import numpy

    return found[key] if key in found else numpy.zeros(n, dtype=bool)
