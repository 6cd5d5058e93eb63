import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation.analysis import reasons, reliable_change
from resilience.evaluation.analysis.frozen import Measure

WHO5 = Measure("who5", "who5", "WHO-5", (1, 2, 3, 4, 5), 0, 100, 0, 5, 1, cutoff=(">", 50))
PHQ8 = Measure("phq8", "phq8", "PHQ-8", tuple(range(1, 9)), 0, 24, 0, 3, -1, cutoff=("<", 10))


def test_the_standard_errors_are_those_of_jacobson_and_truax():
    """Jacobson and Truax 1991, p. 14: SD 7.5, reliability .80: SE 3.35, S_diff 4.74; 32.5 - 47.5 is RC -3.16."""
    spread = [47.5 - 7.5, 47.5, 47.5 + 7.5]  # three people whose SD is 7.5
    found = reliable_change.count([(score, score - 15) for score in spread], measure=PHQ8, reliability=0.80)

    assert found.sem == pytest.approx(3.35, abs=0.005)
    assert found.se_difference == pytest.approx(4.74, abs=0.005)
    assert -15 / found.se_difference == pytest.approx(-3.16, abs=0.005)
    assert (found.improved, found.worse, found.unchanged) == (3, 0, 0)


def test_a_change_of_exactly_the_threshold_is_no_reliable_change():
    # SD 10 and reliability .5: SEM 7.0711, S_diff 10, threshold 19.6.
    befores = [40.0, 50.0, 60.0]

    found = reliable_change.count(
        [(b, b + 19.6) for b in befores[:2]] + [(60.0, 79.7)], measure=WHO5, reliability=0.5
    )

    assert found.threshold == pytest.approx(19.6)
    assert (found.improved, found.unchanged) == (1, 2)


def test_lower_is_better_where_the_measure_says_so():
    found = reliable_change.count([(5.0, 20.0), (10.0, 10.0), (15.0, 0.0)], measure=PHQ8, reliability=0.84)

    assert (found.improved, found.worse, found.unchanged) == (1, 1, 1)


def test_crossing_the_cut_off_is_counted_both_ways():
    """Cases score 50 or less. Of five: two become well, of them one by more than error; one becomes a case."""
    pairs = [(20.0, 80.0), (48.0, 52.0), (60.0, 40.0), (70.0, 72.0), (30.0, 40.0)]

    found = reliable_change.count(pairs, measure=WHO5, reliability=0.81)

    assert (found.cases_before, found.became_well, found.became_case, found.recovered) == (3, 2, 1, 1)


def test_without_a_published_cut_off_nobody_is_a_case():
    measure = Measure("own", "own", "Own", (1,), 0, 10, 0, 10, 1)

    found = reliable_change.count([(1.0, 2.0), (3.0, 9.0)], measure=measure, reliability=0.9)

    assert (found.cases_before, found.recovered, found.cutoff_why) == (None, None, reasons.NO_CUTOFF)


@pytest.mark.parametrize(
    ("pairs", "reliability", "why"),
    [
        ([(1.0, 2.0)] * 12, None, reasons.NO_RELIABILITY),
        ([], 0.8, reasons.FEW_PAIRS),
        ([(1.0, 2.0)], 0.8, reasons.FEW_PAIRS),
        ([(4.0, 2.0)] * 12, 0.8, reasons.NO_VARIANCE),
    ],
    ids=["no reliability", "nobody", "one person", "all alike"],
)
def test_what_cannot_be_counted_says_why(pairs, reliability, why):
    found = reliable_change.count(pairs, measure=WHO5, reliability=reliability)

    assert (found.n, found.improved, found.why) == (len(pairs), None, why)


def test_a_share_has_an_interval_from_ten_pairs_on():
    nine = [(float(10 * place), float(10 * place + 5)) for place in range(9)]

    assert reliable_change.count(nine, measure=WHO5, reliability=0.8).improved_ci is None
    assert reliable_change.count([*nine, (95.0, 20.0)], measure=WHO5, reliability=0.8).improved_ci is not None


@pytest.mark.parametrize(
    ("side", "score", "well"),
    [(">", 50, False), (">", 51, True), (">=", 50, True), ("<", 10, False), ("<", 9, True), ("<=", 10, True)],
)
def test_the_healthy_side_is_the_one_the_cut_off_names(side, score, well):
    limit = 50 if ">" in side else 10
    measure = Measure("m", "m", "M", (1,), 0, 100, 0, 5, 1, cutoff=(side, limit))

    assert measure.is_well(score) is well


@given(
    st.lists(
        st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda p: (4.0 * p[0], 4.0 * p[1])), min_size=2
    )
)
def test_everyone_is_counted_once(pairs):
    found = reliable_change.count(pairs, measure=WHO5, reliability=0.81)

    if found.improved is not None:
        assert found.improved + found.worse + found.unchanged == len(pairs)
        assert found.recovered <= min(found.improved, found.became_well)
