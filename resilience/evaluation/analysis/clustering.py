"""Are the people of one coach more alike than others? A coach with many people counts for less than they seem."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import mixed, outcomes, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

FEWEST_COACHES, FEWEST_EACH = 5, 5


@dataclass(frozen=True, slots=True)
class Nested:
    """The coached difference with the coaches' own variance; those without a call belong to nobody."""

    difference: float
    se: float
    ci: tuple[float, float]
    p: float
    coach_variance: float
    residual_variance: float


@dataclass(frozen=True, slots=True)
class Clustered:
    """How alike the changes of one coach's people are (ICC(1) of one-way analysis of variance)."""

    n: int
    coaches: int
    icc: float | None = None
    partly_nested: Nested | None = None
    why: str | None = None
    icc_why: str | None = None


def of_change(table: Columns, measure: Measure) -> Clustered | None:
    """At the measure's first later time point; None for a measure that has none."""
    import numpy

    when = outcomes.later(measure, table.plan)
    if not when:
        return None
    coach, rows = first_coach(table), table.paired(measure.key, when[0])
    theirs = rows & (coach >= 0)
    changes = table.score(measure.key, when[0]) - table.score(measure.key, table.plan.baseline)
    _who, sizes = numpy.unique(coach[theirs], return_counts=True)
    icc, icc_why = intraclass(changes[theirs], coach[theirs])
    told = {"n": int(theirs.sum()), "coaches": len(sizes), "icc": icc, "icc_why": icc_why}
    if int((sizes >= FEWEST_EACH).sum()) < FEWEST_COACHES:
        return Clustered(**told, why=reasons.FEW_COACHES)
    if int((rows & ~table.coached).sum()) < FEWEST_EACH:
        return Clustered(**told, why=reasons.ONE_SIDE)
    try:
        return Clustered(**told, partly_nested=_nested(table, measure, when[0], coach, rows))
    except mixed.NotFitted as why:
        return Clustered(**told, why=str(why))


def first_coach(table: Columns) -> "ndarray":
    """With which coach each person's first call took place, by number; -1 for nobody."""
    import numpy

    found, held = numpy.full(table.n, -1), table.calls.held()
    people, coaches = table.calls.person[held], table.calls.coach.codes[held]
    found[people[::-1]] = coaches[::-1]
    return found


def intraclass(changes: "ndarray", groups: "ndarray") -> tuple[float | None, str | None]:
    """ICC(1) by mean squares, group sizes unequal (Donner 1986); or why there is none."""
    import numpy

    _who, place, sizes = numpy.unique(groups, return_inverse=True, return_counts=True)
    n, k = len(changes), len(sizes)
    if k < 2 or n <= k:
        return None, reasons.ONE_GROUP if k < 2 else reasons.FEW_PEOPLE
    means = numpy.bincount(place, weights=changes) / sizes
    between = float((sizes * (means - changes.mean()) ** 2).sum()) / (k - 1)
    within = float(((changes - means[place]) ** 2).sum()) / (n - k)
    size = (n - float((sizes**2).sum()) / n) / (k - 1)
    total = between + (size - 1) * within
    return ((between - within) / total, None) if total > 1e-12 else (None, reasons.SAME_CHANGE)


def _nested(table: Columns, measure: Measure, later: str, coach: "ndarray", rows: "ndarray") -> Nested:
    import numpy
    from scipy import stats

    chosen = mixed.sample(numpy.flatnonzero(rows & (table.coached == (coach >= 0))))
    coached = table.coached[chosen].astype(float)
    # Each person without a call is a group of one, whose coach's effect is multiplied by nought.
    alone = coach.max() + 1 + numpy.arange(len(chosen))
    groups = numpy.unique(numpy.where(coached > 0, coach[chosen], alone), return_inverse=True)[1]
    before, after = table.score(measure.key, table.plan.baseline), table.score(measure.key, later)
    matrix = numpy.column_stack([numpy.ones(len(chosen)), before[chosen], coached])
    found = mixed.fitted(after[chosen], matrix, groups, coached)
    term = mixed.term(float(found.fe_params[2]), float(found.bse_fe[2]), stats.norm())
    return Nested(term.estimate, term.se, term.ci, term.p, float(found.cov_re[0, 0]), float(found.scale))
