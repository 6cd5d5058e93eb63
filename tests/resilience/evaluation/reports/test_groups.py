"""Groups that are set side by side: what is said of them follows from how people came into them."""

import copy
import re

import pytest
from django.utils import translation

from resilience.evaluation import disclosure
from resilience.evaluation.disclosing import hiding
from resilience.evaluation.reports import document, limits, sentences_of_exposure, tables_of_arms

BY_CHANCE, BY_TABLE, NOT_TOLD = {"allocated_by": "PERSON"}, {"allocated_by": "TABLE"}, {}
UNSAID = [pytest.param(BY_TABLE, id="by a table"), pytest.param(NOT_TOLD, id="not told")]


@pytest.fixture
def figures(made_by_hand) -> dict:
    return copy.deepcopy(made_by_hand.release.figures)


def came(figures: dict, how: dict) -> dict:
    """The same figures of people who came into their groups in another way."""
    figures["design"] = {"arms": figures["design"]["arms"], **how}
    figures["core_or_optional"]["by_chance"] = how.get("allocated_by") in ("PERSON", "UNIT")
    figures["core_or_optional"]["groups"] = {"a": {"n": 33}, "b": {"n": 33}}
    return figures


def limits_of(figures, words) -> str:
    with translation.override("en-gb"):
        return " ".join(limits.sentences(figures, words))


def test_groups_that_are_compared_are_not_said_to_be_compared_nowhere(figures, made_by_hand):
    said = limits_of(came(figures, BY_CHANCE), made_by_hand.words)

    assert "Chance put people into groups, and the groups as allocated are compared here." in said
    assert "no difference between them" not in said
    assert "Changes from baseline are of all groups together" in said


def test_groups_between_which_no_difference_is_shown_are_said_not_to_be_compared(figures, made_by_hand):
    for measure in figures["measures"].values():
        measure.pop("by_arm", None)

    said = limits_of(came(figures, BY_CHANCE), made_by_hand.words)

    assert "There were groups, and no difference between them is estimated here." in said


def test_one_group_has_no_comparison(made):
    assert "There was no comparison group." in limits_of(made.release.figures, made.words)


@pytest.mark.parametrize("how", UNSAID)
def test_chance_is_claimed_nowhere_where_nothing_says_that_it_made_the_groups(figures, made_by_hand, how):
    words = made_by_hand.words
    came(figures, how)

    said = [
        tables_of_arms.arms(figures, words).sentence,
        limits_of(figures, words),
        sentences_of_exposure.three(figures, words)[2],
    ]

    assert all("othing says that chance put people into the" in one for one in said), said
    assert not any("that chance made" in one or "Chance put" in one for one in said)


def test_the_comparison_as_allocated_is_that_of_chance_where_chance_made_the_groups(figures, made_by_hand):
    words = made_by_hand.words
    came(figures, BY_CHANCE)

    assert "the one that chance made" in tables_of_arms.arms(figures, words).sentence
    assert "othing says that chance" not in sentences_of_exposure.three(figures, words)[2]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("as_received",), 1),
        (("as_received", "a"), 1),
        (("as_received", "a", "not_coached"), 2),
        (("as_allocated",), 0),
        (("differences", "b"), 3),
        (("differences",), 4),
    ],
    ids=[
        "all as received",
        "a group as received",
        "a side",
        "all as allocated",
        "a difference",
        "all differences",
    ],
)
def test_what_is_hidden_further_up_is_printed_as_hidden(figures, made_by_hand, path, place):
    compared = figures["measures"]["coping_confidence"]["by_arm"]["t2"]
    parent = compared
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = hiding.blank(parent[path[-1]])

    rows = {row.head: row.cells for row in tables_of_arms.arms(figures, made_by_hand.words).rows}

    assert rows["Calls later" if "differences" in path else "Calls now"][place] == "hidden"


def findings_of(figures, words) -> list[str]:
    with translation.override("en-gb"):
        return document.findings(disclosure.Release(figures), words)


def test_a_trial_leads_with_the_difference_between_the_groups_as_allocated(figures, made_by_hand):
    told = findings_of(came(figures, BY_CHANCE), made_by_hand.words)

    assert told[0] == (
        "Chance put people into groups. As allocated, Coping confidence* of the group “Calls later” at T2 less that of "
        "the group “Calls now” was 0.50 (95% CI −0.10 to 1.10), for people alike at baseline; the interval includes no "
        "difference."
    )
    assert told[-1] == (
        "Changes from baseline are of everybody who answered both times, all groups together, so they cannot be put "
        "down to the programme."
    )


def test_a_trial_of_whole_units_says_that_its_interval_is_too_narrow(figures, made_by_hand):
    told = findings_of(came(figures, {"allocated_by": "UNIT"}), made_by_hand.words)

    assert "does not allow for people sharing one" in told[1]


@pytest.mark.parametrize("how", UNSAID)
def test_groups_that_chance_did_not_make_are_no_headline(figures, made_by_hand, how):
    told = findings_of(came(figures, how), made_by_hand.words)

    assert told[0].startswith("66 people answered at baseline")


def test_a_trial_without_a_difference_to_show_says_so_first(figures, made_by_hand):
    figures["measures"]["coping_confidence"].pop("by_arm")

    told = findings_of(came(figures, BY_CHANCE), made_by_hand.words)

    assert "of the planned comparison no difference between them is shown" in told[0]


def test_no_headline_says_that_calls_work(figures, made_by_hand):
    told = findings_of(came(figures, BY_CHANCE), made_by_hand.words)

    assert not re.search(r"\b(works?|worked|effective|effect|because of|helped|proves?)\b", told[0])
