"""What stops a model from saying more than the data hold."""

import numpy
import pytest

from resilience.evaluation.analysis import clustering, mixed, mixed_start
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns


def scores(people: int, *, between: float = 1.0, within: float = 1.0):
    dice = numpy.random.default_rng(3)
    level = dice.normal(5, between, people)
    return {
        key: list(level + step + dice.normal(0, within, people))
        for step, key in enumerate(("t1", "t2", "t3"))
    }


def test_under_twenty_people_there_is_no_model():
    found = mixed.over_time(columns(scores(19)), MOOD)

    assert (found.terms, found.why) == ({}, "fewer than 20 people")


def test_people_who_do_not_differ_make_a_singular_model_that_is_said_to_be_one():
    alike = scores(40, between=0)
    mean = numpy.mean(list(alike.values()), axis=0)
    # Take away what people differ in: then there is less of it than chance alone would leave.
    flat = {key: list(numpy.array(column) - mean) for key, column in alike.items()}

    found = mixed.over_time(columns(flat), MOOD)

    assert found.variance is None
    assert found.why == "not estimated: the model found no difference between people (a singular fit)"


def test_a_model_that_fits_exactly_is_not_estimated():
    found = mixed.over_time(
        columns({"t1": [float(n) for n in range(30)], "t2": [n + 1.0 for n in range(30)]}), MOOD
    )

    assert found.why is not None
    assert found.terms == {}


def test_from_forty_people_the_normal_law_gives_the_p_values():
    assert [mixed.over_time(columns(scores(people)), MOOD).law for people in (39, 40)] == ["t", "normal"]


def test_a_large_cohort_is_drawn_from_by_a_seed_and_the_figure_says_so(monkeypatch):
    monkeypatch.setattr(mixed, "MOST_PEOPLE", 50)
    table = columns(scores(120))

    first, second = (mixed.over_time(table, MOOD) for _ in range(2))

    assert (first.participants, first.sampled_from) == (50, 120)
    assert first == second


def test_the_difference_by_coaching_is_that_of_the_sides_means_where_nobody_is_missing():
    table = columns(scores(60), calls=[1, 0, 0] * 20)

    found = mixed.by_coaching(table, MOOD)

    change = numpy.array(table.score("mood", "t3") - table.score("mood", "t1"))
    sides = change[table.coached].mean() - change[~table.coached].mean()
    assert list(found.terms) == ["intercept", "t2", "t3", "coached", "t2:coached", "t3:coached"]
    assert found.terms["t3:coached"].estimate == pytest.approx(sides, rel=1e-4)


def test_with_too_few_coaches_clustering_is_said_not_to_be_modelled(five):
    from resilience.evaluation.analysis.turning import turn

    found = clustering.of_change(turn(five), five.measures[0])

    assert found.partly_nested is None
    assert found.why == "fewer than 5 coaches with 5 people each: clustering by coach is not modelled"


@pytest.mark.parametrize("between", [0.3, 1, 4])
def test_the_search_begins_where_the_library_ends(between):
    """People with one, two or three answers: the walk along the ratio of variances finds what the library finds."""
    dice = numpy.random.default_rng(1)
    groups = numpy.repeat(numpy.arange(60), 3)[dice.random(180) < 0.8]
    groups = numpy.unique(groups, return_inverse=True)[1]
    matrix = numpy.column_stack([numpy.ones(len(groups)), dice.random(len(groups))])
    outcome = 5 + dice.normal(0, between, 60)[groups] + dice.normal(0, 1, len(groups))

    coefficients, ratio = mixed_start.find(outcome, matrix, groups, numpy.ones(len(groups)))

    found = mixed.fitted(outcome, matrix, groups)
    assert found.fe_params == pytest.approx(coefficients, rel=1e-4)
    assert float(found.cov_re[0, 0]) / found.scale == pytest.approx(ratio, rel=1e-3)
