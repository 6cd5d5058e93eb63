"""How many mean to leave, before and later: the same people counted twice (McNemar 1947)."""

from dataclasses import dataclass

from resilience.evaluation.analysis import outcomes, proportions, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

INSTRUMENT = "leaving"
LEFT = 0  # "I have already left": counted apart, never as meaning to
FEWEST_TO_APPROXIMATE = (
    25  # people who moved: below it the exact binomial p value, at it and above chi-squared
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """People who chose one of the two highest of five answers, among those who answered at both time points."""

    n: int
    before: proportions.Share
    later: proportions.Share
    began: int
    stopped: int
    p: float | None
    exact: bool | None
    already_left: int
    why: str | None = None


def summarise(table: Columns) -> dict[str, dict[str, Leaving]]:
    """By question and later time point; empty where the programme does not ask."""
    return {
        measure.key: {key: _moved(table, measure, key) for key in outcomes.later(measure, table.plan)}
        for measure in table.measures
        if measure.instrument == INSTRUMENT
    }


def _moved(table: Columns, measure: Measure, later: str) -> Leaving:
    pairs = table.pairs(measure.key, later)
    means = pairs >= measure.high - 1
    n, both = len(pairs), int((means[:, 0] & means[:, 1]).sum())
    stopped, began = int(means[:, 0].sum()) - both, int(means[:, 1].sum()) - both
    p, exact, why = _tested(n, began, stopped, both)
    column = table.items_at(measure.instrument, later).column(measure.items[0])
    return Leaving(
        n, proportions.share(both + stopped, n), proportions.share(both + began, n), began, stopped,
        p, exact, int((column == LEFT).sum()), why,
    )  # fmt: skip


def _tested(n: int, began: int, stopped: int, both: int) -> tuple[float | None, bool | None, str | None]:
    if n < reasons.FEWEST_PAIRS:
        return None, None, reasons.FEW_PAIRS
    if not began + stopped:
        return None, None, reasons.NOBODY_MOVED
    exact = began + stopped < FEWEST_TO_APPROXIMATE
    return mcnemar([[both, stopped], [began, n - both - began - stopped]], exact=exact), exact, None


def mcnemar(cells: list[list[int]], *, exact: bool) -> float:
    """The p value of the library's test: binomial, or chi-squared with continuity correction."""
    from statsmodels.stats.contingency_tables import mcnemar as test

    return float(test(cells, exact=exact, correction=True).pvalue)
