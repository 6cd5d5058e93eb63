"""All time points and all available data in one model: score by time, with an intercept of each person's own.

REML by statsmodels. Its p values are Wald's; under 40 people they are from t with one degree of freedom fewer than
there are people. No other shape of error is offered: an unstructured one is not in the library.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import mixed_start, reasons, regression
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Measure

if TYPE_CHECKING:
    from numpy import ndarray

MOST_PEOPLE = 2_000
SEED = 20201334
T_BELOW = 40
NO_VARIANCE = 1e-4  # of the residual variance
INTERCEPT, COACHED = "intercept", "coached"
NORMAL, T = "normal", "t"


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient: the mean at baseline, or the difference from it."""

    estimate: float
    se: float
    ci: tuple[float, float]
    p: float


@dataclass(frozen=True, slots=True)
class Variance:
    """Between people, and within a person from one time point to the next."""

    participant: float
    residual: float


@dataclass(frozen=True, slots=True)
class Model:
    """`sampled_from` is how many people there are: where it is more than those in it, they were drawn by chance.

    `law` is that of the p values: the normal law, or t with one degree of freedom fewer than there are people.
    """

    participants: int
    observations: int
    sampled_from: int
    law: str
    terms: Mapping[str, Term] = field(default_factory=dict)
    variance: Variance | None = None
    why: str | None = None


def over_time(table: Columns, measure: Measure) -> Model:
    """Score by time point."""
    return _model(table, measure, by_coaching=False)


def by_coaching(table: Columns, measure: Measure) -> Model:
    """Score by time point, by call or none, and by both together."""
    return _model(table, measure, by_coaching=True)


def _model(table: Columns, measure: Measure, *, by_coaching: bool) -> Model:
    import numpy

    when = measure.due(table.plan)
    scores = numpy.column_stack([table.score(measure.key, one) for one in when] or [numpy.zeros(table.n)])
    known = ~numpy.isnan(scores) if when else numpy.zeros(scores.shape, dtype=bool)
    used = [place for place in range(len(when)) if known[:, place].any()]
    everyone = numpy.flatnonzero(known.any(axis=1))
    people = sample(everyone)
    told = {
        "participants": len(people),
        "observations": int(known[people].sum()),
        "sampled_from": len(everyone),
        "law": T if len(people) < T_BELOW else NORMAL,
    }
    if why := _refusal(table, people, used, by_coaching=by_coaching):
        return Model(**told, why=why)
    row, place = numpy.nonzero(known[people])
    columns = _columns([when[one] for one in used], [place == one for one in used])
    if by_coaching:
        columns = _crossed(columns, table.coached[people][row].astype(float))
    return _fitted(told, scores[people][known[people]], columns, row)


def sample(everyone: "ndarray") -> "ndarray":
    import numpy

    if len(everyone) <= MOST_PEOPLE:
        return everyone
    drawn = numpy.random.default_rng(SEED).choice(len(everyone), MOST_PEOPLE, replace=False)
    return everyone[numpy.sort(drawn)]


def _refusal(table: Columns, people: "ndarray", used: list[int], *, by_coaching: bool) -> str | None:
    if len(people) < reasons.FEWEST_PEOPLE_IN_A_MODEL:
        return reasons.FEW_MODEL_PEOPLE
    if len(used) < 2:
        return reasons.ONE_TIMEPOINT
    coached = int(table.coached[people].sum())
    if by_coaching and min(coached, len(people) - coached) < 2:
        return reasons.ONE_SIDE
    return None


def _columns(when: list[str], at: list["ndarray"]) -> dict[str, "ndarray"]:
    import numpy

    later = {name: column.astype(float) for name, column in zip(when[1:], at[1:], strict=True)}
    return {INTERCEPT: numpy.ones(len(at[0])), **later}


def _crossed(columns: dict[str, "ndarray"], coached: "ndarray") -> dict[str, "ndarray"]:
    later = {f"{name}:{COACHED}": column * coached for name, column in columns.items() if name != INTERCEPT}
    return {**columns, COACHED: coached, **later}


def fitted(outcome: "ndarray", matrix: "ndarray", groups: "ndarray", random: "ndarray | None" = None) -> Any:
    """The library's REML fit by lbfgs with one random column, an intercept where none is given. Raises NotFitted."""
    import numpy
    from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

    column = numpy.ones(len(outcome)) if random is None else random
    if not regression.is_full_rank(matrix):
        raise NotFitted(reasons.CANNOT_BE_TOLD_APART)
    if _is_exact(outcome, matrix, groups):
        raise NotFitted(reasons.EXACT_FIT)
    coefficients, ratio = mixed_start.find(outcome, matrix, groups, column)
    start = MixedLMParams.from_components(
        fe_params=coefficients, cov_re=numpy.array([[max(ratio, NO_VARIANCE)]])
    )
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they say is asked of the result below
            model = MixedLM(outcome, matrix, groups=groups, exog_re=column[:, None])
            found = model.fit(start_params=start, reml=True, method="lbfgs")
    except numpy.linalg.LinAlgError as trouble:
        # The columns were found to be of full rank: it is the variance between people that went to nothing.
        raise NotFitted(reasons.MODEL_SINGULAR) from trouble
    except ValueError as trouble:
        raise NotFitted(reasons.MODEL_NOT_CONVERGED) from trouble
    return _sound(found, matrix.shape[1])


class NotFitted(Exception):
    """The model has no trustworthy figures; the message is the reason that stands beside them."""


def _is_exact(outcome: "ndarray", matrix: "ndarray", groups: "ndarray") -> bool:
    """Whether nothing is left of the outcome within groups once the columns are known."""
    import numpy

    sizes = numpy.maximum(numpy.bincount(groups), 1)
    inside = [
        column - (numpy.bincount(groups, weights=column) / sizes)[groups] for column in (outcome, *matrix.T)
    ]
    left, *columns = inside
    table = numpy.column_stack(columns)
    left = left - table @ numpy.linalg.lstsq(table, left, rcond=None)[0]
    return float(left @ left) <= 1e-12 * max(float(((outcome - outcome.mean()) ** 2).sum()), 1e-12)


def _sound(found: Any, terms: int) -> Any:
    import numpy

    if float(found.cov_re[0, 0]) < NO_VARIANCE * float(found.scale):
        raise NotFitted(reasons.MODEL_SINGULAR)
    if not found.converged:
        raise NotFitted(reasons.MODEL_NOT_CONVERGED)
    if not numpy.isfinite(numpy.asarray(found.bse_fe)[:terms]).all():
        raise NotFitted(reasons.MODEL_NOT_CONVERGED)
    return found


def _fitted(told: dict, outcome: "ndarray", columns: dict[str, "ndarray"], groups: "ndarray") -> Model:
    import numpy
    from scipy import stats

    try:
        found = fitted(outcome, numpy.column_stack(list(columns.values())), groups)
    except NotFitted as why:
        return Model(**told, why=str(why))
    law = stats.t(told["participants"] - 1) if told["law"] == T else stats.norm()
    pairs = zip(columns, numpy.asarray(found.fe_params), numpy.asarray(found.bse_fe), strict=True)
    return Model(
        **told,
        terms={name: term(float(estimate), float(error), law) for name, estimate, error in pairs},
        variance=Variance(float(found.cov_re[0, 0]), float(found.scale)),
    )


def term(estimate: float, error: float, law: Any) -> Term:
    """A coefficient with its interval and p value by a law of scipy's."""
    reach = float(law.ppf(0.975)) * error
    return Term(
        estimate, error, (estimate - reach, estimate + reach), float(2 * law.sf(abs(estimate / error)))
    )
