"""What meta.json tells of a cohort that no row of a pack can: who is not in it, and when nobody had had a call yet."""

from datetime import datetime
from typing import Any

from resilience.evaluation import cohorts, held_calls, plans
from resilience.evaluation.models import Evaluation

NOT_IN_PACK, CALLS_BEFORE, SYNTHETIC = "not_in_pack", "calls_before", "synthetic"
KEPT = (NOT_IN_PACK, CALLS_BEFORE, SYNTHETIC)  # of what a pack told, beside its evaluation

Told = dict[str, Any]


def write(evaluation: Evaluation, *, now: datetime) -> Told:
    """What to write into meta.json; of imported people no more than what came with them."""
    cohort = cohorts.Cohort(evaluation, as_of=now)
    if evaluation.plan.content.get(plans.IMPORTED):
        return _came_with(evaluation, refused=len(cohort.registered) - len(cohort.people))
    return {
        NOT_IN_PACK: {
            "no_consent": cohort.enrolled - len(cohort.people),
            "test": cohort.left_out("test"),
            "erased": cohort.left_out("erased"),
        },
        CALLS_BEFORE: held_calls.before(cohort),
        SYNTHETIC: evaluation.programme.is_synthetic,
    }


def _came_with(evaluation: Evaluation, *, refused: int) -> Told:
    """As it was told; who said no in a pack is not given out, and counts among those who are not in the next."""
    told = {key: evaluation.came_with[key] for key in KEPT if key in evaluation.came_with}
    if NOT_IN_PACK in told:
        told[NOT_IN_PACK] = told[NOT_IN_PACK] | {
            "no_consent": told[NOT_IN_PACK].get("no_consent", 0) + refused
        }
    return told | ({SYNTHETIC: True} if evaluation.programme.is_synthetic else {})


def missing(cohort: cohorts.Cohort) -> list[str]:
    """What nobody told of a cohort that came as a pack: a report must not give it as if it were known."""
    evaluation, told = cohort.evaluation, cohort.evaluation.came_with
    known = evaluation.programme.is_synthetic or SYNTHETIC in told
    refused = len(cohort.registered) > len(cohort.people)
    rows = {"no_consent": refused, "test": bool(cohort.test), "erased": bool(cohort.erased)}
    others = [] if NOT_IN_PACK in told else [why for why, shown in rows.items() if not shown]
    return [*([] if known else [SYNTHETIC]), *others, "reasons"]
