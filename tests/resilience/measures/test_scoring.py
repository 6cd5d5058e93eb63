"""Figures worked out by hand from the published rules; each says where the rule stands."""

import pytest

from resilience.measures import catalogue
from resilience.measures.scoring import rules


def scale(instrument: str, name: str = "total") -> rules.Rule:
    return {rule.scale: rule for rule in catalogue.get(instrument).scales}[name]


def answers(*values: int | None) -> dict[str, int]:
    return {str(number): value for number, value in enumerate(values, start=1) if value is not None}


# WHO-5: five items 0 to 5, the sum times four (Topp 2015). 5+4+3+2+1 = 15; 15 x 4 = 60.
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param((5, 4, 3, 2, 1), 60.0, id="15 x 4"),
        pytest.param((0, 0, 0, 0, 0), 0.0, id="floor"),
        pytest.param((5, 5, 5, 5, 5), 100.0, id="ceiling"),
    ],
)
def test_who5_is_the_sum_of_five_answers_times_four(given, expected):
    assert rules.score(answers(*given), scale("who5")) == rules.Scored("who5.total.1", expected, 5)


def test_who5_with_an_answer_left_out_has_no_score_and_says_which():
    made = rules.score(answers(5, 4, None, 2, 1), scale("who5"))

    assert made == rules.Unscorable("who5.total.1", "unanswered: 3", 4)


# PHQ-8: sum of eight, 0 to 24; with two left out the person's mean fills in: 6 answers of 2 = 12; 12 / 6 x 8 = 16.
def test_phq8_with_two_left_out_takes_the_mean_of_the_others_unrounded():
    made = rules.score(answers(2, 2, 2, 2, 2, 2, None, None), scale("phq8"))

    assert made == rules.Scored("phq8.total.1", 16.0, 6, prorated=True)


def test_phq8_filled_in_is_not_rounded():
    made = rules.score(answers(1, 2, 3, 0, 1, 2, 1, None), scale("phq8"))

    assert made.value == pytest.approx(10 / 7 * 8)


def test_phq8_with_three_left_out_has_no_score():
    assert isinstance(rules.score(answers(2, 2, 2, 2, 2, None, None, None), scale("phq8")), rules.Unscorable)


# coping confidence: the mean of six or seven answers. (0+10+5+5+5+5) / 6 = 5.
def test_coping_confidence_is_the_mean_of_six_or_seven_answers():
    assert rules.score(answers(0, 10, 5, 5, 5, 5, None), scale("coping_confidence")).value == 5.0
    assert isinstance(rules.score(answers(0, 10, 5, 5, 5), scale("coping_confidence")), rules.Unscorable)


def test_someone_who_has_already_left_is_counted_apart_and_gets_no_score():
    made = rules.score(answers(0, 2), scale("leaving", "job"))

    assert made == rules.Unscorable("leaving.job.1", "an answer that is counted apart", 0)


def test_an_answer_outside_the_range_is_refused_by_item():
    with pytest.raises(rules.OutOfRange, match="item 4"):
        rules.score(answers(1, 1, 1, 6, 1), scale("who5"))


def test_a_reversed_item_is_turned_between_the_ends_of_its_range():
    rule = rules.Mean("total", "x.1", ("1", "2"), 2, 1, 5, reverse=frozenset({"2"}))

    assert rules.score({"1": 5, "2": 1}, rule).value == 5.0


def test_a_rule_kind_that_nobody_wrote_is_refused():
    facts = {
        "key": "x", "rule": "median", "method": "x.1", "items": [], "min_answered": 0, "missing_rule": "",
        "range": [0, 1],
    }  # fmt: skip

    with pytest.raises(KeyError):
        rules.build(facts, low=0, high=1)


def test_a_sum_is_looked_up_in_the_table_of_the_site_and_without_one_there_is_no_score():
    bare = rules.Table("total", "x.1", ("1", "2"), 2, 1, 2)
    entered = rules.Table("total", "x.1", ("1", "2"), 2, 1, 2, table={2: 7.0, 3: 9.5, 4: 35.0})

    assert rules.score({"1": 1, "2": 2}, entered) == rules.Scored("x.1", 9.5, 2)
    assert rules.score({"1": 1, "2": 2}, bare) == rules.Unscorable("x.1", rules.NO_TABLE, 2)


def test_one_item_scores_as_it_is_answered():
    rule = rules.Single("total", "x.1", ("1",), 1, 0, 24)

    assert rules.score({"1": 7}, rule) == rules.Scored("x.1", 7.0, 1)


def test_turned_items_are_named_in_the_order_of_the_scale():
    rule = rules.Mean("total", "x.1", ("1", "2", "3"), 2, 1, 5, reverse=frozenset({"3", "1"}))

    assert rule.reversed == ("1", "3")
