"""What was decided about groups and cards before anybody took part, as the report says it."""

from typing import Any

from resilience.participants.arms import plans
from resilience.participants.models import Allocates, Arm, Programme, ResultsShown

Design = dict[str, Any]


def of(programme: Programme) -> Design:
    """Return what was decided of cards, of own results and, where there are groups, how people came into them."""
    found: Design = {"cards_held_back": programme.cards_held_back}
    if programme.results_shown == ResultsShown.ALWAYS:
        found["results_shown_early"] = True
    return found | _groups(programme) if programme.has_arms else found


def _groups(programme: Programme) -> Design:
    plan, arms = plans.of(programme), Arm.objects.filter(programme=programme).order_by("position")
    found: Design = {"allocated_by": str(plan.by), "arms": {arm.key: arm.name for arm in arms}}
    if plan.by != Allocates.TABLE:
        found |= {"blocks": plan.blocks, "strata": plan.strata, "mark": plans.mark(plan)}
    return found
