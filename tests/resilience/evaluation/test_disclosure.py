import copy

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation import disclosure, figures
from tests.factories import frozen_cohorts

counts = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 60), max_size=8)


@pytest.fixture(scope="module")
def composed(snapshot):
    return figures.compose(snapshot, version="1")


@pytest.fixture
def raw(composed):
    """Figures that a test may change: no other sees it."""
    return copy.deepcopy(composed)


def test_a_small_group_is_null_and_marked_never_nought_and_never_left_out(raw):
    groups = disclosure.release(raw).figures["characteristics"]["profession"]["groups"]

    assert raw["characteristics"]["profession"]["groups"]["student"]["n"] == 6
    assert groups["student"] == {"n": None, "percent": None, "hidden": True}
    assert groups["nurse"]["n"] == 25


def test_a_single_small_group_takes_the_next_smallest_with_it():
    """Of 66 with 6, 10, 13 and 37 the 6 could be worked out from the total, so the 10 goes too."""
    assert disclosure.small({"a": 6, "b": 10, "c": 13, "d": 37}, threshold=10) == {"a", "b"}


def test_two_small_groups_that_add_up_to_too_few_take_a_third():
    assert disclosure.small({"a": 2, "b": 3, "c": 13, "d": 37}, threshold=10) == {"a", "b", "c"}


def test_nothing_is_hidden_where_every_group_is_large():
    assert disclosure.small({"a": 10, "b": 40}, threshold=10) == set()


@given(counts, st.integers(5, 15))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(groups, threshold):
    hidden = disclosure.small(groups, threshold=threshold)

    assert {name for name, n in groups.items() if n < threshold} <= hidden
    if hidden and hidden != set(groups):
        assert len(hidden) > 1
        assert sum(groups[name] for name in hidden) >= threshold


def test_without_hiding_the_small_group_could_be_worked_out():
    """The positive control: the total less the groups that are shown is the group that is not."""
    groups = {"a": 6, "b": 20, "c": 40}

    assert sum(groups.values()) - groups["b"] - groups["c"] == 6
    assert disclosure.small(groups, threshold=10) >= {"a", "b"}


def test_a_model_tells_nothing_of_a_time_point_at_which_one_side_is_too_small(raw):
    """Baseline, time and their product add up to the mean of the few without a call."""
    told = disclosure.release(raw).figures["measures"]["coping_confidence"]

    terms, beside = told["mixed_by_coaching"]["terms"], told["coached_difference"]
    hidden = {when for when, one in beside.items() if one.get("hidden")}
    assert hidden == {"t3", "t4"}
    assert all(terms[name].get("hidden") for when in hidden for name in (when, f"{when}:coached"))
    assert terms["t4"]["estimate"] is None
    assert isinstance(terms["t2:coached"]["estimate"], float)


def test_a_slope_goes_with_the_groups_that_it_was_drawn_through(raw):
    """With the mean of everybody it is the second equation for the means of two hidden groups."""
    raw = figures.plain(raw)
    told = _by_calls(raw, {"0": (18, 2.8), "1": (4, 5.0), "2": (40, 1.0)})
    assert _worked_out(told, "1", "2") == pytest.approx([5.0, 1.0])

    after = disclosure.release(raw).figures["measures"]["coping_confidence"]["per_call"]["t2"]

    assert [number for number, group in after["groups"].items() if group.get("hidden")] == ["1", "2"]
    assert [after[name] for name in ("slope", "se", "ci", "p")] == [None] * 4
    assert after["why"] == "some of the groups are too small to be shown"


def test_a_slope_is_told_where_every_group_is_large(raw):
    told = disclosure.release(raw).figures["measures"]["coping_confidence"]["per_call"]["t2"]

    assert isinstance(told["slope"], float)


def test_what_both_sides_changed_is_told_once_where_few_lack_a_covariate(raw):
    """Of all pairs and of those with every covariate: together they would tell what the two between them changed."""
    found = disclosure.release(raw).figures["measures"]["coping_confidence"]["coached_difference"]["t2"]

    assert 0 < found["left_out"] < 10
    assert (found["change_coached"], found["change_not_coached"]) == (None, None)
    assert isinstance(found["difference"], float)


def test_a_report_to_which_few_people_make_the_difference_is_named(raw):
    earlier = disclosure.release(raw).figures
    later = figures.plain(raw)
    later["measures"]["coping_confidence"]["change"]["t4"]["n"] += 3

    assert "close_to" not in disclosure.release(raw, before=[earlier]).figures["snapshot"]
    assert disclosure.release(later, before=[earlier]).figures["snapshot"]["close_to"] == [
        {"as_of": earlier["snapshot"]["as_of"], "people": 3}
    ]


@pytest.mark.parametrize("people", [1, 4, 5])
def test_of_fewer_than_five_people_nothing_is_told_even_of_a_whole_programme(people):
    few = disclosure.release(figures.compose(frozen_cohorts.freeze(people), version="1")).figures

    scores = few["measures"]["who5"]["scores"]["t1"]
    opinions = few["acceptability"]["1"]
    assert scores["n"] == people
    assert (scores["mean"] is None) == (people < 5)
    assert opinions["n"] < 5
    assert opinions["agree"] is None


def _by_calls(raw, groups):
    """Put groups of so many people and such a mean change into the figures, with the slope through them."""
    n, means = numpy.array(list(groups.values())).T
    numbers = numpy.array([float(number) for number in groups])
    found = raw["measures"]["coping_confidence"]["per_call"]["t2"]
    found["groups"] = {number: {"n": size, "mean_change": mean} for number, (size, mean) in groups.items()}
    found["slope"] = float(numpy.polyfit(numbers, means, 1, w=numpy.sqrt(n))[0])
    return found


def _worked_out(told, *hidden):
    """The means of two groups from a slope, the mean of everybody and the groups that are shown."""
    numbers = numpy.array([float(number) for number in told["groups"]])
    n, means = numpy.array([[one["n"], one["mean_change"]] for one in told["groups"].values()]).T
    away = numbers - numpy.average(numbers, weights=n)
    whole, bent = n @ means, told["slope"] * (n @ away**2)
    shown = numpy.array([number not in hidden for number in told["groups"]])
    known = numpy.array([(n * means)[shown].sum(), (n * away * means)[shown].sum()])
    weights = numpy.array([n[~shown], (n * away)[~shown]])
    return numpy.linalg.solve(weights, [whole, bent] - known).tolist()


def test_programme_totals_are_exact_however_small(raw):
    released = disclosure.release(raw).figures

    assert released["flow"]["withdrew"] == raw["flow"]["withdrew"] < 10
    assert released["delivery"] == raw["delivery"]


def test_both_sides_of_a_comparison_go_where_one_is_too_small(raw):
    few = figures.plain(raw)
    few["flow"]["coached"]["started"] = 4
    few["characteristics"]["scores"]["who5"]["coached"]["n"] = 4

    released = disclosure.release(few).figures

    # Everybody began, so the totals of the whole programme tell how many of either side did; nothing else is told.
    assert released["flow"]["not_coached"]["answered"] == {"t2": None, "t3": None, "t4": None}
    assert disclosure.is_hidden(released["flow"]["coached"])
    assert disclosure.is_hidden(released["flow"]["not_coached"])
    assert released["characteristics"]["scores"]["who5"]["not_coached"]["mean"] is None
    assert disclosure.is_hidden(released["characteristics"]["scores"]["who5"])


def test_the_figures_that_went_in_are_left_as_they_were(raw):
    before = figures.dump(raw)

    disclosure.release(raw)

    assert figures.dump(raw) == before


def test_a_plan_cannot_lower_the_threshold_below_five(raw):
    low = raw | {"plan": raw["plan"] | {"suppress_below": 4}}

    with pytest.raises(disclosure.ThresholdTooLow):
        disclosure.release(low)
