"""A cohort as columns: scores in few bytes, answers read once."""

from dataclasses import replace

import numpy
import pytest

from resilience.evaluation import figures
from resilience.evaluation.analysis.columns import Items, Scores
from tests.resilience.evaluation.analysis.columns_by_hand import columns


@pytest.mark.parametrize(
    "column",
    [
        [1 / 3, numpy.nan, 10.0, 1 / 3, 0.0],
        [numpy.nan, numpy.nan],
        [],
        [place / 7 for place in range(1000)],
    ],
)
def test_scores_come_out_as_they_were_put_in_to_the_last_digit(column):
    given = numpy.array(column, dtype=float)

    found = Scores([(("mood", "t1"), given)])["mood", "t1"]

    assert numpy.array_equal(found, given, equal_nan=True)


def test_scores_of_a_scale_take_a_byte_each():
    scores = numpy.random.default_rng(1).integers(0, 28, size=100_000) / 9

    _values, codes = Scores([(("mood", "t1"), scores)])._kept["mood", "t1"]

    assert codes.nbytes == 100_000


class Walked(dict):
    """Answers that note how often somebody walks over all of them."""

    walks = 0

    def items(self):
        self.walks += 1
        return super().items()


def test_all_figures_read_the_answers_once():
    answers = Items(numpy.arange(12), (1, 2), numpy.ones((12, 2)))
    given = Walked({("mood", when): answers for when in ("t1", "t2")})
    scores = [float(place) for place in range(12)]

    figures.of_columns(replace(columns({"t1": scores, "t2": scores}), items=given))

    assert given.walks == 1
