"""Before what a plan was frozen: claimed only where it is so."""

import copy

import pytest
from django.utils import translation

from resilience.evaluation.reports import limits, tables_of_plan

FIRST = {"frozen_on": "2026-01-05", "collected_before": False, "seen_on": ""}
SEEN = FIRST | {"seen_on": "2025-12-01"}
PACK = FIRST | {"collected_before": True}
DEVIATIONS = [{"when": "2026-03-01", "what": "x", "why": "y"}]


def said(made, known: dict) -> tuple[str, str]:
    """The sentence under the plan, and the limits."""
    figures = copy.deepcopy(made.release.figures)
    figures["plan"] |= known
    with translation.override("en-gb"):
        return tables_of_plan.plan(figures, made.words).sentence, " ".join(
            limits.sentences(figures, made.words)
        )


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (FIRST, "The plan was frozen before the figures were seen. No deviation from it is recorded."),
        (FIRST | {"deviations": DEVIATIONS},
         "The plan was frozen before the figures were seen. Deviations recorded since: 1."),
        (SEEN, "The plan was frozen when figures of this programme, or rows to work them out from, had been seen "
               "already: the first on 1 December 2025. No deviation from it is recorded."),
        (PACK, "The plan was frozen after the data had been collected, and before this report was made. No deviation "
               "from it is recorded."),
        (FIRST | {"frozen_on": None}, "The plan was not frozen before the figures were seen."),
    ],
    ids=["first", "first, with a deviation", "after another report", "after the data", "not at all"],
)  # fmt: skip
def test_the_plan_says_before_what_it_was_frozen(made, known, words):
    assert said(made, known)[0] == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (
            SEEN,
            "had been seen since 1 December 2025, before the analysis plan was frozen: treat every comparison as",
        ),
        (
            PACK,
            "was frozen after the data had been collected, so nothing shows that it was made without knowing them",
        ),
        (FIRST | {"frozen_on": None}, "was not frozen before these figures were seen"),
    ],
    ids=["after another report", "after the data", "not at all"],
)
def test_a_plan_that_came_late_is_among_the_limits(made, known, words):
    assert words in said(made, known)[1]


def test_a_plan_that_was_frozen_first_and_kept_is_no_limit(made):
    assert "analysis plan" not in said(made, FIRST)[1]
