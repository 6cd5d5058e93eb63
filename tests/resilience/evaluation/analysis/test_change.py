import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from resilience.evaluation.analysis import change, reasons

# Student's sleep data (Cushny and Peebles 1905; R's datasets::sleep): the second drug is the baseline here, so that
# the change is the first minus the second, as R's t.test(extra ~ group, paired = TRUE) prints it.
FIRST = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
SLEEP = list(zip(SECOND, FIRST, strict=True))

scores = st.floats(min_value=0, max_value=100, allow_nan=False).map(lambda value: round(value, 1))
pairs = st.lists(st.tuples(scores, scores), min_size=10, max_size=60)


def test_the_paired_t_test_is_that_of_students_sleep_data():
    """R 4: t = -4.0621, df = 9, p-value = 0.002833, 95 percent interval -2.4598858 to -0.7001142, mean -1.58."""
    found = change.estimate(SLEEP)

    assert (found.n, found.df) == (10, 9)
    assert found.mean == pytest.approx(-1.58)
    assert found.t == pytest.approx(-4.0621, abs=5e-5)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert found.ci == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_wilcoxons_p_is_the_asymptotic_one_with_continuity_correction():
    """R's wilcox.test on the sleep data, which has a tie and a zero: p-value = 0.009091."""
    assert change.estimate(SLEEP).wilcoxon_p == pytest.approx(0.009091, abs=5e-7)


def test_the_effect_sizes_are_those_of_the_effectsize_manual():
    """R's effectsize manual, paired sleep data: dz -1.28 [-2.12, -0.41], g -1.17 [-1.94, -0.38]."""
    found = change.estimate(SLEEP)

    assert (round(found.dz, 2), tuple(round(end, 2) for end in found.dz_ci)) == (-1.28, (-2.12, -0.41))
    assert (round(found.g, 2), tuple(round(end, 2) for end in found.g_ci)) == (-1.17, (-1.94, -0.38))


def test_dav_divides_by_the_mean_of_both_standard_deviations():
    """By hand: the SDs are 1.789010 and 2.002249 (R's ?sleep), so -1.58 / 1.8956295 = -0.833496."""
    assert change.estimate(SLEEP).dav == pytest.approx(-0.833496, abs=5e-7)


@pytest.mark.parametrize(
    ("df", "printed"),
    [(2, 1 / math.sqrt(math.pi)), (3, math.sqrt(math.pi / 6)), (4, math.sqrt(2 / math.pi)), (9, 0.913875)],
)
def test_the_small_sample_correction_is_hedges_own(df, printed):
    """Hedges 1981, J Educ Stat 6, equation 6e, by hand: G(df/2) / (sqrt(df/2) G((df-1)/2)), G(1/2) being sqrt(pi).

    For 9: G(4.5) is 105/16 sqrt(pi) = 11.631728, G(4) is 6, so 11.631728 / (2.121320 x 6) = 0.913875.
    """
    assert change.hedges(df) == pytest.approx(printed, abs=5e-7)


def test_nobody_twice_is_described_as_nobody():
    found = change.estimate([])

    assert (found.n, found.mean, found.p, found.why) == (0, None, None, reasons.FEW_PAIRS)


def test_one_pair_has_means_and_no_spread():
    found = change.estimate([(3.0, 5.0)])

    assert (found.n, found.baseline_mean, found.later_mean, found.mean, found.sd) == (1, 3.0, 5.0, 2.0, None)


def test_nine_pairs_are_described_and_ten_are_tested():
    nine, ten = change.estimate(SLEEP[:9]), change.estimate(SLEEP)

    assert (nine.why, nine.p, nine.ci, nine.dz) == ("fewer than 10 pairs", None, None, None)
    assert None not in (nine.mean, nine.sd)
    assert (ten.p is None, ten.why) == (False, None)


@pytest.mark.parametrize(("n", "caution"), [(29, reasons.SOME_PAIRS), (30, None)])
def test_fewer_than_thirty_pairs_carry_a_caution(n, caution):
    rows = [(float(place), float(place % 7)) for place in range(n)]

    assert change.estimate(rows).caution == caution


def test_equal_changes_are_described_but_cannot_be_tested():
    found = change.estimate([(float(place), place + 2.0) for place in range(12)])

    assert (found.mean, found.sd, found.p, found.dz, found.why) == (2.0, 0.0, None, None, reasons.SAME_CHANGE)


def test_a_flat_baseline_leaves_the_correlation_out_and_nothing_else():
    found = change.estimate([(5.0, float(place % 4)) for place in range(12)])

    assert found.correlation is None
    assert found.p is not None


@pytest.mark.parametrize(("t", "n"), [(600.0, 100_000), (1000.0, 10)])
def test_the_interval_of_dz_stays_a_number_far_out(t, n):
    low, high = change.dz_interval(t=t, n=n)

    assert low < t / math.sqrt(n) < high


@pytest.mark.parametrize(("t", "n"), [(-4.0621, 10), (0.0, 12), (2.2, 40), (9.3, 66), (14.0, 500)])
def test_under_the_limits_of_dz_a_t_like_this_one_has_the_chances_they_stand_for_to_ten_digits(t, n):
    for limit, chance in zip(change.dz_interval(t=t, n=n), (0.975, 0.025), strict=True):
        assert stats.nct.cdf(t, n - 1, limit * math.sqrt(n)) == pytest.approx(chance, abs=1e-10)


@given(pairs)
def test_exchanging_before_and_after_turns_every_sign(rows):
    found, turned = change.estimate(rows), change.estimate([(after, before) for before, after in rows])
    assume(found.p is not None)

    assert turned.dz == pytest.approx(-found.dz)
    assert turned.p == pytest.approx(found.p)
    assert turned.ci == pytest.approx((-found.ci[1], -found.ci[0]))


@given(pairs)
def test_the_interval_and_p_agree_about_five_per_cent(rows):
    found = change.estimate(rows)
    assume(found.p is not None and abs(found.p - 0.05) > 1e-9)

    assert (found.ci[0] > 0 or found.ci[1] < 0) == (found.p < 0.05)
    assert found.dz_ci[0] < found.dz < found.dz_ci[1]


@given(pairs, st.floats(min_value=0.1, max_value=50))
def test_dz_does_not_depend_on_the_unit(rows, unit):
    found = change.estimate(rows)
    assume(found.dz is not None and found.sd > 0.01)

    assert change.estimate([(unit * before, unit * after) for before, after in rows]).dz == pytest.approx(
        found.dz
    )
