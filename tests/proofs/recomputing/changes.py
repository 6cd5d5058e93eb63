"""Scores and how they changed, each figure from its textbook formula: no test of a library is called for them."""

import math

import numpy as np
from scipy import optimize, special

from tests.proofs.recomputing.reading import SCALES, Pack, ends, turned

Found = dict[str, object]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def described(values: list[float]) -> Found:
    """Count, centre and spread, quartiles between neighbours."""
    ordered, n = sorted(values), len(values)
    if not n:
        return dict.fromkeys(("mean", "sd", "median", "q1", "q3")) | {"n": 0}
    mean = math.fsum(ordered) / n
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in ordered) / (n - 1)) if n > 1 else None
    q1, median, q3 = (_quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return {"n": n, "mean": mean, "sd": sd, "median": median, "q1": q1, "q3": q3}


def difference_of_means(first: list[float], second: list[float]) -> float | None:
    """Standardised by the root of the mean of both variances."""
    a, b = described(first), described(second)
    if a["sd"] is None or b["sd"] is None or not a["sd"] + b["sd"]:
        return None
    return (a["mean"] - b["mean"]) / math.sqrt((a["sd"] ** 2 + b["sd"] ** 2) / 2)


def scores_at(pack: Pack, key: str, instrument: str, scale: str | None, timepoint: str) -> Found:
    """Scores at one time point."""
    values = list(pack.scores.get((key, timepoint), {}).values())
    low, high = ends(pack, instrument, scale)
    told = described(values)
    share = (lambda part: 100 * part / len(values)) if values else (lambda part: None)
    return {name: told[name] for name in ("n", "mean", "sd", "median")} | {
        "at_floor_percent": share(sum(value <= low for value in values)),
        "at_ceiling_percent": share(sum(value >= high for value in values)),
        "not_scorable": pack.lost.get((key, timepoint), 0),
        "prorated": pack.filled.get((key, timepoint), 0),
        "skew": _skew(values),
    }


def _skew(values: list[float]) -> float | None:
    """The adjusted Fisher-Pearson skewness."""
    n, told = len(values), described(values)
    if n < 3 or not told["sd"]:
        return None
    third = math.fsum(((value - told["mean"]) / told["sd"]) ** 3 for value in values)
    return n * third / ((n - 1) * (n - 2))


def reliability(pack: Pack, instrument: str, scale: str | None) -> Found:
    """Alpha with Feldt's interval, over complete answers at the first time point that asked."""
    rows = complete_answers(pack, instrument, scale)
    n, k = len(rows), len(SCALES[instrument, scale][1])
    if k < 2 or n < 10:
        return {"n": n, "alpha": None, "alpha_ci": None}
    each = sum(described(list(column))["sd"] ** 2 for column in zip(*rows, strict=True))
    whole = described([sum(row) for row in rows])["sd"] ** 2
    alpha = k / (k - 1) * (1 - each / whole)
    first, second = n - 1, (n - 1) * (k - 1)
    limits = [1 - (1 - alpha) * special.fdtri(first, second, tail) for tail in (0.975, 0.025)]
    return {"n": n, "alpha": alpha, "alpha_ci": limits}


def complete_answers(pack: Pack, instrument: str, scale: str | None) -> list[list[float]]:
    """Whoever answered every item at the first time point that asked, reversed items turned."""
    items = SCALES[instrument, scale][1]
    told = pack.answers.get((instrument, pack.asked_at(instrument)[0]), {})
    return [
        [turned(pack, instrument, item, one[item]) for item in items]
        for one in told.values()
        if all(item in one for item in items)
    ]


def change(pack: Pack, key: str, later: str) -> Found:
    """The paired change from the first time point to a later one."""
    return moved([(first, second) for _who, first, second in pack.pairs(key, later)])


def moved(pairs: list[tuple[float, float]]) -> Found:
    """The change in pairs: t from its formula, the interval of dz by turning the noncentral t round."""
    n = len(pairs)
    before, after = described([a for a, _b in pairs]), described([b for _a, b in pairs])
    change = described([b - a for a, b in pairs])
    found = {
        "n": n,
        "baseline_mean": before["mean"],
        "baseline_sd": before["sd"],
        "later_mean": after["mean"],
        "later_sd": after["sd"],
        "mean": change["mean"],
        "sd": change["sd"],
    }
    if n < 10 or not change["sd"] > 1e-12:
        return found
    return found | _tested(pairs, before, after, change)


def _tested(pairs: list, before: Found, after: Found, change: Found) -> Found:
    n, mean, sd = len(pairs), change["mean"], change["sd"]
    se, df = sd / math.sqrt(n), n - 1
    t, reach = mean / se, special.stdtrit(df, 0.975) * se
    both = math.fsum((a - before["mean"]) * (b - after["mean"]) for a, b in pairs) / df
    small = math.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / math.sqrt(df / 2)
    limits = [_noncentral(df, t, share) / math.sqrt(n) for share in (0.975, 0.025)]
    return {
        "se": se,
        "ci": [mean - reach, mean + reach],
        "t": t,
        "df": df,
        "p": 2 * special.stdtr(df, -abs(t)),
        "wilcoxon_p": wilcoxon([b - a for a, b in pairs]),
        "correlation": both / (before["sd"] * after["sd"]) if before["sd"] * after["sd"] else None,
        "dz": mean / sd,
        "dz_ci": limits,
        "dav": mean / ((before["sd"] + after["sd"]) / 2),
        "g": mean / sd * small,
        "g_ci": [limit * small for limit in limits],
    }


def wilcoxon(changes: list[float]) -> float:
    """Signed ranks, zeros dropped, normal approximation with corrections for ties and continuity."""
    moved = sorted((value for value in changes if value), key=abs)
    n, sizes = len(moved), np.abs(moved)
    ranks = [float(np.mean(np.flatnonzero(sizes == size))) + 1 for size in sizes]
    up = math.fsum(rank for rank, value in zip(ranks, moved, strict=True) if value > 0)
    ties = [int((sizes == size).sum()) for size in np.unique(sizes)]
    variance = n * (n + 1) * (2 * n + 1) / 24 - sum(t**3 - t for t in ties) / 48
    away = up - n * (n + 1) / 4
    return min(1.0, 2 * float(special.ndtr(-(abs(away) - 0.5) / math.sqrt(variance))))


def adjusted(
    found: dict[tuple[str, str], float], firsts: set[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Holm over the primaries' first comparisons, Benjamini and Hochberg over the rest."""
    strict = sorted((place for place in found if place in firsts), key=found.get)
    rest = sorted((place for place in found if place not in firsts), key=found.get)
    result, high = {}, 0.0
    for number, place in enumerate(strict):
        high = max(high, min(1.0, (len(strict) - number) * found[place]))
        result[place] = high
    low = 1.0
    for number in range(len(rest), 0, -1):
        low = min(low, found[rest[number - 1]] * len(rest) / number)
        result[rest[number - 1]] = low
    return result


def reliable_change(pack: Pack, key: str, later: str, known: float | None) -> Found:
    """Who changed by more than 1.96 times the error of a difference, strictly."""
    pairs, direction = pack.pairs(key, later), pack.meta["direction"][key]
    found: Found = {"n": len(pairs), "reliability": known}
    spread = described([first for _who, first, _second in pairs])["sd"]
    if known is None or not 0 <= known <= 1 or not spread:
        return found
    sem = spread * math.sqrt(1 - known)
    limit = 1.96 * math.sqrt(2) * sem
    gains = [direction * (second - first) for _who, first, second in pairs]
    improved, worse = sum(gain > limit for gain in gains), sum(gain < -limit for gain in gains)
    found |= {
        "sem": sem,
        "se_difference": math.sqrt(2) * sem,
        "threshold": limit,
        "improved": improved,
        "worse": worse,
        "unchanged": len(pairs) - improved - worse,
        "improved_percent": 100 * improved / len(pairs),
        "improved_ci": wilson(improved, len(pairs)) if len(pairs) >= 10 else None,
    }
    return found | _crossings(pack, key, pairs, limit)


def _crossings(pack: Pack, key: str, pairs: list, limit: float) -> Found:
    if key not in pack.meta.get("cutoff", {}):
        return {}
    side, cut = pack.meta["cutoff"][key]
    direction = pack.meta["direction"][key]
    well = {
        ">": lambda x: x > cut,
        ">=": lambda x: x >= cut,
        "<": lambda x: x < cut,
        "<=": lambda x: x <= cut,
    }[side]
    moved = [(not well(a) and well(b), direction * (b - a) > limit) for _who, a, b in pairs]
    return {
        "cases_before": sum(not well(a) for _who, a, _b in pairs),
        "cases_after": sum(not well(b) for _who, _a, b in pairs),
        "became_well": sum(crossed for crossed, _large in moved),
        "became_case": sum(well(a) and not well(b) for _who, a, b in pairs),
        "recovered": sum(crossed and large for crossed, large in moved),
    }


def responders(pack: Pack, key: str, later: str) -> Found:
    """Whose change reached the difference that matters."""
    pairs, limit = pack.pairs(key, later), pack.meta.get("mcid", {}).get(key)
    if limit is None:
        return {"n": len(pairs), "difference": None}
    gains = [pack.meta["direction"][key] * (b - a) for _who, a, b in pairs]
    better = sum(gain >= limit for gain in gains)
    return {
        "difference": limit,
        "n": len(pairs),
        "better": better,
        "worse": sum(gain <= -limit for gain in gains),
        "better_percent": 100 * better / len(pairs) if pairs else None,
        "better_ci": wilson(better, len(pairs)) if len(pairs) >= 10 else None,
    }


def wilson(part: int, whole: int) -> list[float]:
    """Wilson's interval of a share, in per cent."""
    z = float(special.ndtri(0.975))
    share, more = part / whole, z * z / whole
    middle = (share + more / 2) / (1 + more)
    reach = z * math.sqrt(share * (1 - share) / whole + more / (4 * whole)) / (1 + more)
    return [max(0.0, 100 * (middle - reach)), min(100.0, 100 * (middle + reach))]


def _noncentral(df: int, t: float, share: float) -> float:
    """The noncentrality under which a t this large or smaller has this probability."""
    reach = 6 * math.sqrt(1 + t * t / (2 * df)) + 2
    return optimize.brentq(
        lambda nc: _below(df, t, nc) - share, t - reach, t + reach, xtol=1e-14, rtol=4 * np.finfo(float).eps
    )


def _below(df: int, t: float, nc: float) -> float:
    """P(T <= t) of the noncentral t: the normal probability, averaged over the chi law of the standard error."""
    low, high = max(0.0, 1 - 10 / math.sqrt(2 * df)), 1 + 14 / math.sqrt(2 * df)
    s = (high - low) / 2 * NODES + (high + low) / 2
    log = (
        math.log(2)
        + df / 2 * math.log(df / 2)
        - special.gammaln(df / 2)
        + (df - 1) * np.log(s)
        - df * s * s / 2
    )
    return float((high - low) / 2 * np.sum(WEIGHTS * np.exp(log) * special.ndtr(t * s - nc)))


def _quantile(ordered: list[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
