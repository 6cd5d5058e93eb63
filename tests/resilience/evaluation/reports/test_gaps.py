import pytest

from resilience.evaluation.analysis import reasons
from resilience.evaluation.reports import gaps

EVERY = [
    value
    for name, value in vars(reasons).items()
    if name.isupper() and isinstance(value, str) and name != "SOME_PAIRS"
]


@pytest.mark.parametrize("reason", EVERY)
def test_every_reason_for_a_missing_figure_has_words_in_the_language_of_the_report(reason):
    assert reason in gaps.known()


def test_a_note_names_each_reason_once_wherever_it_stands():
    figures = {
        "t2": {"why": reasons.FEW_PAIRS},
        "t3": {"why": reasons.FEW_PAIRS},
        "icc_why": reasons.ONE_GROUP,
    }

    assert gaps.note(figures) == ["Where a dash stands: fewer than 10 pairs or fewer than two groups."]
    assert gaps.note({"t2": {"n": 40}}) == []
