"""Whether a report may be asked for: not before the plan is frozen, and not of people alone without a reason."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from resilience.evaluation.models import Evaluation
from resilience.evaluation.versions import NotFrozen


class PeopleAlone(Exception):
    """There are no outcomes of units, and the plan does not say why."""


REFUSALS = {
    NotFrozen: gettext_noop(
        "The analysis plan is not frozen yet. Freeze it first: no figure is shown before it is decided."
    ),
    PeopleAlone: gettext_noop(
        "This report would speak of people alone. Tell what became of their units, or write in a new version of the "
        "plan why there is nothing to tell."
    ),
}


def check(evaluation: Evaluation) -> None:
    """Return where a report may be asked for. Raises versions.NotFrozen or PeopleAlone."""
    plan = evaluation.plan
    if plan.frozen_at is None:
        raise NotFrozen
    if not plan.content.get("no_system_outcomes", "").strip() and not evaluation.system_outcomes.exists():
        raise PeopleAlone


def why_not(evaluation: Evaluation) -> str:
    """What stands in the way, in words; nothing where a report may be asked for."""
    try:
        check(evaluation)
    except tuple(REFUSALS) as refused:
        return _(REFUSALS[type(refused)])
    return ""
