"""What was delivered: calls, minutes, modules, and how much of the guide was held."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def delivery(figures: Figures, words: Words) -> table.Table:
    """Calls, minutes and modules in total."""
    found = figures["delivery"]
    rows = [
        table.Row(_("Calls that took place"), (rounding.count(found["calls_attended"]),)),
        table.Row(_("Minutes on calls"), (rounding.count(found["call_minutes"]),)),
        table.Row(_("Calls that the participant missed"), (rounding.count(found["not_attended"]),)),
        table.Row(_("Calls cancelled"), (rounding.count(found["cancelled"]),)),
        table.Row(_("Coaches who held a call"), (rounding.count(found["coaches"]),)),
    ]
    if found["modules"]:
        rows.append(table.Row(_("People by modules finished"), part=True))
    rows += [table.Row(number, (rounding.count(n),)) for number, n in found["modules"].items()]
    return table.Table(
        key="delivery",
        caption=_("What was delivered"),
        columns=(_("What"), _("Number")),
        rows=tuple(rows) if found["modules"] else (),
        sentence=_("Counted from the log of calls and of modules; minutes are those of the calls alone."),
    )


def fidelity(figures: Figures, words: Words) -> table.Table | None:
    """Each stage of the guide, of the calls of which a coach said what was held."""
    found = (figures.get("context") or {}).get("fidelity") or {}
    rows: list[table.Row] = []
    for call, stages in (found.get("stages") or {}).items():
        told = [one for one in stages if one.get("of")]
        if told:
            rows.append(table.Row(_("Call {number} of the guide").format(number=call), part=True))
            rows += [table.Row(one["stage"], _held(one)) for one in told]
    if not rows:
        return None
    return table.Table(
        key="fidelity",
        caption=_("How much of the guide was held"),
        columns=(_("Stage"), _("Calls told of"), _("Held, n (%)")),
        rows=tuple(rows),
        sentence=_(
            "Coaches told of {told} of {calls} calls; over these, {held} of {of} stages were held."
        ).format(told=found["told"], calls=found["calls"], held=found["stages_held"], of=found["stages_of"]),
        notes=(_("By the coaches' own account, over all coaches together; never by coach."),),
    )


def _held(one: Figures) -> tuple[str, str]:
    return rounding.count(one["of"]), rounding.share(one["held"], 100 * one["held"] / one["of"])
