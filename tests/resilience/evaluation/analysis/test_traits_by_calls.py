from dataclasses import replace

import pytest

from resilience.evaluation.analysis import traits_by_calls
from tests.factories import frozen_cohorts as cohorts


def test_both_sides_together_are_everybody_with_a_baseline():
    found = traits_by_calls.compare(cohorts.freeze(60).dataset)

    profession = found.categories["profession"]
    for side in ("coached", "not_coached"):
        told = sum(getattr(group, side) for group in profession.groups.values())
        assert told + getattr(profession.missing, side) == getattr(found.people, side).n
    assert found.people.coached.n + found.people.not_coached.n == 60


def test_a_share_is_of_those_of_its_side_who_told():
    found = traits_by_calls.compare(cohorts.freeze(60).dataset)

    groups = found.categories["profession"].groups.values()
    assert sum(group.coached_percent for group in groups) == pytest.approx(100)
    assert sum(group.not_coached_percent for group in groups) == pytest.approx(100)


def test_where_everybody_had_a_call_nothing_is_compared():
    found = traits_by_calls.compare(cohorts.freeze(40, coached=cohorts.ALL).dataset)

    assert found.people.not_coached.n == 0
    assert (found.categories, found.numbers) == ({}, {})


@pytest.mark.parametrize(
    ("first", "second"),
    [([5], [7]), ([5, 0], [0, 7]), ([0, 0], [3, 4]), ([6, 0, 0], [0, 4, 4])],
    ids=["one group", "nobody alike", "nobody told", "one group against two"],
)
def test_a_distance_that_is_not_defined_is_none(first, second):
    assert traits_by_calls.distance(first, second) is None


def test_sides_that_are_alike_are_at_no_distance():
    assert traits_by_calls.distance([4, 6, 10], [2, 3, 5]) == pytest.approx(0, abs=1e-7)


def test_numbers_are_described_on_either_side():
    data = cohorts.freeze(60).dataset
    known = replace(data, people=tuple(replace(one, numbers={"age": 30.0}) for one in data.people))

    age = traits_by_calls.compare(known).numbers["age"]

    assert (age.coached.mean, age.not_coached.median) == (30.0, 30.0)
    assert (age.smd, age.smd_why) == (None, "fewer than two people on one side, or no spread")
