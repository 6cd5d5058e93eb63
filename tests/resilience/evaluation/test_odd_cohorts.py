"""Whatever a cohort looks like, every figure is a number, or null beside the reason."""

import json
import math
from dataclasses import replace

import pytest

from resilience.evaluation import disclosure, figures
from tests.factories import frozen_cohorts as cohorts

ODD = {
    "nobody": lambda: cohorts.freeze(0),
    "one person": lambda: cohorts.freeze(1),
    "two people": lambda: cohorts.freeze(2),
    "nine people": lambda: cohorts.freeze(9),
    "twelve people who all stay": lambda: cohorts.freeze(12, staying=1),
    "everyone coached": lambda: cohorts.freeze(40, coached=cohorts.ALL),
    "nobody coached": lambda: cohorts.freeze(40, coached=cohorts.NOBODY),
    "every answer the same": lambda: cohorts.freeze(40, answers=cohorts.CONSTANT),
    "nobody comes back": lambda: cohorts.freeze(40, staying=0),
    "one coach": lambda: cohorts.freeze(60, coaches=1),
    "an ordinary cohort": lambda: cohorts.freeze(160),
    "a plan with nothing in it": lambda: cohorts.without_plans(cohorts.freeze(40)),
    "nothing due but the baseline": lambda: _due(cohorts.freeze(40), ("t1",)),
}
# What may be null by itself: facts that were not told, not figures that could not be worked out.
FACTS = {"frozen_on", "joined", "minutes_per_call", "preparation_minutes", "notes_minutes"}


def _due(snapshot, due):
    plan = replace(snapshot.dataset.plan, due=due)
    return replace(snapshot, dataset=replace(snapshot.dataset, plan=plan))


def _faults(found, path=""):
    """Yield the path of each number that is none, and of each null without a reason beside it.

    A mapping to numbers alone has its reasons beside itself, under its name with "_why".
    """
    if isinstance(found, list):
        found = dict(enumerate(found))
    if not isinstance(found, dict):
        return
    reason = any(str(key).endswith("why") for key in found)
    for key, one in found.items():
        where = f"{path}.{key}"
        if (isinstance(one, float) and not math.isfinite(one)) or (
            one is None and not reason and key not in FACTS
        ):
            yield where
        elif f"{key}_why" in found:
            continue
        else:
            yield from _faults(one, where)


@pytest.mark.parametrize("odd", ODD)
def test_every_figure_is_a_number_or_null_beside_the_reason(odd):
    found = figures.compose(ODD[odd](), version="1")

    assert list(_faults(json.loads(figures.dump(found)))) == []


def test_a_null_without_a_reason_would_be_noticed():
    """The positive control of the test above."""
    assert list(_faults({"a": {"p": None}, "b": {"p": None, "why": "few"}, "c": [math.inf]})) == [
        ".a.p",
        ".c.0",
    ]


@pytest.mark.parametrize("odd", ODD)
def test_disclosure_takes_whatever_was_worked_out(odd):
    disclosure.release(figures.compose(ODD[odd](), version="1"))


def test_under_ten_pairs_are_described_and_ten_to_twenty_nine_carry_a_caution():
    few, some = (
        figures.compose(cohorts.freeze(people, staying=1), version="1")["measures"]["phq9"]["change"]["t2"]
        for people in (8, 24)
    )

    assert (few["p"], few["why"]) == (None, "fewer than 10 pairs")
    assert few["mean"] is not None
    assert some["p"] is not None
    assert some["caution"] == "10 to 29 pairs: read with care"
