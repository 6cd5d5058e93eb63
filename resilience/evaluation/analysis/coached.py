"""Did those with a call end better, among those who began alike? (Analysis of covariance.)

People chose for themselves whether to have a call, so that a difference may be what made them choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe, reasons, regression, regressors
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

FEWEST_ON_A_SIDE = 2
ONE, BEFORE, COACHED, SLOPES = "intercept", "baseline", "coached", "baseline:coached"


@dataclass(frozen=True, slots=True)
class Difference:
    """The later score of those with a call minus that of those without, at the same baseline and covariates.

    `standardised` is the difference over the baseline SD of those in it. `slopes_p` tests whether the baseline counts
    for as much on both sides, which the model takes for granted. `left_out` are pairs that lack a covariate, and
    `references` of each category among the covariates the group that the others are set against.
    """

    n: int
    coached: int
    difference: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    p: float | None = None
    se_hc3: float | None = None
    ci_hc3: tuple[float, float] | None = None
    p_hc3: float | None = None
    standardised: float | None = None
    change_coached: float | None = None
    change_not_coached: float | None = None
    slopes_p: float | None = None
    adjusted_coached: float | None = None
    adjusted_not_coached: float | None = None
    covariates: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    why: str | None = None
    caution: str | None = None
    hc3_why: str | None = None
    slopes_why: str | None = None


def difference(table: Columns, measure: Measure, later: str) -> Difference:
    """Estimate the adjusted difference at a later time point, over complete pairs with every covariate."""
    paired = table.paired(measure.key, later)
    rows = paired & regressors.known(table, table.plan.covariates)
    before = table.score(measure.key, table.plan.baseline)[rows]
    after, coached = table.score(measure.key, later)[rows], table.coached[rows]
    described = {
        "n": int(rows.sum()),
        "coached": int(coached.sum()),
        "change_coached": _mean((after - before)[coached]),
        "change_not_coached": _mean((after - before)[~coached]),
        "left_out": int(paired.sum() - rows.sum()),
    }
    if len(after) < reasons.FEWEST_PAIRS:
        return Difference(**described, why=reasons.FEW_PAIRS)
    if min(coached.sum(), (~coached).sum()) < FEWEST_ON_A_SIDE:
        return Difference(**described, why=reasons.ONE_SIDE)
    covariates = regressors.columns(table, table.plan.covariates, rows)
    references = regressors.references(table, table.plan.covariates, rows)
    try:
        return _estimated(described | {"references": references}, before, after, coached, covariates)
    except regression.NotEstimable as why:
        return Difference(**described, why=str(why))


def _estimated(
    described: dict, before: "ndarray", after: "ndarray", coached: "ndarray", covariates: dict
) -> Difference:
    import numpy

    columns = {ONE: 1, BEFORE: before, COACHED: coached, **covariates}
    found = regression.fit(after, columns)
    term, spread = found.terms[COACHED], describe.describe(before).sd
    without = sum(found.terms[name].estimate * numpy.mean(column) for name, column in columns.items())
    without -= term.estimate * coached.mean()
    slopes_p, slopes_why = _slopes(after, columns)
    return Difference(
        **described,
        difference=term.estimate, se=term.se, ci=term.ci, p=term.p,
        se_hc3=term.se_hc3, ci_hc3=term.ci_hc3, p_hc3=term.p_hc3, hc3_why=term.hc3_why,
        standardised=term.estimate / spread if spread else None,
        slopes_p=slopes_p, slopes_why=slopes_why,
        adjusted_coached=float(without + term.estimate), adjusted_not_coached=float(without),
        covariates=tuple(covariates),
        caution=reasons.SOME_PAIRS if len(after) < reasons.CAREFUL_PAIRS else None,
    )  # fmt: skip


def _slopes(after: "ndarray", columns: dict[str, "ndarray"]) -> tuple[float | None, str | None]:
    both = columns | {SLOPES: columns[BEFORE] * columns[COACHED]}
    try:
        return regression.fit(after, both, robust=False).terms[SLOPES].p, None
    except regression.NotEstimable as why:
        return None, str(why)


def _mean(values: "ndarray") -> float | None:
    return float(values.mean()) if len(values) else None
