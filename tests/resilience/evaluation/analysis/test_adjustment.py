import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.evaluation.analysis import adjustment

# Benjamini and Hochberg 1995, J R Statist Soc B 57, section 3.2: fifteen p values of a trial of thrombolysis.
FIFTEEN = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
)

ps = st.dictionaries(st.integers(), st.floats(min_value=0, max_value=1), min_size=1, max_size=20)


def test_benjamini_and_hochbergs_own_example_keeps_four():
    """Their text: the procedure rejects the four hypotheses with p up to .0095, at a rate of .05."""
    found = adjustment.benjamini_hochberg(dict(enumerate(FIFTEEN)))

    assert [found[place] <= 0.05 for place in range(15)] == [True] * 4 + [False] * 11
    assert found[3] == pytest.approx(0.0095 * 15 / 4)


def test_holm_keeps_three_of_them():
    """By hand: .0019 x 13 = .0247 stays, .0095 x 12 = .114 does not, and nothing after it can."""
    found = adjustment.holm(dict(enumerate(FIFTEEN)))

    assert [found[place] <= 0.05 for place in range(15)] == [True] * 3 + [False] * 12
    assert found[3] == pytest.approx(0.114)


def test_holm_by_hand():
    """.01 x 4, then .02 x 3, then .03 x 2, which must not be less than .06, then .04."""
    assert adjustment.holm({"a": 0.01, "b": 0.02, "c": 0.03, "d": 0.04}) == pytest.approx(
        {"a": 0.04, "b": 0.06, "c": 0.06, "d": 0.06}
    )


@pytest.mark.parametrize("method", [adjustment.holm, adjustment.benjamini_hochberg])
def test_nothing_asked_is_nothing_adjusted(method):
    assert method({}) == {}


@settings(max_examples=8)  # the library takes its time
@given(ps)
def test_an_adjusted_p_is_never_smaller_and_never_above_one(values):
    strict, loose = adjustment.holm(values), adjustment.benjamini_hochberg(values)

    assert all(
        values[key] <= loose[key] + 1e-12 and loose[key] <= strict[key] + 1e-12 <= 1 + 2e-12 for key in values
    )
