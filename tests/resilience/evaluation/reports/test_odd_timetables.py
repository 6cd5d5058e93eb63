"""Whole reports of odd timetables: without T2, and with the follow-up before the post questions."""

import re
from dataclasses import replace

import pytest

from resilience.evaluation.analysis.frozen import Wave
from tests.resilience.evaluation.reports.conftest import of


def words(made) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", made.html, flags=re.DOTALL).split())


def at_timepoints(snapshot, *keys: str):
    """The same programme with these time points alone, in this order."""
    data = snapshot.dataset
    plan = replace(
        data.plan,
        timepoints=keys,
        due=keys,
        labels={key: data.plan.labels[key] for key in keys},
    )
    measures = tuple(
        replace(one, timepoints=tuple(key for key in keys if key in one.timepoints)) for one in data.measures
    )
    told = replace(
        data,
        plan=plan,
        measures=measures,
        scores=tuple(row for row in data.scores if row.timepoint in keys),
        answers=tuple(row for row in data.answers if row.timepoint in keys),
    )
    return replace(snapshot, dataset=told)


@pytest.fixture(scope="module")
def made_without_t2(snapshot):
    return of(at_timepoints(snapshot, "t1", "t3", "t4"))


@pytest.fixture(scope="module")
def made_with_followup_first(snapshot):
    """The follow-up stands before the post questions, and people answered it before them."""
    found = at_timepoints(snapshot, "t1", "t4", "t3")
    answered = {
        when: {row.person for row in found.dataset.answers if row.timepoint == when} for when in ("t3", "t4")
    }
    waves = [Wave(person, "t4", 12, 40, 50) for person in sorted(answered["t4"])]
    waves += [Wave(person, "t3", 30, 28, 35) for person in sorted(answered["t3"])]
    return of(replace(found, dataset=replace(found.dataset, waves=tuple(waves))))


def test_a_report_without_t2_speaks_of_no_t2_and_compares_with_the_first_that_there_is(made_without_t2):
    told = words(made_without_t2)

    assert not re.search(r"\bT2\b", told)
    assert "66 people answered at baseline; of them, 47 (71.2%) answered at T3 and 33 (50.0%) at T4." in told
    assert re.search(
        r"Coping confidence\* went up by 2\.78 \(95% CI 2\.32 to 3\.24\) between baseline and T3", told
    )
    assert [row.head for row in made_without_t2.tables["change"].rows][1:3] == [
        "T3, after the calls",
        "T4, six weeks on",
    ]


def test_a_report_without_t2_counts_nobody_as_missing_there(made_without_t2):
    heads = [row.head for row in made_without_t2.tables["missing"].rows]

    assert heads == ["T1, before", "T3, after the calls", "T4, six weeks on"]
    assert "33 of 66 answered at T4 (50.0%)." in words(made_without_t2)


def test_a_follow_up_before_the_post_questions_is_reported_in_the_order_of_the_plan(made_with_followup_first):
    rows = [row.head for row in made_with_followup_first.tables["change"].rows if not row.part]

    assert rows[:2] == ["T4, six weeks on", "T3, after the calls"]
    assert "of them, 33 (50.0%) answered at T4 and 47 (71.2%) at T3." in words(made_with_followup_first)
    assert "47 of 66 answered at T3 (71.2%)." in words(made_with_followup_first)


def test_answers_to_a_follow_up_that_came_too_early_are_counted_as_early(made_with_followup_first):
    rows = {row.head: row.cells for row in made_with_followup_first.tables["dates"].rows}

    assert rows["T4, six weeks on"] == ("33", "12", "12 to 12", "33", "0")
    assert rows["T3, after the calls"] == ("47", "30", "30 to 30", "0", "0")


@pytest.mark.parametrize("which", ["made_without_t2", "made_with_followup_first"])
def test_an_odd_timetable_leaves_no_gap_that_says_nothing(which, request):
    told = words(request.getfixturevalue(which))

    assert not re.search(r"\b(nan|None)\b", told.replace("None reported", ""))
