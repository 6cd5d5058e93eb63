"""What a plan that was frozen is worth: what was known when that was done, and what was done otherwise since."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import naming

Plan = Mapping[str, Any]


def frozen(known: Plan) -> str:
    """Before what the plan was frozen, and what was recorded since."""
    if not known["frozen_on"]:
        return _("The plan was not frozen before the figures were seen.")
    return f"{_before_what(known)} {_since(len(known.get('deviations') or []))}"


def _before_what(known: Plan) -> str:
    if known.get("collected_before"):
        return _("The plan was frozen after the data had been collected, and before this report was made.")
    if known.get("seen_on"):
        return _(
            "The plan was frozen when figures of this programme, or rows to work them out from, had been seen already: "
            "the first on {day}."
        ).format(day=naming.day(known["seen_on"]))
    return _("The plan was frozen before the figures were seen.")


def _since(deviations: int) -> str:
    if not deviations:
        return _("No deviation from it is recorded.")
    return _("Deviations recorded since: {n}.").format(n=deviations)


def limits(known: Plan) -> list[str]:
    """What a reader should hold against the plan; nothing where it was frozen first and kept."""
    return [one for one in (_known_before(known), _departed(len(known.get("deviations") or []))) if one]


def _known_before(known: Plan) -> str:
    if not known["frozen_on"]:
        return _(
            "The analysis plan was not frozen before these figures were seen: treat every comparison as exploratory."
        )
    if known.get("collected_before"):
        return _(
            "The analysis plan was frozen after the data had been collected, so nothing shows that it was made without "
            "knowing them."
        )
    if known.get("seen_on"):
        return _(
            "Figures of this programme, or rows to work them out from, had been seen since {day}, before the analysis "
            "plan was frozen: treat every comparison as exploratory."
        ).format(day=naming.day(known["seen_on"]))
    return ""


def _departed(deviations: int) -> str:
    if not deviations:
        return ""
    return ngettext(
        "One deviation from the frozen plan is recorded; Appendix A gives the reason.",
        "{n} deviations from the frozen plan are recorded; Appendix A gives each reason.",
        deviations,
    ).format(n=deviations)
