import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.evaluation.analysis import reasons, reliability
from resilience.evaluation.analysis.columns import Items
from resilience.evaluation.analysis.frozen import Measure
from tests.proofs.recomputing import factor

# Chatterjee and Price 1977, the supervisor performance data (R's datasets::attitude), thirty departments:
# rating, complaints, privileges, learning, raises, critical, advance.
ATTITUDE = [
    [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
    [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
    [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
    [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
    [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
    [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
    [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
    [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
    [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
    [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
]  # fmt: skip


def test_alpha_is_that_of_the_psych_manual():
    """R's psych::alpha(attitude): raw_alpha 0.84 over 30 rows and 7 items."""
    found = reliability.estimate(ATTITUDE)

    assert (found.n, round(found.alpha, 2)) == (30, 0.84)


def test_alpha_from_variances_is_bland_and_altmans():
    """Bland and Altman 1997, BMJ 314, 572: ten items, 11.16 and 77.44 give 10/9 x (1 - 11.16/77.44) = 0.95."""
    found = reliability.alpha_from_variances(items=10, items_variance=11.16, total_variance=77.44)

    assert found == pytest.approx(0.95, abs=0.005)


def test_feldts_interval_by_hand():
    """With 2 and 2 degrees of freedom F has the closed form p = F/(1+F), so its 2.5 % points are 39 and 1/39."""
    found = reliability.feldt_interval(alpha=0.5, people=3, items=2)

    assert found == pytest.approx((1 - 0.5 * 39, 1 - 0.5 / 39))


def test_omega_of_parallel_items_is_their_alpha():
    """Items with equal loadings and errors, uncorrelated by design: omega and alpha are one (McDonald 1999)."""
    dice = numpy.random.default_rng(7)
    basis, _ = numpy.linalg.qr(dice.normal(size=(60, 6)) - 0)
    basis -= basis.mean(axis=0)
    basis, _ = numpy.linalg.qr(basis)
    table = basis[:, :1] + 0.8 * basis[:, 1:5]
    found = reliability.estimate((20 * table).tolist())

    assert found.omega == pytest.approx(found.alpha, abs=1e-4)


def test_reversed_items_are_turned_and_incomplete_rows_left_out():
    answers = [[4, 1], [0, 5], [3, numpy.nan]]
    measure = Measure("mood", "mood", "Mood", (1, 2), 0, 10, 0, 5, 1, reversed=(2,))

    rows = reliability.complete(Items(numpy.arange(3), (1, 2), numpy.array(answers)), measure)

    assert rows.tolist() == [[4, 4], [0, 0]]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], reasons.FEW_PEOPLE),
        ([[1.0, 2.0]] * 9, reasons.FEW_PEOPLE),
        ([[1.0]] * 20, reasons.ONE_ITEM),
        ([[1.0, 2.0]] * 20, reasons.NO_VARIANCE),
    ],
    ids=["nobody", "nine people", "one item", "all alike"],
)
def test_what_cannot_be_estimated_says_why(rows, why):
    found = reliability.estimate(rows)

    assert (found.n, found.alpha, found.alpha_ci, found.why) == (len(rows), None, None, why)


def test_two_items_have_no_omega():
    found = reliability.estimate([[float(place % 5), float((place + place % 2) % 5)] for place in range(30)])

    assert (found.omega, found.omega_why) == (None, reasons.FEW_ITEMS)


def test_a_broken_factor_model_is_said_to_be_broken():
    """Two items are the same column: one of them has no variance of its own (a Heywood case)."""
    rows = [[float(place % 5), float(place % 5), float((3 * place) % 7)] for place in range(40)]

    found = reliability.estimate(rows)

    assert (found.omega, found.omega_why) == (None, reasons.NOT_CONVERGED)
    assert found.alpha is not None


@pytest.mark.parametrize("seed", [6, 11, 13, 14], ids=lambda seed: f"answers {seed}")
def test_omega_is_of_the_likeliest_factor_whichever_peak_is_met_first(seed):
    """Answers by chance have several factors that nearly fit. The oracle climbs from every item and every axis."""
    rows = numpy.random.default_rng(seed).integers(0, 4, (60, 8)).astype(float)

    found, wanted = reliability.estimate(rows).omega, factor.of_rows(rows)

    assert found == (wanted and pytest.approx(wanted, rel=1e-4))


def test_an_item_without_variance_leaves_omega_out():
    rows = [[float(place % 5), float((2 * place) % 5), 3.0] for place in range(40)]

    assert reliability.estimate(rows).omega is None


@settings(max_examples=30)  # each looks for a factor from 24 starts
@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=12, max_size=40))
def test_alpha_lies_within_its_interval(rows):
    found = reliability.estimate(rows)

    if found.alpha is not None:
        assert found.alpha_ci[0] <= found.alpha <= 1
        assert found.alpha <= found.alpha_ci[1] <= 1
