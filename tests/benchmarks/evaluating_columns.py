"""The columns of P5 out of PostgreSQL, the query that is its yardstick, and the libraries by themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy

from resilience.evaluation import figures
from resilience.evaluation.analysis.columns import Calls, Coded, Columns, Items, Scores
from resilience.evaluation.analysis.frozen import FULFILLED, Measure, Plan

TIMEPOINTS = ("t1", "t2", "t3")
PROFESSIONS = ("doctor", "midwife", "nurse", "paramedic")
MEASURES = tuple(
    Measure(
        f"m{number}", f"m{number}", f"Measure {number}", (1, 2, 3, 4, 5, 6), 0, 10, 0, 10, 1,
        reliability=0.8, cutoff=(">", 5), difference=1, timepoints=TIMEPOINTS,
    )
    for number in range(5)
)  # fmt: skip
PLAN = Plan(
    timepoints=TIMEPOINTS, due=TIMEPOINTS, labels={}, primary=("m0",), planned=tuple(one.key for one in MEASURES),
    covariates=("profession",), complete_modules=4, suppress_below=10, frozen_on=None, hash="",
    cost={"coach_rate_per_hour": 40, "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 0},
)  # fmt: skip
AT_ONCE = 50_000

# Columns as bytes, as PostgreSQL sends numbers; both of a row are gathered in the same order.
PEOPLE = (
    "SELECT "
    + ", ".join(
        f"string_agg(int4send({name}), '' ORDER BY id)" for name in ("calls", "modules", "profession")
    )
    + " FROM person"
)
SCORES = (
    "SELECT timepoint, measure, string_agg(int4send(person), ''), string_agg(float8send(value), '') "
    "FROM score GROUP BY timepoint, measure"
)
# Six answers in the last six of eight bytes.
ITEMS = (
    "SELECT measure, timepoint, string_agg(int4send(person - 1), ''), string_agg(int8send("
    + " | ".join(f"items[{number}]::int8 << {8 * (6 - number)}" for number in range(1, 7))
    + "), '') FROM answer GROUP BY measure, timepoint"
)


class Answers(Mapping):
    """The answers to each measure at each time point, read when they are walked over, one at a time, and not kept."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def items(self) -> Iterator[tuple[tuple[str, str], Items]]:
        """All of them, in one query."""
        for measure, when, people, answers in _packed(self.connection, ITEMS):
            table = numpy.frombuffer(answers, dtype=numpy.uint8).reshape(-1, 8)[:, 2:].astype(numpy.float32)
            rows = numpy.frombuffer(people, dtype=">i4").astype(numpy.int32)
            yield (MEASURES[measure].key, TIMEPOINTS[when]), Items(rows, (1, 2, 3, 4, 5, 6), table)

    def __getitem__(self, key: tuple[str, str]) -> Items:
        """What asks for one instrument asks for those that say something of harm or of calls: there are none here."""
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter((one.key, when) for one in MEASURES for when in TIMEPOINTS)

    def __len__(self) -> int:
        return len(MEASURES) * len(TIMEPOINTS)


def _read(connection: Any, query: str) -> Iterator[list[tuple]]:
    with connection.transaction(), connection.cursor(name="bench", binary=True) as cursor:
        cursor.execute(query)
        while some := cursor.fetchmany(AT_ONCE):
            yield some


def _packed(connection: Any, query: str) -> Iterator[tuple]:
    """Rows that hold whole columns as bytes: numpy takes them as they are, one row in memory at a time."""
    with connection.transaction(), connection.cursor(name="bench", binary=True) as cursor:
        cursor.itersize = 1
        yield from cursor.execute(query)


def columns(connection: Any, size: int) -> Columns:
    """Read everybody, their scores and their calls."""
    [told] = _packed(connection, PEOPLE)
    people = numpy.column_stack([numpy.frombuffer(one, dtype=">i4").astype(numpy.int8) for one in told])
    return _table(size, people, Scores(_scores(connection, size)), Answers(connection))


def _scores(connection: Any, size: int) -> Iterator[tuple[tuple[str, str], numpy.ndarray]]:
    for when, measure, person, value in _packed(connection, SCORES):
        column = numpy.full(size, numpy.nan)
        column[numpy.frombuffer(person, dtype=">i4") - 1] = numpy.frombuffer(value, dtype=">f8")
        yield (MEASURES[measure].key, TIMEPOINTS[when]), column


def _table(size: int, people: numpy.ndarray, scores: Scores, items: Mapping) -> Columns:
    everybody, nobody = numpy.ones(size, dtype=bool), Coded((), numpy.full(size, -1, dtype=numpy.int8))
    held = numpy.repeat(numpy.arange(size, dtype=numpy.int32), people[:, 0])
    told = numpy.full(len(held), numpy.nan, dtype=numpy.float32)
    return Columns(
        plan=PLAN, measures=MEASURES, n=size, registered=size,
        flags={"started": everybody, "offered_call": everybody, "accepted_call": people[:, 0] > 0,
               "withdrew": ~everybody},
        modules=people[:, 1], attended=people[:, 0],
        words=dict.fromkeys(("arm", "offered_how", "declined_because", "stopped_because", "unit"), nobody),
        traits={"profession": Coded(PROFESSIONS, people[:, 2])}, numbers={}, spared_at={},
        answered_at={when: ~numpy.isnan(scores["m0", when]) for when in TIMEPOINTS}, scores=scores, returned={},
        items=items,
        calls=Calls(
            held, Coded(tuple(f"c{number}" for number in range(20)), (held % 20).astype(numpy.int8)),
            Coded((FULFILLED,), numpy.zeros(len(held), dtype=numpy.int8)),
            numpy.full(len(held), 25, dtype=numpy.float32), told, told, told,
            Coded((), numpy.full(len(held), -1, dtype=numpy.int8)),
        ),
        windows={},
    )  # fmt: skip


def bare(connection: Any, scores: int) -> numpy.ndarray:
    """The yardstick: the same scores with one query into one array."""
    found, filled = numpy.empty((scores, 4)), 0
    for some in _read(connection, "SELECT person, timepoint, measure, value FROM score"):
        found[filled : filled + len(some)] = some
        filled += len(some)
    return found


def libraries(table: Columns) -> None:
    """The other yardstick: the tests that the plan asks for, by scipy and statsmodels on the same columns."""
    from scipy import stats
    from statsmodels.regression.linear_model import OLS
    from statsmodels.regression.mixed_linear_model import MixedLM

    from resilience.evaluation.analysis import mixed

    for one in MEASURES:
        for when in TIMEPOINTS[1:]:
            before, after = table.pairs(one.key, when).T
            stats.ttest_rel(after, before).confidence_interval(0.95)
            stats.wilcoxon(after - before, zero_method="wilcox", correction=True, method="asymptotic")
            coached = table.coached[table.paired(one.key, when)]
            _ = OLS(after, numpy.column_stack([numpy.ones(len(after)), before, coached])).fit().HC3_se
        people = mixed.sample(numpy.arange(table.n))
        scores = numpy.column_stack([table.score(one.key, when)[people] for when in TIMEPOINTS])
        row, place = numpy.nonzero(~numpy.isnan(scores))
        time = numpy.column_stack([numpy.ones(len(row)), place == 1, place == 2]).astype(float)
        coached = table.coached[people][row][:, None]
        for matrix in (time, numpy.hstack([time, time * coached])):
            MixedLM(scores[row, place], matrix, groups=row).fit(reml=True, method="lbfgs")


def warm() -> None:
    """Import what takes long before anything is timed."""
    from scipy import stats  # noqa: F401 - not timed
    from statsmodels.discrete.discrete_model import Logit  # noqa: F401 - not timed
    from statsmodels.imputation.mice import MICEData  # noqa: F401 - not timed
    from statsmodels.multivariate.factor import Factor  # noqa: F401 - not timed
    from statsmodels.regression.mixed_linear_model import MixedLM  # noqa: F401 - not timed

    figures.dump({})
