import math

from resilience.evaluation.analysis import last_score
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns

NONE = math.nan


def test_the_last_score_somebody_gave_stands_in_for_the_end():
    table = columns({"t1": [1, 2, 3, NONE], "t2": [4, 4, NONE, 9], "t3": [NONE, 7, NONE, 9]})

    found = last_score.estimate(table, MOOD)

    assert found.taken_from == {"t2": 1, "t3": 1}
    assert (found.change.n, found.change.mean) == (2, 4.0)


def test_with_one_later_time_point_it_would_be_the_pairs_again():
    from dataclasses import replace

    table = columns({"t1": [1, 2], "t2": [4, 4]})

    assert last_score.estimate(replace(table, plan=replace(table.plan, due=("t1", "t2"))), MOOD) is None
