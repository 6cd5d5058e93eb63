"""How much the same people changed between two time points."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resilience.evaluation.analysis import reasons

if TYPE_CHECKING:
    from numpy import ndarray

    Pairs = Sequence[tuple[float, float]] | ndarray

FEW_DIGITS = 1e-4  # how far the first inverse of the noncentral t law may be off


@dataclass(frozen=True, slots=True)
class Estimate:
    """Change is later minus baseline, over complete pairs. Fewer than ten pairs are described, not tested."""

    n: int
    baseline_mean: float | None = None
    baseline_sd: float | None = None
    later_mean: float | None = None
    later_sd: float | None = None
    mean: float | None = None
    sd: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    t: float | None = None
    df: int | None = None
    p: float | None = None
    p_adjusted: float | None = None
    adjusted_by: str | None = None
    wilcoxon_p: float | None = None
    correlation: float | None = None
    dz: float | None = None
    dz_ci: tuple[float, float] | None = None
    dav: float | None = None
    g: float | None = None
    g_ci: tuple[float, float] | None = None
    why: str | None = None
    caution: str | None = None


def estimate(pairs: "Pairs") -> Estimate:
    """Describe and test the change in pairs of (baseline, later) scores."""
    described = _describe(pairs)
    if described.n < reasons.FEWEST_PAIRS:
        return replace(described, why=reasons.FEW_PAIRS)
    if math.isclose(described.sd, 0, abs_tol=1e-12):
        return replace(described, sd=0.0, why=reasons.SAME_CHANGE)
    caution = reasons.SOME_PAIRS if described.n < reasons.CAREFUL_PAIRS else None
    return replace(_sized(_tested(described, pairs)), caution=caution)


def _describe(pairs: "Pairs") -> Estimate:
    import numpy

    if len(pairs) == 0:
        return Estimate(n=0)
    before, after = numpy.asarray(pairs, dtype=float).T
    spread = (lambda column: float(column.std(ddof=1))) if len(pairs) > 1 else (lambda column: None)
    return Estimate(
        n=len(pairs),
        baseline_mean=float(before.mean()),
        baseline_sd=spread(before),
        later_mean=float(after.mean()),
        later_sd=spread(after),
        mean=float((after - before).mean()),
        sd=spread(after - before),
    )


def _tested(described: Estimate, pairs: "Pairs") -> Estimate:
    import numpy
    from scipy import stats

    before, after = numpy.asarray(pairs, dtype=float).T
    test = stats.ttest_rel(after, before)
    interval = test.confidence_interval(0.95)
    return replace(
        described,
        se=described.sd / math.sqrt(described.n),
        ci=(float(interval.low), float(interval.high)),
        t=float(test.statistic),
        df=int(test.df),
        p=float(test.pvalue),
        wilcoxon_p=_wilcoxon(after - before),
        correlation=_correlation(before, after),
    )


def _wilcoxon(changes) -> float:
    from scipy import stats

    # Asymptotic with continuity correction, zeros dropped: what R prints where there are ties or zeros.
    return float(stats.wilcoxon(changes, zero_method="wilcox", correction=True, method="asymptotic").pvalue)


def _correlation(before, after) -> float | None:
    from scipy import stats

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", stats.ConstantInputWarning)
        found = float(stats.pearsonr(before, after).statistic)
    return found if math.isfinite(found) else None


def _sized(tested: Estimate) -> Estimate:
    correction = hedges(tested.df)
    dz = tested.mean / tested.sd
    interval = dz_interval(t=tested.t, n=tested.n)
    return replace(
        tested,
        dz=dz,
        dz_ci=interval,
        dav=tested.mean / ((tested.baseline_sd + tested.later_sd) / 2),
        g=dz * correction,
        g_ci=(interval[0] * correction, interval[1] * correction),
    )


def hedges(df: int) -> float:
    """The exact small-sample correction J (Hedges 1981, equation 6e), for two degrees of freedom or more."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2) - math.log(df / 2) / 2)


def dz_interval(*, t: float, n: int) -> tuple[float, float]:
    """The 95 % interval of dz from the noncentral t distribution (Steiger and Fouladi 1997)."""
    low, high = (_noncentrality(t, n - 1, tail) for tail in (0.975, 0.025))
    return low / math.sqrt(n), high / math.sqrt(n)


def _noncentrality(t: float, df: int, tail: float) -> float:
    """The noncentrality under which a t no larger than this has such a probability."""
    from scipy import optimize, special

    def off(place: float) -> float:
        return float(special.nctdtr(df, place, t)) - tail

    # The inverse gives seven digits, and the law itself gives the rest; far out the law is of no use.
    near = float(special.nctdtrinc(df, tail, t))
    low, high = near - FEW_DIGITS * (1 + abs(near)), near + FEW_DIGITS * (1 + abs(near))
    if not off(low) * off(high) < 0:
        return near
    return float(optimize.brentq(off, low, high, xtol=1e-13, rtol=1e-14))
