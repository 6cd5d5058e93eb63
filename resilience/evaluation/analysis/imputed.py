"""Missing scores filled in many times over: a second look at the change in the primary measures, and no more.

Chained equations with predictive mean matching by statsmodels, from the baseline, the other time points, having had a
call and the plan's covariates; pooled by Rubin's rules. It takes for granted that what is missing follows from these.
"""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import mixed, outcomes, reasons, regression, regressors
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

TIMES, BEFORE_THE_FIRST, BETWEEN = 20, 10, 3
FEWEST_PAIRS = 30


@dataclass(frozen=True, slots=True)
class Imputed:
    """The mean change of everybody with a baseline; `observed` of them have the later score, the others' is filled in.

    Above 2,000 people a sample drawn with a fixed seed: `sampled_from` says of how many.
    """

    n: int
    observed: int
    sampled_from: int
    mean: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    df: float | None = None
    p: float | None = None
    why: str | None = None


def estimate(table: Columns, measure: Measure) -> Mapping[str, Imputed] | None:
    """Each later time point of a primary measure; None for any other, and where nobody's score is missing."""
    import numpy

    when = outcomes.later(measure, table.plan)
    before = table.score(measure.key, table.plan.baseline)
    everyone = numpy.flatnonzero(~numpy.isnan(before) & regressors.known(table, table.plan.covariates))
    people = mixed.sample(everyone)
    later = {key: table.score(measure.key, key)[people] for key in when}
    known = [one for one in later.values() if not numpy.isnan(one).all()]
    if measure.key not in table.plan.primary or not any(numpy.isnan(one).any() for one in known):
        return None
    told = {key: (len(people), int((~numpy.isnan(one)).sum()), len(everyone)) for key, one in later.items()}
    used = {key: one for key, one in later.items() if told[key][1] >= FEWEST_PAIRS}
    others = _others(table, people)
    drawn = _drawn(before[people], used, others) if _can_be_told_apart(before[people], others) else {}
    return {key: _pooled(told[key], drawn.get(key)) for key in when}


def _others(table: Columns, people: "ndarray") -> list["ndarray"]:
    """What else the scores are filled in from; a column that is the same for everybody tells nothing."""
    import numpy

    rows = numpy.zeros(table.n, dtype=bool)
    rows[people] = True
    columns = [
        table.coached[people].astype(float),
        *(one.astype(float) for one in regressors.columns(table, table.plan.covariates, rows).values()),
    ]
    return [column for column in columns if len(column) and column.min() < column.max()]


def _can_be_told_apart(before: "ndarray", others: list["ndarray"]) -> bool:
    import numpy

    return len(before) > 0 and regression.is_full_rank(
        numpy.column_stack([numpy.ones(len(before)), before, *others])
    )


def _drawn(
    before: "ndarray", later: Mapping[str, "ndarray"], others: list["ndarray"]
) -> dict[str, "ndarray"]:
    """By time point the changes of everybody, a row for each time that they were filled in."""
    import numpy
    import pandas
    from statsmodels.imputation.mice import MICEData

    if not later:
        return {}
    names = {
        key: f"later{place}" for place, key in enumerate(later)
    }  # ours: the library makes formulas of them
    frame = pandas.DataFrame({"before": before, **{names[key]: one for key, one in later.items()}})
    for place, column in enumerate(others):
        frame[f"other{place}"] = column
    found: dict[str, list] = {key: [] for key in later}
    with warnings.catch_warnings(), numpy.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        data = MICEData(frame, rng=mixed.SEED)
        data.update_all(BEFORE_THE_FIRST)
        for _time in range(TIMES):
            data.update_all(BETWEEN)
            for key, name in names.items():
                found[key].append(data.data[name].to_numpy() - before)
    return {key: numpy.array(rows) for key, rows in found.items()}


def _pooled(told: tuple[int, int, int], changes: "ndarray | None") -> Imputed:
    if changes is None:
        return Imputed(*told, why=reasons.FEW_TO_FILL_IN)
    means, within = changes.mean(axis=1), changes.var(axis=1, ddof=1) / changes.shape[1]
    if not within.any():
        return Imputed(*told, why=reasons.SAME_CHANGE)
    return Imputed(*told, *pool(means, within, people=changes.shape[1]))


def pool(
    means: "ndarray", within: "ndarray", *, people: int
) -> tuple[float, float, tuple[float, float], float, float]:
    """The mean, its error, interval, degrees of freedom and p value (Rubin 1987; Barnard and Rubin 1999).

    `means` and their squared errors `within` are those of each time that the scores were filled in.
    """
    from scipy import stats

    inside, between = float(within.mean()), float(means.var(ddof=1)) * (1 + 1 / len(means))
    total, estimate = inside + between, float(means.mean())
    share = between / total
    known = people / (people + 2) * (people - 1) * (1 - share)
    df = known if not share else 1 / (1 / known + share**2 / (len(means) - 1))
    error = math.sqrt(total)
    law = stats.t(df)
    reach = float(law.ppf(0.975)) * error
    return estimate, error, (estimate - reach, estimate + reach), df, float(2 * law.sf(abs(estimate / error)))
