"""Models once more: least squares by the normal equations, the mixed model by profiling its likelihood by hand."""

import math
from collections import Counter

import numpy as np
from scipy import optimize, special

from tests.proofs.recomputing.changes import described
from tests.proofs.recomputing.reading import Pack

Found = dict[str, object]
NO_DIFFERENCE = 2e-5  # between people, over that within them: then the fit is singular


def coached_difference(pack: Pack, key: str, later: str) -> Found:
    """The later score by calls, baseline and the plan's covariates."""
    rows = [row for row in pack.pairs(key, later) if known(pack, row[0])]
    coached = np.array([who in pack.coached for who, _before, _after in rows], dtype=float)
    before, after = (np.array([row[place] for row in rows], dtype=float) for place in (1, 2))
    left_out = len(pack.pairs(key, later)) - len(rows)
    found: Found = {"n": len(rows), "coached": int(coached.sum()), "left_out": left_out}
    if len(rows):
        sides = (coached == 1, coached == 0)
        names = ("change_coached", "change_not_coached")
        found |= {
            name: float((after - before)[s].mean()) if s.any() else None
            for name, s in zip(names, sides, strict=True)
        }
    if len(rows) < 10 or min(coached.sum(), len(rows) - coached.sum()) < 2:
        return found
    others = columns_of(pack, [row[0] for row in rows]).values()
    matrix = np.column_stack([np.ones(len(rows)), before, coached, *others])
    fitted = least_squares(after, matrix, 2)
    if fitted is None:
        return found
    names = {"estimate": "difference"}
    found |= {names.get(name, name): value for name, value in fitted.items()}
    found["standardised"] = fitted["estimate"] / described(list(before))["sd"]
    slopes = least_squares(after, np.column_stack([matrix, before * coached]), matrix.shape[1])
    return found | ({"slopes_p": slopes["p"]} if slopes else {}) | _adjusted_means(after, matrix)


def _adjusted_means(after: np.ndarray, matrix: np.ndarray) -> Found:
    """What both sides would have scored, all else at the mean of everybody."""
    coefficients = np.linalg.lstsq(matrix, after, rcond=None)[0]
    means = matrix.mean(axis=0)
    both = {}
    for name, coached in (("adjusted_coached", 1.0), ("adjusted_not_coached", 0.0)):
        means[2] = coached
        both[name] = float(means @ coefficients)
    return both


def per_call(pack: Pack, key: str, later: str) -> Found:
    """Change by the number of calls."""
    return _per(pack, key, later, pack.attended())


def per_module(pack: Pack, key: str, later: str) -> Found:
    """Change by the number of modules finished."""
    return _per(
        pack, key, later, {who: int(row["modules_completed"] or 0) for who, row in pack.people.items()}
    )


def _per(pack: Pack, key: str, later: str, dose: dict[str, int]) -> Found:
    pairs = pack.pairs(key, later)
    had = np.array([dose[who] for who, _before, _after in pairs], dtype=float)
    moved = np.array([after - before for _who, before, after in pairs])
    found: Found = {
        "n": len(pairs),
        "groups": {
            str(int(n)): {"n": int((had == n).sum()), "mean_change": float(moved[had == n].mean())}
            for n in np.unique(had)
        },
    }
    if len(pairs) < 10 or len(np.unique(had)) < 2:
        return found
    fitted = least_squares(moved, np.column_stack([np.ones(len(pairs)), had]), 1)
    return found | {
        name: fitted[key] for name, key in (("slope", "estimate"), ("se", "se"), ("ci", "ci"), ("p", "p"))
    }


def subgroups(pack: Pack, column: str, key: str, later: str) -> Found:
    """Change by group, and the F test of one-way analysis of variance."""
    parts: dict[str, list[float]] = {}
    for who, before, after in pack.pairs(key, later):
        if pack.people[who].get(column):
            parts.setdefault(pack.people[who][column], []).append(after - before)
    found: Found = {name: changed(part) for name, part in parts.items()}
    p = interaction(parts)
    return found if p is None else found | {"interaction_p": p}


def interaction(parts: dict[str, list[float]]) -> float | None:
    """The p of the F test: mean squares between groups over those within."""
    n, k = sum(map(len, parts.values())), len(parts)
    if k < 2 or n < 10:
        return None
    means = {name: math.fsum(part) / len(part) for name, part in parts.items()}
    grand = math.fsum(value for part in parts.values() for value in part) / n
    between = sum(len(part) * (means[name] - grand) ** 2 for name, part in parts.items()) / (k - 1)
    within = sum((value - means[name]) ** 2 for name, part in parts.items() for value in part) / (n - k)
    return float(special.fdtrc(k - 1, n - k, between / within))


def changed(part: list[float]) -> Found:
    """The mean change of a group, with Student's interval from ten people on."""
    told = described(part)
    found = {"n": len(part), "mean_change": told["mean"], "ci": None}
    if len(part) < 10:
        return found
    reach = special.stdtrit(len(part) - 1, 0.975) * told["sd"] / math.sqrt(len(part))
    return found | {"ci": [told["mean"] - reach, told["mean"] + reach]}


def least_squares(outcome: np.ndarray, matrix: np.ndarray, place: int) -> Found | None:
    """One coefficient with its classical and its HC3 error; None where the columns cannot be told apart."""
    n, k = matrix.shape
    if n <= k or np.linalg.matrix_rank(matrix) < k:
        return None
    inverse = np.linalg.inv(matrix.T @ matrix)
    coefficients = inverse @ matrix.T @ outcome
    left = outcome - matrix @ coefficients
    hat = np.einsum("ij,jk,ik->i", matrix, inverse, matrix)
    classical = inverse * (left @ left) / (n - k)
    estimate, se = float(coefficients[place]), math.sqrt(classical[place, place])
    found = {"estimate": estimate, "se": se} | _limits(estimate, se, n - k, "")
    if hat.max() > 1 - 1e-9:
        return found
    meat = matrix.T @ (matrix * ((left / (1 - hat)) ** 2)[:, None])
    robust = math.sqrt((inverse @ meat @ inverse)[place, place])
    return found | {"se_hc3": robust} | _limits(estimate, robust, n - k, "_hc3")


def _limits(estimate: float, se: float, df: int, suffix: str) -> Found:
    reach = float(special.stdtrit(df, 0.975)) * se
    p = 2 * float(special.stdtr(df, -abs(estimate / se)))
    return {f"ci{suffix}": [estimate - reach, estimate + reach], f"p{suffix}": p}


def mixed(pack: Pack, key: str, instrument: str, *, by_coaching: bool) -> Found:
    """Score by time, with an intercept of each person's own: REML, its likelihood profiled over one ratio."""
    when = [one for one in pack.asked_at(instrument) if pack.scores.get((key, one))]
    rows = [
        (who, place, value) for place, one in enumerate(when) for who, value in pack.scores[key, one].items()
    ]
    people = sorted({who for who, _place, _value in rows})
    found = {"participants": len(people), "sampled_from": len(people), "observations": len(rows)}
    if len(people) < 20 or len(when) < 2:
        return found
    names, columns = ["intercept", *when[1:]], [np.ones(len(rows))]
    columns += [
        np.array([float(place == one) for _who, place, _value in rows]) for one in range(1, len(when))
    ]
    if by_coaching:
        coached = np.array([float(who in pack.coached) for who, _place, _value in rows])
        names += ["coached", *(f"{one}:coached" for one in when[1:])]
        columns += [coached, *(column * coached for column in columns[1:])]
    outcome = np.array([value for _who, _place, value in rows])
    groups = np.array([people.index(who) for who, _place, _value in rows])
    fitted = restricted(outcome, np.column_stack(columns), groups, names, len(people))
    if fitted is None:
        return found
    return found | {
        "terms": fitted[0],
        "variance": dict(zip(("participant", "residual"), fitted[1], strict=True)),
    }


class Likelihood:
    """The restricted likelihood over the ratio of both variances, everything else profiled out.

    Within a group the inverse of 1 + ratio J is 1 - w J, with w = ratio / (1 + ratio size). A row whose group is -1
    belongs to none: nothing is shared there.
    """

    def __init__(self, outcome: np.ndarray, matrix: np.ndarray, groups: np.ndarray) -> None:
        self.outcome, self.matrix = outcome, matrix
        self.n, self.k = matrix.shape
        self.members = np.equal.outer(np.arange(groups.max() + 1), groups).astype(float)
        self.sizes, self.sums = self.members.sum(axis=1), self.members @ matrix

    def inner(self, ratio: float) -> np.ndarray:
        """X' V^-1 X."""
        weights = ratio / (1 + ratio * self.sizes)
        return self.matrix.T @ self.matrix - self.sums.T @ (self.sums * weights[:, None])

    def coefficients(self, ratio: float) -> np.ndarray:
        """Those that are best for a ratio."""
        weights, totals = ratio / (1 + ratio * self.sizes), self.members @ self.outcome
        return np.linalg.solve(
            self.inner(ratio), self.matrix.T @ self.outcome - self.sums.T @ (weights * totals)
        )

    def rest(self, ratio: float, coefficients: np.ndarray) -> tuple[float, np.ndarray]:
        """r' V^-1 r, and what is left over in each group."""
        left = self.outcome - self.matrix @ coefficients
        lefts = self.members @ left
        return float(left @ left - (ratio / (1 + ratio * self.sizes) * lefts) @ lefts), lefts

    def deviance(self, ratio: float, coefficients: np.ndarray | None = None) -> float:
        """Twice the negative log of the likelihood."""
        best = self.coefficients(ratio) if coefficients is None else coefficients
        spread = (self.n - self.k) * math.log(self.rest(ratio, best)[0])
        return (
            spread
            + float(np.log1p(ratio * self.sizes).sum())
            + float(np.linalg.slogdet(self.inner(ratio))[1])
        )

    def covariance(self, ratio: float, coefficients: np.ndarray) -> np.ndarray:
        """Of the coefficients, from the observed information of coefficients and ratio together."""
        rest, lefts = self.rest(ratio, coefficients)
        scale = (self.n - self.k) / rest
        cross = scale * self.sums.T @ (lefts / (1 + ratio * self.sizes) ** 2)
        step = 1e-3 * (
            ratio + 0.1
        )  # large beside the rounding of the deviance, small beside what it bends over
        ends = [self.deviance(ratio + move, coefficients) for move in (-step, 0.0, step)]
        curve = (ends[0] - 2 * ends[1] + ends[2]) / step**2 / 2
        return np.linalg.inv(scale * self.inner(ratio) - np.outer(cross, cross) / curve)


def restricted(
    outcome: np.ndarray, matrix: np.ndarray, groups: np.ndarray, names: list[str], people: int | None = None
) -> tuple[Found, tuple[float, float]] | None:
    """The terms, and the variances of groups and of the rest; None where groups do not differ. Few people: t."""
    law = Likelihood(outcome, matrix, groups)
    best = optimize.minimize_scalar(
        lambda log: law.deviance(math.exp(log)), bounds=(-12, 8), method="bounded", options={"xatol": 1e-12}
    )
    ratio = math.exp(best.x)
    if ratio < NO_DIFFERENCE:
        return None
    coefficients = law.coefficients(ratio)
    residual = law.rest(ratio, coefficients)[0] / (law.n - law.k)
    errors = np.sqrt(np.diag(law.covariance(ratio, coefficients)))
    df = people - 1 if people and people < 40 else None
    told = zip(names, coefficients, errors, strict=True)
    return {name: _term(float(b), float(e), df) for name, b, e in told}, (ratio * residual, residual)


def _term(estimate: float, se: float, df: int | None) -> Found:
    reach = float(special.stdtrit(df, 0.975) if df else special.ndtri(0.975)) * se
    ratio = -abs(estimate / se)
    p = 2 * float(special.stdtr(df, ratio) if df else special.ndtr(ratio))
    return {"estimate": estimate, "se": se, "ci": [estimate - reach, estimate + reach], "p": p}


def known(pack: Pack, who: str) -> bool:
    """Whether somebody gave every covariate of the plan."""
    return all(pack.people[who].get(name) for name in pack.meta["covariates"])


def columns_of(pack: Pack, who: list[str]) -> dict[str, np.ndarray]:
    """What the plan adjusts for: numbers as they are, ones and noughts for each group but the commonest."""
    found: dict[str, np.ndarray] = {}
    for name in pack.meta["covariates"]:
        values = [pack.people[one][name] for one in who]
        if name in ("age", "years_qualified"):
            found[name] = np.array(values, dtype=float)
            continue
        counts = Counter(values)
        reference = max(sorted(counts), key=lambda one: counts[one])
        for group in sorted(counts.keys() - {reference}):
            found[f"{name}={group}"] = np.array([float(value == group) for value in values])
    return found
