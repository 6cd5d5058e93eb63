from dataclasses import replace

import pytest

from resilience.evaluation.analysis import imputed
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns


def cohort(people: int, *, lost_below: float = 0):
    """Two in three rise by two, the others stay; every second one who began below `lost_below` has no later score."""
    before = [float(place % 10) for place in range(people)]
    later = [
        float("nan") if score < lost_below and place // 10 % 2 else score + (2.0 if place % 3 else 0.0)
        for place, score in enumerate(before)
    ]
    return columns({"t1": before, "t2": later})


def test_results_are_pooled_by_rubins_rules():
    """By hand: means 1, 2, 3 have variance 1, times 4/3; with 1/2 within, the total is 11/6.

    Of it 8/11 are between: 2 / (8/11)^2 = 3.78125 degrees of freedom for ever so many people, and with a hundred
    1 / (1/3.78125 + 1/(100/102 x 99 x 3/11)) = 3.3052.
    """
    import numpy

    mean, error, limits, df, _p = imputed.pool(
        numpy.array([1.0, 2.0, 3.0]), numpy.array([0.5, 0.5, 0.5]), people=100
    )

    assert (mean, error) == (2.0, pytest.approx((11 / 6) ** 0.5))
    assert df == pytest.approx(1 / (1 / 3.78125 + 1 / (100 / 102 * 99 * 3 / 11)))
    assert limits[0] < 2 < limits[1]


def test_without_anything_between_the_error_is_that_of_one_mean():
    import numpy

    _mean, error, _limits, df, _p = imputed.pool(numpy.array([2.0] * 20), numpy.array([0.25] * 20), people=50)

    assert (error, df) == (0.5, pytest.approx(50 / 52 * 49))


def test_scores_that_are_missing_by_the_baseline_are_filled_in_from_it():
    found = imputed.estimate(cohort(300, lost_below=3), MOOD)["t2"]

    assert (found.n, found.observed, found.sampled_from) == (300, 255, 300)
    assert found.mean == pytest.approx(4 / 3, abs=0.15)
    assert found.ci[0] < 4 / 3 < found.ci[1]


def test_the_same_scores_are_filled_in_alike():
    table = cohort(200, lost_below=3)

    assert imputed.estimate(table, MOOD) == imputed.estimate(table, MOOD)


def test_more_than_two_thousand_people_are_drawn_from_by_chance():
    found = imputed.estimate(cohort(2_500, lost_below=1), MOOD)["t2"]

    assert (found.n, found.sampled_from) == (2_000, 2_500)


def test_where_nothing_is_missing_nothing_is_filled_in():
    assert imputed.estimate(cohort(60), MOOD) is None


def test_only_primary_measures_are_looked_at_again():
    table = cohort(60, lost_below=3)

    assert imputed.estimate(replace(table, plan=replace(table.plan, primary=())), MOOD) is None


def test_of_fewer_than_thirty_pairs_nothing_is_filled_in():
    found = imputed.estimate(cohort(36, lost_below=6), MOOD)["t2"]

    assert (found.observed, found.mean) == (24, None)
    assert found.why == "fewer than 30 pairs, or people too alike to fill scores in from"


def test_where_every_change_is_the_same_there_is_no_error_to_pool():
    before = [float(place % 10) for place in range(900)]
    later = [score + 1 if place % 7 else float("nan") for place, score in enumerate(before)]

    assert (
        imputed.estimate(columns({"t1": before, "t2": later}), MOOD)["t2"].why == "every change is the same"
    )
