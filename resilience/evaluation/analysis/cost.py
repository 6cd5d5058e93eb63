"""What the calls cost by the plan's prices, in all and for each person who got something out of it.

No figure here is a cost per unit of effect: nobody was compared with what would have happened anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import outcomes, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure
from resilience.evaluation.analysis.outcomes import Outcome

if TYPE_CHECKING:
    from numpy import ndarray

RATE, PREPARATION, SUPERVISION, FIXED = (
    "coach_rate_per_hour",
    "prep_minutes_per_call",
    "supervision_pct",
    "fixed",
)
RESAMPLES, SEED = 2_000, 20201334
TAILS = (2.5, 97.5)
AT_ONCE = 2_000_000  # counts held in memory at a time


@dataclass(frozen=True, slots=True)
class Improvers:
    """People who improved reliably at the first later time point, and the interval of the total over them."""

    improved: int | None
    ci: tuple[float, float] | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """`coaching` is calls and preparation at the rate with supervision; `total` adds the fixed cost."""

    coaching: float | None = None
    total: float | None = None
    per_coached: float | None = None
    per_started: float | None = None
    per_completer: float | None = None
    per_reliable_improver: Mapping[str, float | None] = field(default_factory=dict)
    per_reliable_improver_why: Mapping[str, str] = field(default_factory=dict)
    improvers: Mapping[str, Improvers] = field(default_factory=dict)
    why: str | None = None


def work_out(table: Columns, found: Mapping[str, Outcome]) -> Cost:
    """Price the calls that took place. Without a rate in the plan, or minutes of calls, there is no cost."""
    prices = table.plan.cost
    if prices.get(RATE) is None:
        return Cost(why=reasons.NO_COST)
    each, fixed = _each(table, prices), float(prices.get(FIXED) or 0)
    if each is None:
        return Cost(why=reasons.NO_MINUTES)
    coaching = float(each.sum())
    total = coaching + fixed
    improvers = {
        measure.key: _improvers(table, measure, found[measure.key], each, fixed)
        for measure in table.measures
        if found[measure.key].reliable_change
    }
    people = (table.coached, table.flags["started"], table.modules >= table.plan.complete_modules)
    shared = [
        _per(amount, int(rows.sum())) for amount, rows in zip((coaching, total, total), people, strict=True)
    ]
    return Cost(
        coaching, total, *shared,
        per_reliable_improver_why={
            key: one.why for key, one in improvers.items() if not one.improved and one.why
        },
        per_reliable_improver={key: _per(total, one.improved or 0) for key, one in improvers.items()},
        improvers=improvers,
        why=reasons.NOBODY if None in shared else None,
    )  # fmt: skip


def _each(table: Columns, prices: Mapping[str, float]) -> "ndarray | None":
    """What each person's calls cost; None where it is only told how many they had."""
    import numpy

    calls, held = table.calls, table.calls.held()
    minutes = calls.minutes[held]
    if int(held.sum()) < int(table.attended.sum()) or numpy.isnan(minutes).any():
        return None
    minutes = minutes + float(prices.get(PREPARATION) or 0)
    spent = numpy.bincount(calls.person[held], weights=minutes, minlength=table.n)
    return spent / 60 * float(prices[RATE]) * (1 + float(prices.get(SUPERVISION) or 0) / 100)


def _per(amount: float, people: int) -> float | None:
    return amount / people if people else None


def _improvers(table: Columns, measure: Measure, found: Outcome, each: "ndarray", fixed: float) -> Improvers:
    first = outcomes.later(measure, table.plan)[0]
    counted = found.reliable_change[first]
    if counted.improved is None or counted.threshold is None:
        return Improvers(None, None, counted.why)
    if not counted.improved:
        return Improvers(0, None, reasons.NOBODY)
    if counted.n < reasons.FEWEST_PAIRS:
        return Improvers(counted.improved, None, reasons.FEW_PAIRS)
    baseline, later = table.score(measure.key, table.plan.baseline), table.score(measure.key, first)
    improved = measure.direction * (later - baseline) > counted.threshold
    limits = interval(each, improved, fixed=fixed)
    return Improvers(counted.improved, limits, None if limits else reasons.NO_LIMIT)


def interval(each: "ndarray", improved: "ndarray", *, fixed: float) -> tuple[float, float] | None:
    """The 95 % percentile interval of cost over improvers, people drawn with replacement; None where one is endless.

    People who cost the same and ended alike are drawn together, which is the same draw and does not grow with people.
    """
    import numpy

    costs, place = numpy.unique(each, return_inverse=True)
    counts = numpy.bincount(2 * place + improved, minlength=2 * len(costs))
    cells = numpy.flatnonzero(counts)
    n, spent, better = counts[cells], costs[cells // 2], cells % 2
    dice, shares, ratios = numpy.random.default_rng(SEED), n / n.sum(), []
    step = max(1, AT_ONCE // len(cells))
    for begin in range(0, RESAMPLES, step):
        drawn = dice.multinomial(int(n.sum()), shares, size=min(step, RESAMPLES - begin))
        with numpy.errstate(divide="ignore", invalid="ignore"):
            ratios.append((drawn @ spent + fixed) / (drawn @ better))
    everything = numpy.concatenate(ratios)
    everything[numpy.isnan(everything)] = numpy.inf  # nobody improved: endless, even where nothing was spent
    low, high = (float(limit) for limit in numpy.percentile(everything, TAILS, method="inverted_cdf"))
    return (low, high) if numpy.isfinite(high) else None
