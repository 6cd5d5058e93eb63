from dataclasses import replace

import pytest

from resilience.evaluation.analysis import nonresponse


def test_those_with_a_baseline_are_parted_by_whether_they_answered_later(five):
    found = nonresponse.compare(five, "t2")

    baseline, later = five.answered("t1"), five.answered("t2")
    assert (found.answered, found.did_not) == (len(baseline & later), len(baseline - later))


def test_the_baseline_of_both_sides_stands_beside_the_difference(snapshot):
    dataset = snapshot.dataset
    found = nonresponse.compare(dataset, "t4")

    score = found.scores["who5"]
    assert score.answered.n + score.did_not.n == len(dataset.scores_at("who5", "t1"))
    assert score.smd is not None
    assert not hasattr(score, "p")


def test_per_cent_of_each_characteristic_sum_to_a_hundred_on_each_side(snapshot):
    found = nonresponse.compare(snapshot.dataset, "t4")

    for name in {trait.characteristic for trait in found.traits}:
        rows = [trait for trait in found.traits if trait.characteristic == name]
        assert sum(row.answered_percent for row in rows) == pytest.approx(100)
        assert sum(row.did_not_percent for row in rows) == pytest.approx(100)


def test_where_nobody_has_joined_there_is_nothing_to_compare(empty_snapshot):
    found = nonresponse.compare(empty_snapshot.dataset, "t2")

    assert (found.answered, found.did_not, found.traits) == (0, 0, ())


def test_who_was_asked_nothing_is_no_non_responder(five):
    people = tuple(replace(each, spared=("t2",)) if each.key == "di" else each for each in five.people)

    found = nonresponse.compare(replace(five, people=people), "t2")

    assert (found.answered, found.did_not) == (2, 1)
    assert nonresponse.compare(five, "t2").did_not == 2
