import numpy

from resilience.evaluation.analysis import regressors
from tests.resilience.evaluation.analysis.columns_by_hand import columns

SITES = ["ICU"] * 3 + ["St Mary's"] * 2


def test_the_group_that_the_others_are_set_against_is_the_commonest_of_these_rows():
    table = columns({"t1": [1.0] * 5}, site=SITES)
    last = numpy.array([False, False, True, True, True])

    assert regressors.references(table, ("site",), numpy.ones(5, dtype=bool)) == {"site": "ICU"}
    assert regressors.references(table, ("site",), last) == {"site": "St Mary's"}
    assert set(regressors.columns(table, ("site",), last)) == {"site=ICU"}


def test_a_category_that_is_the_same_for_everyone_here_has_none():
    table = columns({"t1": [1.0] * 5}, site=SITES)

    assert regressors.references(table, ("site", "age"), numpy.arange(5) < 3) == {}
