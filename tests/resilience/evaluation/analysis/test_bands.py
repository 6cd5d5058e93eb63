import pytest

from resilience.evaluation.analysis import bands, reasons
from resilience.evaluation.analysis.frozen import Measure

WHO5 = Measure("who5", "who5", "WHO-5", (1, 2, 3, 4, 5), 0, 100, 0, 5, 1)
ONE = Measure("one", "one", "One question", (1,), 1, 5, 1, 5, 1)


def test_each_band_holds_equally_many_of_the_possible_scores():
    """WHO-5 can be 0, 4, 8 ... 100: twenty-six scores, two to each of thirteen bands."""
    found = bands.edges(WHO5)

    assert len(found) == 14
    assert found[:2] == (-2.0, 6.0)
    assert found[-1] == 102.0


def test_a_single_question_has_a_band_for_each_answer():
    assert bands.edges(ONE) == (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)


def test_a_question_with_an_answer_that_is_no_score_has_bands_for_its_scores_alone():
    """Plans to leave run from 1 to 5; 0, "I have left", is no score."""
    leaving = Measure("leaving", "leaving", "Plans to leave", (1,), 1, 5, 0, 5, -1)

    assert bands.edges(leaving) == bands.edges(ONE)


def test_scores_are_counted_in_their_band_and_those_at_the_ends_stay_inside():
    found = bands.spread([1, 1, 2, 5, 5, 5, 3, 3, 3, 3], bands.edges(ONE))

    assert found.counts == (2, 1, 4, 0, 3)


def test_ways_are_told_in_classes_and_never_as_a_count():
    pairs = [(1, 2)] * 4 + [(2, 3)] * 7 + [(3, 3)] * 12

    assert bands.moves(pairs, bands.edges(ONE)).cells == ((0, 1, 1), (1, 2, 5), (2, 2, 10))


@pytest.mark.parametrize("people", [0, 1, 9])
def test_nothing_is_told_of_fewer_than_ten(people):
    assert bands.moves([(1, 2)] * people, bands.edges(ONE)) == bands.Moves(people, None, reasons.FEW_PAIRS)
    assert bands.spread([1] * people, bands.edges(ONE)) == bands.Spread(people, None, reasons.FEW_PEOPLE)
