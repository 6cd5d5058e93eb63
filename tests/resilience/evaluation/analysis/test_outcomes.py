from dataclasses import replace

import pytest

from resilience.evaluation.analysis import acceptability, adjustment, outcomes, proportions, safety
from resilience.evaluation.analysis.frozen import Answer, Measure, Score
from resilience.evaluation.analysis.turning import turn


def test_what_came_back_but_cannot_be_scored_is_counted(five):
    found = outcomes.summarise(five)["mood"].scores["t1"]

    assert (found.n, found.not_scorable, found.prorated) == (3, 1, 0)
    assert (found.at_floor_percent, found.at_ceiling_percent) == (pytest.approx(100 / 3), 0.0)


def test_a_measure_stands_at_the_time_points_that_asked_it_and_had_come(five):
    found = outcomes.summarise(five)

    assert list(found["mood"].scores) == ["t1", "t2"]
    assert list(found["acceptability"].scores) == ["t2"]
    assert found["acceptability"].change == {}


def test_the_report_says_what_was_planned(five):
    found = outcomes.summarise(five)

    assert (found["mood"].planned, found["mood"].primary) == (True, True)
    assert (found["acceptability"].planned, found["acceptability"].primary) == (False, False)


def test_reliable_change_needs_a_reliability(five):
    """Neither the plan nor five people give one."""
    found = outcomes.summarise(five)["mood"].reliable_change["t2"]

    assert (found.improved, found.why) == (None, "no reliability in the plan, and none could be estimated")


def test_the_primary_measures_first_comparison_is_adjusted_after_holm_and_all_else_after_benjamini_hochberg(
    five,
):
    other = Measure("other", "other", "Other", (1,), 0, 10, 0, 10, 1, timepoints=("t1", "t2"))
    third = ("t1", "t2", "t3")
    rows = [
        Score(f"p{place}", when, key, float((place * step) % 11), 1, False)
        for key, times in (("mood", third), ("other", ("t1", "t2")))
        for step, when in enumerate(times, start=1)
        for place in range(14)
    ]
    people = tuple(replace(five.people[0], key=f"p{place}") for place in range(14))
    many = replace(
        five,
        plan=replace(five.plan, due=third),
        measures=(*five.measures, other),
        people=people,
        scores=tuple(rows),
    )

    found = outcomes.summarise(many)

    assert found["mood"].change["t2"].adjusted_by == adjustment.HOLM
    assert found["mood"].change["t2"].p_adjusted == found["mood"].change["t2"].p
    assert found["mood"].change["t3"].adjusted_by == adjustment.BENJAMINI_HOCHBERG
    assert found["other"].change["t2"].adjusted_by == adjustment.BENJAMINI_HOCHBERG


def test_somebody_worse_twice_is_one_person(five):
    """Reliability 0.99 with baseline SD sqrt(2) gives a threshold of 0.39: Ann is better, Bo is worse."""
    sure = replace(five, measures=(replace(five.measures[0], reliability=0.99),))
    twice = replace(
        sure,
        plan=replace(sure.plan, due=("t1", "t2", "t3")),
        scores=(
            *sure.scores,
            Score("ann", "t3", "mood", 9.0, 2, False),
            Score("bo", "t3", "mood", 2.0, 2, False),
        ),
    )

    found = outcomes.summarise(twice)

    assert found["mood"].reliable_change["t2"].worse == found["mood"].reliable_change["t3"].worse == 1
    assert safety.reliably_worse(twice, found) == {"mood": 1}


def test_without_a_threshold_nobody_can_be_said_to_be_worse(five):
    assert safety.reliably_worse(five, outcomes.summarise(five)) == {"mood": None}


def test_not_asked_is_not_none_reported(five):
    asked = replace(
        five,
        answers=(
            *five.answers,
            Answer("ann", "t2", "unwanted_effects", 1, 1),
            Answer("bo", "t2", "unwanted_effects", 1, 2),
        ),
    )

    assert safety.reported(five) == {}
    assert safety.reported(asked) == {"t2": safety.Reported(n=2, yes=1, rather_not=1)}


def test_the_two_highest_of_five_answers_agree(five):
    found = acceptability.count(five, measure=five.measures[1])

    assert (found["1"].n, found["1"].agree, found["1"].percent, found["1"].missing) == (2, 1, 50.0, 0)
    assert {answer: share.n for answer, share in found["1"].answers.items()} == {
        "1": 0, "2": 0, "3": 1, "4": 1, "5": 0,
    }  # fmt: skip


def test_an_answer_beside_the_scale_has_a_row_of_its_own(five):
    """Else the answers would not add up to those who answered."""
    odd = replace(five, answers=(*five.answers, Answer("di", "t2", "acceptability", 1, 0)))

    found = acceptability.count(odd, measure=five.measures[1])["1"]

    assert (found.n, found.answers["0"].n) == (3, 1)


def test_a_row_whose_number_and_per_cent_disagree_cannot_be_made():
    """A published table prints 29 of 41 as 63 per cent; it is 71."""
    with pytest.raises(proportions.Disagrees):
        acceptability.Agreement(n=41, agree=29, percent=63.0, missing=0, answers={})
    with pytest.raises(proportions.Disagrees):
        proportions.Share(29, 41, 63.0)
    with pytest.raises(proportions.Disagrees):
        acceptability.Agreement(41, 29, 100 * 29 / 41, 0, {"5": proportions.share(29, 41)})

    assert round(proportions.share(29, 41).percent) == 71


def test_the_plans_own_methods_adjust_and_another_word_adjusts_nothing(five):
    people = tuple(replace(five.people[0], key=f"p{place}") for place in range(14))
    scores = tuple(
        Score(f"p{place}", when, "mood", float((place * step) % 11), 1, False)
        for step, when in enumerate(("t1", "t2"), start=1)
        for place in range(14)
    )
    plan = replace(five.plan, multiplicity={"primary": "none", "rest": "bh"})

    found = outcomes.summarise(replace(five, plan=plan, people=people, scores=scores))["mood"].change["t2"]

    assert (found.p_adjusted, found.adjusted_by) == (found.p, "none")


def test_the_worst_case_counts_everyone_who_began(five):
    """Four answered at first, three of them with a score; two came back."""
    sure = replace(five, measures=(replace(five.measures[0], reliability=0.99, difference=1),))

    found = outcomes.summarise(sure)["mood"]

    assert (found.paired["t2"].n, found.paired["t2"].of) == (2, 3)
    assert (found.responders["t2"].better_percent, found.responders["t2"].worst_case_n) == (50.0, 3)
    assert found.reliable_change["t2"].worst_case_percent == pytest.approx(100 / 3)


def test_statements_that_were_not_due_yet_have_no_answers(five):
    early = replace(five, plan=replace(five.plan, due=("t1",)))

    assert acceptability.count(early, measure=early.measures[1])["1"].n == 0


def test_the_ninth_question_is_counted_by_time_point_and_by_person(five):
    """Ann says so twice and is one person; where nobody was asked there is no figure at all."""
    rows = (("ann", "t1", 1), ("bo", "t1", 0), ("ann", "t2", 3), ("bo", "t2", 2))
    asked = replace(five, answers=tuple(Answer(who, when, "phq9", 9, value) for who, when, value in rows))

    found = safety.summarise(asked, outcomes.summarise(asked))

    assert found["item9"] == {"t1": safety.Ninth(2, 1), "t2": safety.Ninth(2, 2)}
    assert found["item9_anyone"] == 2
    assert "item9" not in safety.summarise(five, outcomes.summarise(five))


def test_how_many_calls_make_somebody_coached_is_the_plans_to_say(five):
    """Ann had two calls and Bo one."""
    twice = replace(five, plan=replace(five.plan, exposure=2))

    assert [int(turn(data).coached.sum()) for data in (five, twice)] == [2, 1]
