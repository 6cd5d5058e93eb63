"""A synthetic cohort as a frozen snapshot, scored by hand here so that these tests need no database."""

import pytest

from resilience.demo import cohort
from resilience.evaluation import canonical
from resilience.evaluation.analysis.frozen import (
    Answer,
    Call,
    Dataset,
    Measure,
    Person,
    Plan,
    Score,
    Snapshot,
)
from resilience.evaluation.analysis.frozen_plan import ANALYSES

MEASURES = (
    Measure(
        "coping_confidence",
        "coping_confidence",
        "Coping confidence",
        tuple(range(1, 8)),
        0,
        10,
        0,
        10,
        1,
        validated=False,
        timepoints=("t1", "t2", "t3", "t4", "t5"),
    ),
    Measure(
        "who5",
        "who5",
        "WHO-5 wellbeing",
        tuple(range(1, 6)),
        0,
        100,
        0,
        5,
        1,
        decimals=1,
        reliability=0.81,
        reliability_source="test-retest over 22 days",
        cutoff=(">", 50),
        difference=10,
        timepoints=("t1", "t3", "t4", "t5"),
    ),
    Measure(
        "phq8",
        "phq8",
        "PHQ-8 depression",
        tuple(range(1, 9)),
        0,
        24,
        0,
        3,
        -1,
        decimals=1,
        reliability=0.84,
        reliability_source="test-retest over 48 hours",
        cutoff=("<", 10),
        difference=5,
        timepoints=("t1", "t4"),
    ),
    Measure(
        "leaving.job",
        "leaving",
        "Plans to leave the job",
        (1,),
        1,
        5,
        0,
        5,
        -1,
        validated=False,
        timepoints=("t1", "t4", "t5"),
    ),
    Measure(
        "leaving.profession",
        "leaving",
        "Plans to leave the profession",
        (2,),
        1,
        5,
        0,
        5,
        -1,
        validated=False,
        timepoints=("t1", "t4", "t5"),
    ),
    Measure(
        "acceptability",
        "acceptability",
        "Acceptability",
        tuple(range(1, 7)),
        1,
        5,
        1,
        5,
        1,
        validated=False,
        timepoints=("t3",),
    ),
)
FEWEST = {
    "coping_confidence": 6,
    "who5": 5,
    "phq8": 8,
    "leaving.job": 1,
    "leaving.profession": 1,
    "acceptability": 6,
}
PLAN = Plan(
    timepoints=("t1", "t2", "t3", "t4", "t5"),
    due=("t1", "t2", "t3", "t4"),
    labels={
        "t1": "T1, before",
        "t2": "T2, after the modules",
        "t3": "T3, after the calls",
        "t4": "T4, six weeks on",
        "t5": "T5, four months on",
    },
    primary=("coping_confidence",),
    planned=tuple(measure.key for measure in MEASURES),
    covariates=("profession",),
    complete_modules=4,
    suppress_below=10,
    frozen_on="2026-01-05",
    hash="0" * 64,
    analyses=ANALYSES,
)
NO_UNITS = "There is one small unit, and nothing of it is counted."
LABELS = {
    "programme:demonstration": "Steady Ground",
    "evaluation:demonstration": "Finished cohort, spring 2026",
    "acceptability:1": "It was worth the time it took.",
    "acceptability:2": "It fitted around my shifts.",
    "acceptability:3": "It made sense for the work I do.",
    "acceptability:4": "Nothing in it felt like blame.",
    "acceptability:5": "I trusted what was said about privacy.",
    "acceptability:6": "I would suggest it to a colleague.",
}


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The finished synthetic cohort, written to files and read back."""
    return freeze(cohort.generate())


@pytest.fixture(scope="session")
def empty_snapshot() -> Snapshot:
    """A cohort that nobody has joined."""
    return freeze(())


def freeze(people) -> Snapshot:
    dataset = Dataset(
        plan=PLAN,
        measures=MEASURES,
        people=tuple(_person(one) for one in people),
        calls=tuple(Call(_key(p), f"coach-{c.coach}", c.outcome, c.minutes) for p in people for c in p.calls),
        scores=tuple(
            _score(p, when, m)
            for p in people
            for when in p.answers
            for m in MEASURES
            if m.instrument in p.answers[when]
        ),
        answers=tuple(
            Answer(_key(p), when, instrument, item, value)
            for p in people
            for when, instruments in p.answers.items()
            for instrument, answers in instruments.items()
            for item, value in answers.items()
        ),
        registered=len(people) + 4 if people else 0,
    )
    origin = {
        "evaluation": "demonstration",
        "programme": "demonstration",
        "synthetic": True,
        "language": "en-gb",
        "as_of": "2026-06-01T09:00:00+00:00",
        "left_out_test": 1,
        "left_out_erased": 0,
        "labels": LABELS,
    }
    files = canonical.write(Snapshot(dataset=dataset, checksum="", **origin))
    return canonical.read(files, expected=canonical.checksum(files))


def _key(person) -> str:
    return f"p{person.number:03d}"


def _person(one) -> Person:
    traits = {"profession": one.profession, "level": one.level, "gender": one.gender, "shifts": one.shifts}
    modules = len(one.module_days)
    return Person(
        _key(one),
        modules > 0,
        modules,
        one.offered_call,
        one.accepted_call,
        one.withdrew_day is not None,
        traits,
    )


def _score(person, when: str, measure: Measure) -> Score:
    given = person.answers[when][measure.instrument]
    answers = {item: given[item] for item in measure.items if item in given}
    mean = sum(answers.values()) / len(answers) if answers else 0
    value = {"who5": 20 * mean, "phq8": 8 * mean}.get(measure.key, mean)
    enough = len(answers) >= FEWEST[measure.key]
    return Score(_key(person), when, measure.key, value if enough else None, len(answers), False)


def _load_finished() -> None:
    from resilience import clock
    from resilience.demo import finished as loader
    from tests.factories.organisations import OrganisationFactory

    loader.load(organisation=OrganisationFactory(), public_name="Steady Ground", now=clock.now())


def _finished():
    from resilience.evaluation.models import Evaluation

    return Evaluation.objects.select_related("programme", "plan").get(slug="demonstration")


@pytest.fixture
def finished(db):
    """The evaluation of the finished synthetic cohort, in the database."""
    _load_finished()
    return _finished()


@pytest.fixture(scope="module")
def finished_all_along(loaded_once):
    """The same for every test of a file, loaded once."""
    with loaded_once(_load_finished):
        yield _finished


@pytest.fixture
def unanswered(db):
    """The evaluation of a programme that nobody has joined."""
    from resilience import clock
    from resilience.evaluation import plans
    from tests.factories.measures import TimepointFactory
    from tests.factories.participants import ProgrammeFactory

    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, key="t1", position=1, asks=["who5", "coping_confidence"])
    TimepointFactory(programme=programme, key="t2", label="After", position=2, asks=["coping_confidence"])
    return plans.open_evaluation(
        programme=programme, slug="new", name="New", now=clock.now(), no_system_outcomes=NO_UNITS
    )


@pytest.fixture
def being_planned(db, chi):
    """An evaluation whose plan is still written; its programme asks twice."""
    from resilience import clock
    from resilience.evaluation import plans
    from tests.factories.measures import TimepointFactory
    from tests.factories.participants import ProgrammeFactory

    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, key="t1", position=1, asks=["who5", "coping_confidence"])
    TimepointFactory(programme=programme, key="t2", label="After", position=2, asks=["coping_confidence"])
    made = plans.open_draft(programme=programme, slug="spring", name="Spring", by=chi, now=clock.now())
    made.plan.content["no_system_outcomes"] = NO_UNITS
    made.plan.save()
    return made
