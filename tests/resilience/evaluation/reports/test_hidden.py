"""How many values are hidden: each null that disclosure left, wherever it stands, and no other."""

import json

import pytest
from django.utils import translation

from resilience.evaluation.disclosing import hiding
from resilience.evaluation.reports import limits

SIDE = {"n": 4, "mean": 2.0, "ci": [1.0, 3.0], "why": None}


@pytest.mark.parametrize(
    ("found", "n"),
    [
        (hiding.blank(SIDE), 3),
        ({"a": hiding.blank({"coached": SIDE, "not_coached": SIDE})}, 6),
        ([hiding.blank({"group": "x", "n": 3}, keep=("group",)), {"group": "y", "n": 30}], 1),
        ({"NO_TIME": 7, "WORN_OUT": None, "hidden": True}, 1),
        ({"n": 12, "smd": None, "smd_why": "too few people on one side"}, 0),
        ({"one": {"ci": None, "why": "fewer than 10 pairs"}, "two": None, "hidden": True}, 1),
        ({"n": 12, "mean": None}, 0),
    ],
    ids=["a record", "a record of records", "in a list", "a count", "a reason", "a reason beside", "nothing hidden"],
)  # fmt: skip
def test_each_null_that_disclosure_left_is_counted_once(found, n):
    assert limits.hidden_in(found) == n


def test_the_limits_tell_what_can_be_counted_in_the_figures(made):
    written = json.loads(json.dumps(made.release.figures))

    with translation.override("en-gb"):
        said = " ".join(limits.sentences(made.release.figures, made.words))

    assert f"{limits.hidden_in(written)} values are hidden so that nobody can be recognised" in said
    assert "small groups" not in said
