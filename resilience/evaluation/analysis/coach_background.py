"""Do people with calls change alike with coaches who have worked with patients and with those who have not?

Nobody came to a coach by chance, so that a difference need not be the coach's doing. No single coach is looked at:
where few coaches stand behind a group there is no figure, since the group would be their people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import outcomes, reasons, regression, subgroups
from resilience.evaluation.analysis.columns import NOTHING, Coded, Columns
from resilience.evaluation.analysis.frozen import CLINICAL, NOT_CLINICAL, Measure

if TYPE_CHECKING:
    from numpy import ndarray

BOTH, ONLY_CLINICAL, ONLY_NOT_CLINICAL, NOT_TOLD = GROUPS = ("both", "clinical", "not_clinical", "not_told")
GROUP_OF = {CLINICAL: ONLY_CLINICAL, NOT_CLINICAL: ONLY_NOT_CLINICAL, "": NOT_TOLD}
FEWEST_COACHES = 3


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The later score with coaches who have worked with patients less that with the others, at the same baseline."""

    n: int
    difference: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    p: float | None = None
    se_hc3: float | None = None
    ci_hc3: tuple[float, float] | None = None
    p_hc3: float | None = None
    why: str | None = None
    hc3_why: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The change of each group of people with calls; the p value is of those whose coaches' background is known."""

    groups: Mapping[str, subgroups.Changed]
    interaction_p: float | None = None
    adjusted: Adjusted | None = None
    why: str | None = None
    interaction_why: str | None = None


def compare(table: Columns) -> dict[str, Any]:
    """By primary measure and later time point: the groups, and an adjusted difference; or why there is none."""
    if not table.calls.background.labels:
        return {"why": reasons.NO_BACKGROUND}
    kinds = had(table)
    return {
        measure.key: {when: _at(table, measure, when, kinds) for when in outcomes.later(measure, table.plan)}
        for measure in table.measures
        if measure.key in table.plan.primary
    }


def had(table: Columns) -> dict[str, "ndarray"]:
    """By background, "" for an unknown one: who had a call that took place with such a coach."""
    import numpy

    found, held = {}, table.calls.held()
    for kind in GROUP_OF:
        found[kind] = numpy.zeros(table.n, dtype=bool)
        found[kind][table.calls.person[held & table.calls.background.rows(kind)]] = True
    return found


def grouped(kinds: Mapping[str, "ndarray"]) -> Coded:
    """Everybody's group: with an unknown background beside a known one it is not told."""
    import numpy

    clinical, other, unknown = (kinds[kind] for kind in (CLINICAL, NOT_CLINICAL, ""))
    codes = numpy.select([clinical & other, unknown, clinical, other], [0, 3, 1, 2], default=NOTHING)
    return Coded(GROUPS, codes)


def _at(table: Columns, measure: Measure, when: str, kinds: Mapping[str, "ndarray"]) -> Compared:
    rows, group = table.paired(measure.key, when) & table.coached, grouped(kinds)
    if any(_few_coaches(table, rows, kind, group) for kind in GROUP_OF if (rows & kinds[kind]).any()):
        return Compared({}, why=reasons.FEW_OF_A_KIND)
    before, after = table.score(measure.key, table.plan.baseline), table.score(measure.key, when)
    parts = {label: (after - before)[mine] for label in GROUPS if (mine := rows & group.rows(label)).any()}
    p, why = subgroups.interaction({label: part for label, part in parts.items() if label != NOT_TOLD})
    return Compared(
        groups={label: subgroups.changed(part) for label, part in parts.items()},
        interaction_p=p,
        adjusted=_adjusted(before[rows], after[rows], Coded(GROUPS, group.codes[rows])),
        interaction_why=why,
    )


def _few_coaches(table: Columns, rows: "ndarray", kind: str, group: Coded) -> bool:
    """Whether few coaches of a background stand behind the people of these rows who talked with that alone."""
    import numpy

    mine, calls = rows & group.rows(GROUP_OF[kind]), table.calls
    theirs = calls.held() & calls.background.rows(kind) & mine[calls.person] & (calls.coach.codes != NOTHING)
    return len(numpy.unique(calls.coach.codes[theirs])) < FEWEST_COACHES


def _adjusted(before: "ndarray", after: "ndarray", group: Coded) -> Adjusted:
    clinical, other = (group.rows(label) for label in (ONLY_CLINICAL, ONLY_NOT_CLINICAL))
    rows = clinical | other
    n = int(rows.sum())
    if min(clinical.sum(), other.sum()) < reasons.FEWEST_PAIRS:
        return Adjusted(n, why=reasons.TOO_FEW_LOST)
    columns = {"intercept": 1, "baseline": before[rows], "clinical": clinical[rows]}
    try:
        term = regression.fit(after[rows], columns).terms["clinical"]
    except regression.NotEstimable as why:
        return Adjusted(n, why=str(why))
    return Adjusted(
        n, term.estimate, term.se, term.ci, term.p, term.se_hc3, term.ci_hc3, term.p_hc3, hc3_why=term.hc3_why
    )
