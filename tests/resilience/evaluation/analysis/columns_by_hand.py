"""Columns typed in by hand: what an estimator reads, without a cohort around it."""

from dataclasses import replace

from resilience.evaluation.analysis.columns import Coded, Columns
from resilience.evaluation.analysis.frozen import Measure, Plan
from resilience.evaluation.analysis.turning import turn
from tests.factories import frozen_cohorts

MOOD = Measure("mood", "mood", "Mood", (1, 2), 0, 10, 0, 5, 1, timepoints=("t1", "t2", "t3"))


def columns(
    scores: dict[str, list[float]], *, calls: list[int] | None = None, plan: Plan | None = None, **traits: list[str]
) -> Columns:  # fmt: skip
    """A cohort with one measure: its scores by time point, and how many calls each person had."""
    import numpy

    empty, n = turn(frozen_cohorts.freeze(0).dataset), len(next(iter(scores.values())))
    nobody = numpy.zeros(n, dtype=bool)
    bare = replace(frozen_cohorts.PLAN, primary=("mood",), planned=("mood",), covariates=(), cost={})
    return replace(
        empty,
        plan=plan or bare,
        measures=(MOOD,),
        n=n,
        registered=n,
        flags=dict.fromkeys(empty.flags, ~nobody),
        modules=numpy.zeros(n, dtype=int),
        attended=numpy.array(calls or [0] * n),
        words={name: Coded.of([""] * n) for name in empty.words},
        traits={name: Coded.of(words) for name, words in traits.items()},
        numbers={},
        answered_at={key: ~numpy.isnan(numpy.array(column, dtype=float)) for key, column in scores.items()},
        scores={("mood", key): numpy.array(column, dtype=float) for key, column in scores.items()},
        context={},
        design={},
    )
