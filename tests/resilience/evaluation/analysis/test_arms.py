from dataclasses import replace

import pytest

from resilience.evaluation.analysis import arms, flow
from resilience.evaluation.analysis.columns import Coded
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns


def in_arms(names, *, calls=None, order=("b", "a"), after=(3, 4, 6, 7)):
    """Four people an arm who all begin at 2, 3, 4, 5, and end by so much more."""
    before = [2.0, 3, 4, 5] * len(names)
    later = [
        first + (after[place] if name == "a" else 1)
        for name in names
        for place, first in enumerate(before[:4])
    ]
    jitter = [0.1, -0.1, -0.1, 0.1] * len(names)
    table = columns(
        {"t1": before, "t2": [one + some for one, some in zip(later, jitter, strict=True)]}, calls=calls
    )
    words = {**table.words, "arm": Coded.of(name for name in names for _ in range(4))}
    return replace(table, words=words, design={"arms": {key: key.upper() for key in order}})


def test_the_first_arm_of_the_design_is_what_the_others_are_set_against():
    found = arms.compare(in_arms(["a", "b", "a", "b"]), MOOD, "t2")

    assert (found.reference, list(found.differences)) == ("b", ["a"])
    assert found.differences["a"].difference == pytest.approx(4)  # by hand: (3 + 4 + 6 + 7) / 4 - 1
    assert found.as_allocated["b"].mean_change == pytest.approx(1)


def test_what_people_had_stands_beside_where_they_were_put():
    found = arms.compare(in_arms(["a", "b", "b"], calls=[1, 1, 0, 0] + [0] * 8), MOOD, "t2")

    assert (found.as_received["a"]["coached"].n, found.as_received["a"]["not_coached"].n) == (2, 2)
    assert found.as_received["a"]["coached"].mean_change == pytest.approx(3.5)
    assert found.as_received["b"]["coached"].n == 0


def test_one_arm_is_compared_with_nothing():
    assert arms.compare(in_arms(["a", "a", "a"]), MOOD, "t2") is None


def test_the_flow_is_told_by_arm_as_allocated():
    found = flow.follow(in_arms(["a", "b", "b"]))

    assert list(found.arms) == ["b", "a"]
    assert (found.arms["b"].n, found.arms["b"].answered) == (8, {"t2": 8, "t3": 0})
