"""The tables that analysis reads: a cohort and its plan as they stood when the snapshot was taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from resilience.evaluation.analysis.frozen_plan import Plan as Plan

FULFILLED = "FULFILLED"
PARTICIPANT_NO_SHOW = "PARTICIPANT_NO_SHOW"
CANCELLED = "CANCELLED"
CLINICAL, NOT_CLINICAL = "CLINICAL", "NOT_CLINICAL"  # whether a coach has worked with patients


def plain(value: float) -> int | float:
    """A whole number as one, so that it is written without a point."""
    return int(value) if value == int(value) else value


@dataclass(frozen=True, slots=True)
class Measure:
    """One scale of one instrument, with all that is needed to describe it without looking anything up."""

    key: str
    instrument: str
    title: str
    items: tuple[int, ...]
    low: float
    high: float
    item_low: float
    item_high: float
    direction: int
    decimals: int = 2
    reversed: tuple[int, ...] = ()
    validated: bool = True
    reliability: float | None = None
    reliability_source: str = ""
    cutoff: tuple[str, float] | None = None
    difference: float | None = None
    timepoints: tuple[str, ...] = ()
    short: str = ""
    apart: bool = False  # a way of coping that people seldom speak of: group figures only, beside the climate

    def due(self, plan: Plan) -> list[str]:
        """The time points at which it was planned and that had come when the data were frozen."""
        return [timepoint for timepoint in plan.due if timepoint in self.timepoints]

    def is_well(self, score: float) -> bool:
        """Whether a score lies on the healthy side of the cut-off. Only for a measure that has one."""
        side, limit = self.cutoff
        return {">": score > limit, ">=": score >= limit, "<": score < limit, "<=": score <= limit}[side]


@dataclass(frozen=True, slots=True)
class Person:
    """One consenting participant. Characteristics hold "" where the person left them out, numbers then lack them.

    `calls_attended` and `done` (by time point) are what data from elsewhere tell of somebody beside calls and answers.
    `spared` are the time points at which they were asked nothing, by the rules of the timetable: never missing there.
    `offered_how` says how calls are offered in their group or programme ("none", "optional", "recommended", "core",
    "peer"; "" where nobody told). `declined_because` and `stopped_because` are codes, and "" where none was given.
    """

    key: str
    started: bool
    modules: int
    offered_call: bool
    accepted_call: bool
    withdrew: bool
    characteristics: Mapping[str, str]
    numbers: Mapping[str, float] = field(default_factory=dict)
    arm: str = ""
    calls_attended: int | None = None
    done: Mapping[str, bool] = field(default_factory=dict)
    spared: tuple[str, ...] = ()
    offered_how: str = ""
    declined_because: str = ""
    stopped_because: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What became of one agreed call, and how the two talked: by telephone where nothing else is said.

    `preparation` and `notes` are the coach's minutes besides the call, None where they did not tell; `waited` the whole
    days from booking to the call. `background` says whether the coach has worked with patients, "" where nobody wrote
    it down.
    """

    person: str
    coach: str
    outcome: str
    minutes: float
    way: str = "PHONE"
    preparation: int | None = None
    notes: int | None = None
    waited: int | None = None
    background: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """The day of study on which somebody first answered at a time point, and the first and last day in time for it.

    Joining is day 0. `opens_day` is the day on which the questions fall due: an answer before it is early, one after
    `closes_day` late.
    """

    person: str
    timepoint: str
    day: int
    opens_day: int
    closes_day: int


@dataclass(frozen=True, slots=True)
class Score:
    """One person's score at one time point; None where the answers could not be scored."""

    person: str
    timepoint: str
    measure: str
    value: float | None
    n_answered: int
    prorated: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was shown to the person, never reversed."""

    person: str
    timepoint: str
    instrument: str
    item: int
    value: float


@dataclass(frozen=True)
class Dataset:
    """A frozen cohort. `registered` counts everyone who enrolled, whether or not they let us use their answers.

    `design` says what was decided about groups and cards; nothing of it is known of data from elsewhere.
    `joined` is the first and the last day of joining, as ISO dates. `context` holds sums that are nobody's:
    `approached`, `system` and `system_why`, `coaching`, `safety`, `reasons`, `content_version`, `fidelity`,
    `question_counts`; a key that is missing was not known.
    """

    plan: Plan
    measures: tuple[Measure, ...]
    people: tuple[Person, ...]
    calls: tuple[Call, ...]
    scores: tuple[Score, ...]
    answers: tuple[Answer, ...]
    registered: int
    design: Mapping[str, Any] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    joined: tuple[str, str] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def _scores(self) -> dict[tuple[str, str], dict[str, float]]:
        found: dict[tuple[str, str], dict[str, float]] = {}
        for row in self.scores:
            if row.value is not None:
                found.setdefault((row.measure, row.timepoint), {})[row.person] = row.value
        return found

    @cached_property
    def _answered(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.answers:
            found.setdefault(row.timepoint, set()).add(row.person)
        return found

    @cached_property
    def _attended(self) -> dict[str, int]:
        if not self.calls:
            return {person.key: person.calls_attended for person in self.people if person.calls_attended}
        found: dict[str, int] = {}
        for call in self.calls:
            if call.outcome == FULFILLED:
                found[call.person] = found.get(call.person, 0) + 1
        return found

    @cached_property
    def _items(self) -> dict[tuple[str, str], dict[str, dict[int, float]]]:
        found: dict[tuple[str, str], dict[str, dict[int, float]]] = {}
        for row in self.answers:
            people = found.setdefault((row.instrument, row.timepoint), {})
            people.setdefault(row.person, {})[row.item] = row.value
        return found

    def scores_at(self, measure: str, timepoint: str) -> dict[str, float]:
        """Everyone's score on a measure at a time point, for those who have one."""
        return self._scores.get((measure, timepoint), {})

    def answered(self, timepoint: str) -> set[str]:
        """Who answered at least one question at a time point."""
        return self._answered.get(timepoint, set())

    def spared(self, timepoint: str) -> set[str]:
        """Who was asked nothing at a time point, by the rules of the timetable: neither an answer nor missing."""
        return {person.key for person in self.people if timepoint in person.spared}

    def attended(self, person: str) -> int:
        """How many calls took place with this person."""
        return self._attended.get(person, 0)

    def items_at(self, instrument: str, timepoint: str) -> dict[str, dict[int, float]]:
        """Everyone's answers to one instrument at a time point: person, then item."""
        return self._items.get((instrument, timepoint), {})

    def pairs(self, measure: str, later: str) -> list[tuple[float, float]]:
        """Baseline and later score of everyone who has both, in the order of their study codes."""
        first, second = self.scores_at(measure, self.plan.baseline), self.scores_at(measure, later)
        return [(first[person], second[person]) for person in sorted(first.keys() & second.keys())]


@dataclass(frozen=True)
class Snapshot:
    """A dataset with its origin: which evaluation, as of when, who was left out, and the checksum of its files."""

    dataset: Dataset
    evaluation: str
    programme: str
    synthetic: bool
    language: str
    as_of: str
    checksum: str
    left_out_test: int
    left_out_erased: int
    labels: Mapping[str, str] = field(default_factory=dict)
