"""How groups that were allocated differ: everyone where they were put, and beside it by what they had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import describe, flow, reasons, regression, regressors, subgroups
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Against:
    """One group's later score minus the reference group's, at the same baseline and covariates."""

    difference: float
    se: float
    ci: tuple[float, float]
    p: float
    se_hc3: float | None
    ci_hc3: tuple[float, float] | None
    p_hc3: float | None
    standardised: float | None
    hc3_why: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Change in each group as allocated, the same by call or none as received, and each group against the first."""

    reference: str
    n: int
    as_allocated: Mapping[str, subgroups.Changed]
    as_received: Mapping[str, Mapping[str, subgroups.Changed]]
    differences: Mapping[str, Against] = field(default_factory=dict)
    why: str | None = None
    caution: str | None = None


def compare(table: Columns, measure: Measure, later: str) -> Comparison | None:
    """Compare the groups at a later time point, over complete pairs; None where fewer than two were allocated."""
    groups = flow.allocated(table)
    if len(groups) < 2:
        return None
    paired = table.paired(measure.key, later)
    changes = table.score(measure.key, later) - table.score(measure.key, table.plan.baseline)
    reference = next(iter(groups))
    told = {
        "reference": reference,
        "as_allocated": {name: subgroups.changed(changes[paired & rows]) for name, rows in groups.items()},
        "as_received": {name: _received(table, changes, paired & rows) for name, rows in groups.items()},
    }
    allocated = [rows & paired for rows in groups.values()]
    used = regressors.known(table, table.plan.covariates) & sum(allocated).astype(bool)
    return _compared(table, measure, later, told, groups, used)


def _received(table: Columns, changes: "ndarray", rows: "ndarray") -> dict[str, subgroups.Changed]:
    return {
        "coached": subgroups.changed(changes[rows & table.coached]),
        "not_coached": subgroups.changed(changes[rows & ~table.coached]),
    }


def _compared(
    table: Columns, measure: Measure, later: str, told: dict, groups: dict, used: "ndarray"
) -> Comparison:
    n = int(used.sum())
    if n < reasons.FEWEST_PAIRS:
        return Comparison(**told, n=n, why=reasons.FEW_PAIRS)
    if min(int((rows & used).sum()) for rows in groups.values()) < 2:
        return Comparison(**told, n=n, why=reasons.ONE_SIDE)
    before, after = table.score(measure.key, table.plan.baseline)[used], table.score(measure.key, later)[used]
    others = {name: rows[used] for name, rows in groups.items() if name != told["reference"]}
    columns = {("intercept",): 1, ("baseline",): before}
    columns |= {("arm", name): column for name, column in others.items()}
    covariates = regressors.columns(table, table.plan.covariates, used)
    columns |= {("covariate", name): column for name, column in covariates.items()}
    try:
        found = regression.fit(after, columns)
    except regression.NotEstimable as why:
        return Comparison(**told, n=n, why=str(why))
    spread = describe.describe(before).sd
    return Comparison(
        **told,
        n=n,
        differences={name: _against(found.terms["arm", name], spread) for name in others},
        caution=reasons.SOME_PAIRS if n < reasons.CAREFUL_PAIRS else None,
    )


def _against(term: regression.Term, spread: float | None) -> Against:
    return Against(
        term.estimate, term.se, term.ci, term.p, term.se_hc3, term.ci_hc3, term.p_hc3,
        term.estimate / spread if spread else None, term.hc3_why,
    )  # fmt: skip
