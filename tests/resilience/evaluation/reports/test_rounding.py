import pytest
from django.utils import translation

from resilience.evaluation.reports import rounding


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(2.345, 1, "2.3"), (-1.26, 1, "\u22121.3"), (-0.001, 2, "0.00"), (0.0, 1, "0.0"), (None, 1, "–")],
)
def test_a_figure_is_rounded_once_with_a_true_minus(value, decimals, printed):
    assert rounding.number(value, decimals) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.0004, "<.001"),
        (0.001, ".001"),
        (0.0231, ".023"),
        (0.5, ".500"),
        (0.99951, "1.000"),
        (1.0, "1.000"),
        (None, "–"),
    ],
)
def test_p_has_three_decimals(value, printed):
    assert rounding.p(value) == printed


def test_what_is_missing_is_a_dash():
    assert (
        rounding.count(None)
        == rounding.percent(None)
        == rounding.interval(None, 1)
        == rounding.share(None, None)
        == "–"
    )
    assert rounding.with_interval(None, None, 1) == rounding.with_spread(None, None, 1) == "–"


def test_pairs_of_figures_are_printed_together():
    assert rounding.with_interval(1.5, (0.25, 2.75), 2) == "1.50 (0.25 to 2.75)"
    assert rounding.with_spread(1.5, 0.5, 1) == "1.5 (0.5)"
    assert rounding.share(29, 100 * 29 / 41) == "29 (70.7%)"
    assert rounding.count(2090) == "2,090"


def test_figures_carry_the_marks_of_the_reports_language():
    with translation.override("fr"):
        assert rounding.number(-1234.5, 1) == "\u22121\xa0234,5"
        assert rounding.count(2090) == "2\u00a0090"
        assert rounding.percent(70.7) == "70,7\u00a0%"
        assert rounding.p(0.0231) == "0,023"
        assert rounding.p(0.0001) == "<0,001"
        assert rounding.interval((0.25, 2.75), 2) == "0,25 à 2,75"
        assert rounding.grouped(1234.5, 1) == "1\u00a0234,5"
