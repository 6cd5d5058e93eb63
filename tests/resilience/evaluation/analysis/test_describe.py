import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation.analysis import describe, reasons


def test_quartiles_are_linear_between_neighbours():
    """By hand, R's type 7: of 1, 2, 3, 4 the quartiles stand at 1 + 3/4, 2.5 and 3 + 1/4."""
    found = describe.describe([4, 1, 3, 2])

    assert (found.q1, found.median, found.q3) == (1.75, 2.5, 3.25)


def test_the_standard_deviation_divides_by_one_less():
    """By hand: of 2, 4, 4, 4, 5, 5, 7, 9 the squares add up to 32, so the variance is 32/7."""
    assert describe.describe([2, 4, 4, 4, 5, 5, 7, 9]).sd == pytest.approx((32 / 7) ** 0.5)


def test_no_answers_and_one_answer_are_defined():
    nothing, one = describe.describe([]), describe.describe([4.0])

    assert (nothing.n, nothing.mean, nothing.why) == (0, None, reasons.NO_ANSWERS)
    assert (one.n, one.mean, one.median, one.sd, one.why) == (1, 4.0, 4.0, None, reasons.ONE_ANSWER)


def test_floor_and_ceiling_are_the_ends_of_the_scale():
    assert describe.ends([0, 0, 5, 10], low=0, high=10) == describe.Ends(50.0, 25.0)
    assert describe.ends([], low=0, high=10) == describe.Ends(None, None)


def test_a_share_of_nothing_is_no_share():
    assert describe.percent(0, 0) is None
    assert describe.percent(29, 41) == pytest.approx(70.73, abs=0.005)


def test_the_standardised_difference_divides_by_the_root_of_the_mean_variance():
    """By hand: means 3 and 1, variances 4 and 16 give 2 / sqrt(10)."""
    first = describe.Description(n=10, mean=3.0, sd=2.0)
    second = describe.Description(n=10, mean=1.0, sd=4.0)

    assert describe.standardised_difference(first, second) == pytest.approx(2 / 10**0.5)


@pytest.mark.parametrize(
    "second", [describe.Description(n=1, mean=1.0), describe.Description(n=4, mean=1.0, sd=0.0)]
)
def test_without_spread_there_is_no_standardised_difference(second):
    first = describe.Description(n=4, mean=3.0, sd=0.0)

    assert describe.standardised_difference(first, second) is None


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=2))
def test_centre_and_quartiles_are_in_order(values):
    found = describe.describe(values)

    assert min(values) <= found.q1 <= found.median <= found.q3 <= max(values)
    assert found.sd >= 0
