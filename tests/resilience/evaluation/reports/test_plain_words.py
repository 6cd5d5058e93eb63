"""What the first page may say, and only where the data or the programme make it true."""

import copy

import pytest
from django.utils import translation

from resilience.evaluation.reports import limits, plain

ELSEWHERE = [
    "A call was never needed to go on.",
    "You can have yours taken out",
    "Your manager gets no answers of yours.",
    "Whoever tells of them is shown at once where help is.",
]


@pytest.fixture
def figures(made) -> dict:
    """Those of a programme of this site."""
    return copy.deepcopy(made.release.figures) | {"design": {"cards_held_back": True}}


def page(figures, words) -> dict[str, str]:
    with translation.override("en-gb"):
        return {part.asks: " ".join(part.says) for part in plain.page(figures, words)}


def test_each_time_at_which_harm_was_asked_for_is_told(figures, made):
    figures["safety"]["reported"] = {
        "t3": {"n": 47, "yes": 3, "rather_not": 1},
        "t4": {"n": 33, "yes": 0, "rather_not": 0},
    }

    said = page(figures, made.words)["Did it do any harm?"]

    assert "3 of 47 said yes (T3, after the calls). 0 of 33 said yes (T4, six weeks on)." in said


@pytest.mark.parametrize(
    ("percent", "agree", "words"),
    [(60.0, 28, "Most people agreed: “"), (46.8, 22, "Half or fewer agreed with any one statement. Most often: “")],
    ids=["more than half", "fewer"],
)  # fmt: skip
def test_most_is_said_of_more_than_half_alone(figures, made, percent, agree, words):
    for place, one in enumerate(figures["acceptability"].values()):
        one |= {"n": 47, "percent": percent - place, "agree": agree - place}

    assert page(figures, made.words)["What did people think of it?"].startswith(words)


def test_one_statement_is_not_also_the_one_that_fewest_agreed_with(figures, made):
    figures["acceptability"] = {"1": {"n": 47, "agree": 40, "percent": 85.1}}

    assert "Fewest" not in page(figures, made.words)["What did people think of it?"]


def test_nobody_is_said_to_have_been_offered_the_same(figures, made):
    said = page(figures, made.words)["What can we not tell from this?"]

    assert figures["flow"]["offered_call"] < figures["flow"]["consented"]
    assert "offered the same" not in said
    assert "There was no other group to set this against." in said


def test_what_this_site_promises_is_said_of_its_own_programmes(figures, made):
    figures["safety"]["item9"] = {"t1": {"answered": 60, "positive": 2}}

    said = " ".join(page(figures, made.words).values())

    assert all(words in said for words in ELSEWHERE)


@pytest.mark.parametrize("words", ELSEWHERE)
def test_what_this_site_promises_is_not_said_of_data_from_elsewhere(figures, made, words):
    figures["design"] = {}
    figures["safety"]["item9"] = {"t1": {"answered": 60, "positive": 2}}

    assert words not in " ".join(page(figures, made.words).values())


def test_only_of_programmes_of_this_site_is_it_said_that_there_are_no_workshops(figures, made):
    with translation.override("en-gb"):
        here = " ".join(limits.sentences(figures, made.words))
        elsewhere = " ".join(limits.sentences(figures | {"design": {}}, made.words))

    assert "Here there are no workshops" in here
    assert "no workshops" not in elsewhere


def test_the_change_that_is_told_is_that_of_the_comparison_that_was_planned(figures, made):
    figures["plan"]["primary_timepoints"] = ["t3"]
    change = figures["measures"]["coping_confidence"]["change"]["t3"]

    said = page(figures, made.words)["Did people's answers change?"]

    assert f"to {change['later_mean']:.1f} (T3, after the calls)" in said
    assert "(T4" not in said


def test_a_trial_tells_first_how_its_groups_differed_and_of_whom_the_change_is(made_by_hand):
    said = page(made_by_hand.release.figures, made_by_hand.words)["Did people's answers change?"]

    difference = said.index("the group “Calls later” scored 0.5 higher than the group “Calls now” (T2")
    together = said.index("With all groups put together, people went from")
    assert difference < together
    assert "that could be −0.1 to 1.1, so luck alone could explain it" in said
