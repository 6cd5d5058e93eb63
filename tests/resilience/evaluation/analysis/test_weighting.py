from dataclasses import replace

import pytest

from resilience.evaluation.analysis import weighting
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns

# Two professions, with and without a call: how many people, and how much each of them changed.
CELLS = (("nurse", 1, 30, 3.0), ("nurse", 0, 30, 1.0), ("doctor", 1, 10, 5.0), ("doctor", 0, 30, 2.0))


def cohort(cells):
    """Everybody begins alike; half of each cell changes by one more and half by one less than its mean."""
    rows = [
        (name, had, mean + (1 if place % 2 else -1)) for name, had, n, mean in cells for place in range(n)
    ]
    table = columns(
        {"t1": [4.0] * len(rows), "t2": [4 + change for _name, _had, change in rows]},
        calls=[had for _name, had, _change in rows],
        profession=[name for name, _had, _change in rows],
    )
    return replace(table, plan=replace(table.plan, covariates=("profession",)))


def test_weights_by_one_category_are_its_strata_by_their_size():
    """By hand: nurses differ by 2, doctors by 3; of a hundred people sixty are nurses: .6 x 2 + .4 x 3 = 2.4."""
    found = weighting.difference(cohort(CELLS), MOOD, "t2")

    assert (found.n, found.coached) == (100, 40)
    assert found.difference == pytest.approx(2.4)
    assert found.largest_weight == pytest.approx(4)
    assert found.ci[0] < 2.4 < found.ci[1]


def test_a_chance_of_one_in_two_hundred_weighs_two_hundred():
    """By hand, of 200 nurses and 60 doctors: with a call they changed by 9 and 3, without by 198/199 and 2.

    The error of strata by their size: how their differences spread, and the variance of each mean (of one nurse none).
    """
    cells = (("nurse", 1, 1, 10.0), ("nurse", 0, 199, 1.0), ("doctor", 1, 30, 3.0), ("doctor", 0, 30, 2.0))
    nurses, doctors, of_nurses, of_doctors = 9 - 198 / 199, 3 - 2, 200 / 260, 60 / 260
    whole = of_nurses * nurses + of_doctors * doctors
    spread = (of_nurses * (nurses - whole) ** 2 + of_doctors * (doctors - whole) ** 2) / 260
    means = of_nurses**2 * 4 * 100 * 99 / 199**2 / 199 + of_doctors**2 * (1 / 30 + 1 / 30)

    found = weighting.difference(cohort(cells), MOOD, "t2")

    assert found.largest_weight == pytest.approx(200)
    assert found.difference == pytest.approx(whole)
    assert found.se == pytest.approx((spread + means) ** 0.5)


def test_under_twenty_on_a_side_nothing_is_weighed():
    found = weighting.difference(cohort((("nurse", 1, 19, 3.0), ("nurse", 0, 30, 1.0))), MOOD, "t2")

    assert (found.difference, found.why) == (None, "fewer than 20 people on one side")


def test_where_a_column_tells_who_had_a_call_nothing_is_weighed():
    found = weighting.difference(cohort((("nurse", 1, 30, 3.0), ("doctor", 0, 30, 1.0))), MOOD, "t2")

    assert (found.difference, found.why) == (
        None,
        "not estimated: a column tells almost exactly who had a call",
    )


def test_the_error_is_that_of_the_library_which_searches_on_from_the_same_point():
    import numpy
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.regression.linear_model import OLS
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    found = weighting.difference(cohort(CELLS), MOOD, "t2")

    coached, changes, nurse = (
        numpy.array([one for cell in CELLS for one in cell_rows(cell)])[:, place] for place in range(3)
    )
    matrix = numpy.column_stack([numpy.ones(100), nurse])
    chance = Logit(coached, matrix).fit(disp=False)
    theirs = TreatmentEffect(OLS(changes, matrix), coached, results_select=chance).ipw().results_gmm
    assert (found.se, found.p) == pytest.approx((theirs.bse[0], theirs.pvalues[0]), rel=1e-9)


def cell_rows(cell):
    name, had, n, mean = cell
    return [(float(had), mean + (1 if place % 2 else -1), float(name == "nurse")) for place in range(n)]
