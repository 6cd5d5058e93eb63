import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation.analysis import proportions


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_wilsons_interval_is_that_of_newcombes_table(part, whole, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 857-872, Table I, method 3."""
    assert proportions.wilson(part, whole) == pytest.approx((low, high), abs=0.005)


def test_nothing_has_no_interval():
    assert proportions.wilson(0, 0) is None


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_stays_within_nought_and_a_hundred(counts):
    low, high = proportions.wilson(*counts)

    assert 0 <= low <= 100 * counts[0] / counts[1] + 1e-9
    assert 100 * counts[0] / counts[1] - 1e-9 <= high <= 100
