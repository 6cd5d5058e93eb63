from resilience.evaluation.analysis import reasons, responders
from resilience.evaluation.analysis.frozen import Measure

WHO5 = Measure("who5", "who5", "WHO-5", (1, 2, 3, 4, 5), 0, 100, 0, 5, 1, difference=10)
PHQ8 = Measure("phq8", "phq8", "PHQ-8", tuple(range(1, 9)), 0, 24, 0, 3, -1, difference=5)


def test_a_change_of_exactly_the_difference_counts():
    found = responders.count([(40.0, 50.0), (40.0, 49.0), (40.0, 30.0), (40.0, 31.0)], measure=WHO5)

    assert (found.n, found.better, found.worse, found.better_percent) == (4, 1, 1, 25.0)


def test_lower_is_better_where_the_measure_says_so():
    found = responders.count([(15.0, 10.0), (5.0, 10.0)], measure=PHQ8)

    assert (found.better, found.worse) == (1, 1)


def test_a_share_has_an_interval_from_ten_pairs_on():
    assert responders.count([(40.0, 60.0)] * 9, measure=WHO5).better_ci is None
    assert responders.count([(40.0, 60.0)] * 10, measure=WHO5).better_ci is not None


def test_without_a_difference_nobody_is_counted():
    measure = Measure("own", "own", "Own", (1,), 0, 10, 0, 10, 1)

    found = responders.count([(1.0, 9.0)], measure=measure)

    assert (found.better, found.why) == (None, reasons.NO_DIFFERENCE)


def test_nobody_twice_says_so():
    assert responders.count([], measure=WHO5).why == reasons.NO_ANSWERS
