from dataclasses import replace

from resilience.evaluation.analysis import leaving
from resilience.evaluation.analysis.columns import Items
from tests.resilience.evaluation.analysis.columns_by_hand import columns

JOB_KEY = "leaving.job"


def asked(pairs):
    """People's answers before and later, 1 to 5."""
    import numpy

    from resilience.evaluation.analysis.frozen import Measure

    before, later = zip(*pairs, strict=True)
    table = columns({"t1": list(before), "t2": list(later)})
    measure = Measure(JOB_KEY, "leaving", "Plans to leave", (1,), 1, 5, 0, 5, -1, timepoints=("t1", "t2"))
    items = Items(numpy.arange(3), (1,), numpy.array([[0.0], [4.0], [0.0]]))
    scores = {(JOB_KEY, when): column for (_key, when), column in table.scores.items()}
    return replace(table, measures=(measure,), scores=scores, items={("leaving", "t2"): items})


def test_the_two_highest_answers_mean_to_leave_and_who_left_is_counted_apart():
    found = leaving.summarise(asked([(4, 2)] * 10 + [(5, 5)] * 2 + [(1, 4)] * 4 + [(3, 3)] * 17))[JOB_KEY][
        "t2"
    ]

    assert (found.before.n, found.later.n, found.n) == (12, 6, 33)
    assert (found.stopped, found.began, found.already_left) == (10, 4, 2)
    assert (round(found.p, 6), found.exact) == (0.179565, True)  # by hand in golden/estimators.toml


def test_where_nobody_moved_nothing_is_tested():
    found = leaving.summarise(asked([(3, 3)] * 12))[JOB_KEY]["t2"]

    assert (found.p, found.why) == (None, "nobody moved")
