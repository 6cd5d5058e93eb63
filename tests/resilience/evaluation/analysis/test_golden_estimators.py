"""Each estimator beside a figure that somebody else printed, or that was worked out by hand."""

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy
import pytest

from resilience.evaluation.analysis import (
    clustering,
    coached,
    coding,
    cost,
    describe,
    dose,
    leaving,
    missing,
    mixed,
    outcomes,
    regression,
    subgroups,
    traits_by_calls,
)
from resilience.evaluation.analysis.frozen import Call
from resilience.evaluation.analysis.turning import turn
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns

GOLDEN = Path(__file__).parents[3] / "golden"
PRINTED = tomllib.loads((GOLDEN / "estimators.toml").read_text())


def sleepstudy() -> numpy.ndarray:
    """Reaction times, a row a person and a column a day."""
    return numpy.loadtxt(GOLDEN / "sleepstudy.csv", delimiter=",")[:, 1:]


def test_each_figure_names_where_it_is_from():
    assert all(one["source"] for one in PRINTED.values())


def test_the_adjusted_difference_is_that_of_r():
    printed = PRINTED["mtcars"]
    table = columns({"t1": printed["wt"], "t2": printed["mpg"]}, calls=printed["am"])

    found = coached.difference(table, MOOD, "t2")

    assert (round(found.difference, 5), round(found.se, 5), round(found.p, 3)) == (
        printed["difference"],
        printed["se"],
        printed["p"],
    )


def test_the_robust_error_beside_a_covariate_is_the_one_worked_by_hand():
    printed = PRINTED["robust_error_with_a_covariate"]
    after, before, side = (numpy.array(printed[name], dtype=float) for name in ("after", "before", "side"))

    terms = regression.fit(after, {"one": numpy.ones(8), "before": before, "side": side}).terms

    assert (terms["side"].estimate, terms["before"].estimate) == pytest.approx(
        (printed["difference"], printed["slope"])
    )
    assert (terms["side"].se_hc3, terms["before"].se_hc3) == pytest.approx(
        (printed["se_side"], printed["se_slope"]), abs=1e-6
    )


def test_the_distance_of_two_sides_over_groups_is_the_one_worked_by_hand():
    printed = PRINTED["distance_over_groups"]

    three = traits_by_calls.distance(printed["coached"], printed["not_coached"])
    two = traits_by_calls.distance(printed["two_coached"], printed["two_not_coached"])

    assert (three, two) == pytest.approx((printed["distance"], printed["distance_of_two"]), abs=1e-6)


def test_the_robust_error_of_two_means_is_their_closed_form():
    """By hand: each residual over 1 - 1/n, so that each group adds its variance over n - 1."""
    after, sides = numpy.array([1.0, 2, 4, 9, 3, 5, 10, 14]), numpy.array([0, 0, 0, 0, 1, 1, 1, 1])

    found = regression.fit(after, {"one": numpy.ones(8), "side": sides}).terms["side"]

    parts = [after[sides == side].var(ddof=1) / 3 for side in (0, 1)]
    assert found.estimate == pytest.approx(4.0)
    assert found.se_hc3 == pytest.approx(math.sqrt(sum(parts)))


def test_without_the_robust_error_the_rest_is_the_same():
    after, sides = numpy.array([1.0, 2, 4, 9, 3, 5, 10, 14]), numpy.arange(8) > 3

    with_it = regression.fit(after, {"one": 1, "side": sides}).terms["side"]
    without = regression.fit(after, {"one": 1, "side": sides}, robust=False).terms["side"]

    assert without == replace(with_it, se_hc3=None, ci_hc3=None, p_hc3=None)


def test_the_slope_by_calls_is_that_of_r():
    printed = PRINTED["cars"]
    table = columns({"t1": [0.0] * 50, "t2": printed["dist"]}, calls=printed["speed"])

    found = dose.per_call(table, MOOD, "t2")

    assert (round(found.slope, 4), round(found.se, 4)) == (printed["slope"], printed["se"])
    assert found.p == pytest.approx(printed["p"], rel=0.005)
    assert found.groups["10"].n == 3


def test_the_difference_between_groups_is_that_of_r():
    printed = PRINTED["plant_growth"]
    parts = {name: numpy.array(printed[name]) for name in ("ctrl", "trt1", "trt2")}

    p, why = subgroups.interaction(parts)

    assert (round(p, 5), why) == (printed["p"], None)


def test_the_mixed_model_is_that_of_lme4():
    printed, times = PRINTED["sleepstudy"], sleepstudy()
    matrix = numpy.column_stack([numpy.ones(180), numpy.tile(numpy.arange(10.0), 18)])

    found = mixed.fitted(times.ravel(), matrix, numpy.repeat(numpy.arange(18), 10))

    assert found.fe_params == pytest.approx([printed["intercept"], printed["slope"]], abs=1e-4)
    assert found.bse_fe == pytest.approx([printed["intercept_se"], printed["slope_se"]], abs=1e-4)
    assert float(found.cov_re[0, 0]) == pytest.approx(printed["participant_variance"], abs=0.1)
    assert found.scale == pytest.approx(printed["residual_variance"], abs=0.1)


def test_the_model_over_time_of_people_who_miss_nothing_is_analysis_of_variance():
    """In balanced data REML is the mean squares: three days of the sleep study, twice, so that there are 36 people."""
    times = numpy.vstack([sleepstudy()[:, :3], sleepstudy()[:, 3:6]])
    table = columns({key: list(times[:, place]) for place, key in enumerate(("t1", "t2", "t3"))})

    found = mixed.over_time(table, MOOD)

    people, days = times.mean(axis=1, keepdims=True), times.mean(axis=0, keepdims=True)
    residual = float(((times - people - days + times.mean()) ** 2).sum()) / (35 * 2)
    between = (3 * float(people.var(ddof=1)) - residual) / 3
    assert (found.participants, found.observations, found.law) == (36, 108, "t")
    assert found.terms["t3"].estimate == pytest.approx(
        float(times[:, 2].mean() - times[:, 0].mean()), rel=1e-4
    )
    assert found.terms["t3"].se == pytest.approx(math.sqrt(2 * residual / 36), rel=1e-3)
    assert found.variance.residual == pytest.approx(residual, rel=1e-3)
    assert found.variance.participant == pytest.approx(between, rel=1e-3)


def test_likeness_within_groups_is_shrout_and_fleiss():
    printed = PRINTED["shrout_and_fleiss"]
    ratings = numpy.array(printed["targets"], dtype=float)

    icc, _why = clustering.intraclass(ratings.ravel(), numpy.repeat(numpy.arange(6), 4))

    assert round(icc, 2) == printed["icc"]


def test_alpha_of_two_coders_is_krippendorffs():
    printed = PRINTED["krippendorff"]
    rows = [
        (str(place), coder, {"theme": bool(value)})
        for coder in ("meg", "owen")
        for place, value in enumerate(printed[coder])
    ]

    found = coding.agree(coding.tabulate(rows))["theme"]

    assert (found.n, found.coder_a, found.coder_b, found.both) == (10, 2, 4, 1)
    assert round(found.krippendorff_alpha, 3) == printed["alpha"]


def test_kappa_is_that_of_the_table():
    printed = PRINTED["kappa"]

    assert coding.kappa(printed["cells"]) == pytest.approx(printed["kappa"])


@pytest.mark.parametrize(("case", "exact"), [("mcnemar", False), ("mcnemar_exact", True)])
def test_people_who_moved_are_compared_as_by_mcnemar(case, exact):
    printed = PRINTED[case]

    assert leaving.mcnemar(printed["cells"], exact=exact) == pytest.approx(printed["p"], rel=2e-3)


def test_skew_is_worked_out_by_hand():
    assert describe.skew(numpy.array(PRINTED["skew"]["values"], dtype=float)) == pytest.approx(
        PRINTED["skew"]["skew"], abs=1e-6
    )


def test_what_calls_cost_is_worked_out_by_hand(five):
    prices = {"coach_rate_per_hour": 40, "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 500}
    table = turn(replace(five, plan=replace(five.plan, cost=prices)))

    found = cost.work_out(table, outcomes.summarise(table))

    assert (found.coaching, found.total) == pytest.approx(
        (PRINTED["cost"]["coaching"], PRINTED["cost"]["total"])
    )
    assert found.per_coached == pytest.approx(44)
    assert found.per_started == pytest.approx(588 / 4)
    assert found.per_completer == pytest.approx(588 / 3)


def test_without_the_minutes_of_calls_there_is_no_cost(five):
    people = tuple(replace(one, calls_attended=2) for one in five.people)
    told = replace(five, people=people, calls=(), plan=replace(five.plan, cost={"coach_rate_per_hour": 40}))

    found = cost.work_out(turn(told), outcomes.summarise(told))

    assert (found.coaching, found.why) == (None, "no minutes of calls")


def test_the_interval_of_cost_over_improvers_is_that_of_the_number_of_improvers():
    """Where everybody costs the same only their number varies: 40 of 100, binomial 2.5 % points 31 and 50."""
    improved = numpy.arange(100) < 40

    low, high = cost.interval(numpy.full(100, 10.0), improved, fixed=0)

    assert 1000 / high == pytest.approx(31, abs=1)
    assert 1000 / low == pytest.approx(50, abs=1)


def test_a_resample_without_improvers_is_endless_even_where_nothing_was_spent():
    improved = numpy.array([True, *[False] * 29])

    assert cost.interval(numpy.zeros(30), improved, fixed=0) is None


def test_where_too_many_resamples_have_no_improver_there_is_no_interval():
    assert cost.interval(numpy.full(30, 10.0), numpy.arange(30) < 1, fixed=0) is None


def test_the_odds_of_being_lost_are_woolfs():
    printed = PRINTED["odds"]
    groups = [
        (1, math.nan, printed["lost_coached"]), (1, 5.0, printed["kept_coached"]),
        (0, math.nan, printed["lost_others"]), (0, 5.0, printed["kept_others"]),
    ]  # fmt: skip
    calls = [had for had, _after, n in groups for _ in range(n)]
    after = [later for _had, later, n in groups for _ in range(n)]
    table = columns({"t1": [4.0] * 100, "t2": after}, calls=calls)

    found = missing.predictors(table, "t2").odds["coached"]

    reach = 1.959964 * printed["log_se"]
    assert found.odds_ratio == pytest.approx(printed["odds_ratio"], abs=1e-5)
    assert numpy.log(found.ci) == pytest.approx([math.log(1 / 3) - reach, math.log(1 / 3) + reach], abs=1e-4)


def test_a_call_counts_for_the_coach_who_held_the_first(five):
    calls = (
        Call("ann", "x", "CANCELLED", 0),
        Call("ann", "y", "FULFILLED", 9),
        Call("ann", "x", "FULFILLED", 9),
    )
    table = turn(replace(five, calls=calls))

    coaches = clustering.first_coach(table)

    assert table.calls.coach.labels[coaches[0]] == "y"
    assert list(coaches[1:]) == [-1] * 4


@pytest.mark.parametrize(
    ("columns", "full"),
    [([[1, 1, 1], [1, 2, 3]], True), ([[1, 1, 1], [2, 2, 2]], False), ([[1, 1, 1], [0, 0, 0]], False)],
    ids=["two of their own", "one twice", "an empty one"],
)  # fmt: skip
def test_a_column_that_is_a_sum_of_others_is_noticed(columns, full):
    assert regression.is_full_rank(numpy.array(columns, dtype=float).T) is full


def test_somebody_alone_in_a_group_has_no_robust_error():
    """Their residual is nought whatever they say: the leverage is one."""
    after, alone = numpy.array([1.0, 2, 4, 9]), numpy.array([0, 0, 0, 1])

    found = regression.fit(after, {"one": numpy.ones(4), "alone": alone}).terms["alone"]

    assert found.se > 0
    assert (found.se_hc3, found.p_hc3) == (None, None)
    assert found.hc3_why.startswith("somebody is alone")
