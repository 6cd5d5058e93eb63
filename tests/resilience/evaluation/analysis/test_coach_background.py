"""R54: the coach's background beside the change of those with calls, and never a single coach."""

from dataclasses import replace

import numpy
import pytest

from resilience.evaluation import disclosure, figures
from resilience.evaluation.analysis import coach_background
from resilience.evaluation.analysis.columns import Calls, Coded
from resilience.evaluation.analysis.frozen import CLINICAL, NOT_CLINICAL
from tests.factories import frozen_cohorts
from tests.resilience.evaluation.analysis.columns_by_hand import columns

FULFILLED = "FULFILLED"
KIND = {"c": CLINICAL, "n": NOT_CLINICAL, "u": ""}


def talked(*coaches: str, outcome: str = FULFILLED, **more):
    """People with these coaches ("c1 n2": two calls); those who had a c1 end 2 higher, all others 1."""
    calls = [(place, coach) for place, said in enumerate(coaches) for coach in said.split()]
    before = [float(4 + place % 4) for place in range(len(coaches))]
    jitter = [(0.25, -0.5, 0.25)[place % 3] for place in range(len(coaches))]
    after = [
        first + (2 if "c" in said else 1) + some
        for first, said, some in zip(before, coaches, jitter, strict=True)
    ]
    had = [len(said.split()) * (outcome == FULFILLED) for said in coaches]
    nothing = numpy.full(len(calls), numpy.nan)
    held = Calls(
        person=numpy.array([place for place, _coach in calls], dtype=int),
        coach=Coded.of(coach for _place, coach in calls),
        outcome=Coded.of(outcome for _call in calls),
        minutes=nothing, preparation=nothing, notes=nothing, waited=nothing,
        background=Coded.of(KIND[coach[0]] for _place, coach in calls),
    )  # fmt: skip
    return replace(columns({"t1": before, "t2": after}, calls=had, **more), calls=held)


def at_the_end(*coaches: str, **more):
    return coach_background.compare(talked(*coaches, **more))["mood"]["t2"]


CLINICIANS, OTHERS = ["c1", "c2", "c3"] * 4, ["n1", "n2", "n3"] * 4


def test_people_with_calls_stand_in_one_group_by_the_background_of_their_coaches():
    found = at_the_end(*CLINICIANS, *OTHERS, "c1 n1", "n2 c2", "")

    assert {name: one.n for name, one in found.groups.items()} == {
        "both": 2, "clinical": 12, "not_clinical": 12,
    }  # fmt: skip
    assert found.groups["clinical"].mean_change == pytest.approx(2)
    assert found.groups["not_clinical"].mean_change == pytest.approx(1)


def test_a_call_that_did_not_take_place_puts_nobody_into_a_group():
    table = talked(*CLINICIANS, outcome="CANCELLED")

    assert coach_background.compare(table)["mood"]["t2"].groups == {}


def test_an_unknown_background_beside_a_known_one_is_not_told_and_is_not_tested():
    unknown = ["u1", "u2", "u3"]
    found = at_the_end(*CLINICIANS, *OTHERS, *unknown, "c1 u1")

    assert found.groups["not_told"].n == 4
    assert found.interaction_p == at_the_end(*CLINICIANS, *OTHERS).interaction_p


def test_the_adjusted_difference_is_that_of_people_who_began_alike():
    found = at_the_end(*CLINICIANS, *OTHERS).adjusted

    assert (found.n, found.difference) == (24, pytest.approx(1))
    assert found.ci_hc3[0] < 1 < found.ci_hc3[1]
    assert found.p_hc3 < 0.001


def test_with_fewer_than_ten_on_a_side_nothing_is_adjusted_and_the_reason_stands_there():
    found = at_the_end(*CLINICIANS, *OTHERS[:9])

    assert (found.groups["not_clinical"].n, found.adjusted.difference) == (9, None)
    assert found.adjusted.why == "fewer than 10 people on one side"


def test_where_everybody_began_alike_the_reason_stands_in_place_of_an_adjusted_difference():
    table = talked(*CLINICIANS, *OTHERS)
    alike = numpy.full(table.n, 5.0)
    table = replace(table, scores={**table.scores, ("mood", "t1"): alike})

    found = coach_background.compare(table)["mood"]["t2"].adjusted

    assert (found.n, found.difference) == (24, None)
    assert found.why == "the people are too few or too alike for so many columns"


@pytest.mark.parametrize(
    "coaches",
    [
        [*CLINICIANS, *["n1", "n2"] * 6],
        ["c1"] * 12,
        [*CLINICIANS, "c1 n1", "c2 n2", "c3 n3"],
        [*CLINICIANS, *OTHERS, "u1"],
    ],
    ids=["two of one kind", "one coach", "a kind that nobody talked with alone", "one not written down"],
)
def test_where_few_coaches_stand_behind_a_group_no_group_is_shown(coaches):
    found = at_the_end(*coaches)

    assert (found.groups, found.adjusted) == ({}, None)
    assert found.why == "fewer than 3 coaches behind a group: single coaches are not set side by side"


def test_where_no_background_is_known_as_in_an_older_snapshot_the_reason_stands_there():
    why = "no call tells whether its coach has worked with patients"

    assert coach_background.compare(talked("u1", "u2", "u3")) == {"why": why}
    snapshot = frozen_cohorts.freeze(40)
    assert figures.compose(snapshot, version="1")["coach_background"] == {"why": why}


def test_no_figure_names_a_coach_or_is_of_one():
    found = figures.of_columns(talked(*CLINICIANS, *OTHERS))["coach_background"]

    paths = [path.split(".") for path, _one in figures.leaves(found)]
    assert {part for path in paths for part in path} & {
        f"{kind}{n}" for kind in "cnu" for n in "123"
    } == set()


def test_a_small_group_is_hidden_with_another_one_and_with_the_adjusted_difference():
    whole = figures.of_columns(talked(*CLINICIANS, *OTHERS, "c1 n1", *[""] * 12))

    found = disclosure.release(whole).figures["coach_background"]["mood"]["t2"]

    hidden = {name for name, one in found["groups"].items() if one.get("hidden")}
    assert hidden == {"both", "clinical"}
    assert found["groups"]["both"]["n"] is None
    assert (found["adjusted"]["difference"], found["adjusted"]["hidden"]) == (None, True)
    assert found["interaction_p"] == round(whole["coach_background"]["mood"]["t2"]["interaction_p"], 3)


def test_where_those_without_a_call_are_few_no_groups_give_away_what_they_scored():
    whole = figures.of_columns(talked(*CLINICIANS, *OTHERS, "", ""))

    found = disclosure.release(whole).figures

    assert found["core_or_optional"]["received"]["mood"]["t2"]["coached"]["mean_change"] is None
    groups = found["coach_background"]["mood"]["t2"]["groups"]
    assert any(one["mean_change"] is None for one in groups.values())
