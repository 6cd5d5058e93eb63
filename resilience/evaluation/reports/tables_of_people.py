"""The tables of people: who came, who they were, what they took up, what they thought of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def flow(figures: Figures, words: Words) -> table.Table:
    """How many people took each step."""
    found = figures["flow"]
    steps = [
        (_("Enrolled"), found["registered"]),
        (_("Let us use their answers"), found["consented"]),
        (_("Began the modules"), found["started"]),
        (
            _("Finished {count} modules or more").format(count=figures["plan"]["complete_modules"]),
            found["completed_modules"],
        ),
        (_("Were offered a call"), found["offered_call"]),
        (_("Accepted a call"), found["accepted_call"]),
        (_("Had one call or more"), found["one_call_or_more"]),
        (_("Had two calls or more"), found["two_calls_or_more"]),
        (_("Stopped taking part"), found["withdrew"]),
    ]
    rows = [table.Row(head, (rounding.count(n), rounding.NOTHING)) for head, n in steps]
    rows += [
        table.Row(
            _("Answered at {timepoint}").format(timepoint=words.timepoint(when)),
            (rounding.count(n), rounding.percent(found["retained_percent"].get(when))),
        )
        for when, n in found["answered"].items()
    ]
    rows.append(
        table.Row(
            _("Answered at every time point"), (rounding.count(found["answered_all"]), rounding.NOTHING)
        )
    )
    return table.Table(
        key="flow",
        caption=_("Flow of participants"),
        columns=(_("Step"), _("People"), _("Of those with a baseline")),
        rows=tuple(rows) if found["registered"] else (),
        sentence=sentences.flow(figures, words),
    )


def characteristics(figures: Figures, words: Words) -> table.Table:
    """How many people were in each group of each characteristic."""
    found = figures["characteristics"]
    rows: list[table.Row] = []
    for name, category in found.items():
        if name not in ("n", "scores") and category["groups"]:
            rows.append(table.Row(words.label("characteristic", name), part=True))
            rows += [
                table.Row(words.label(name, group), (_share(one),))
                for group, one in category["groups"].items()
            ]
            rows.append(table.Row(_("Not given"), (rounding.count(category["missing"]),)))
    return table.Table(
        key="characteristics",
        caption=_("Who took part (baseline, n = {n})").format(n=found["n"]),
        columns=(_("Characteristic"), _("n (%)")),
        rows=tuple(rows),
        sentence=sentences.characteristics(figures, words),
        notes=(_("Percentages are of those who gave the characteristic."),),
    )


def _share(group: Figures) -> str:
    return table.hidden_or(group, lambda one: rounding.share(one["n"], one["percent"]))


def by_calls(figures: Figures, words: Words) -> table.Table:
    """Baseline scores of those with and without a call."""
    rows = [
        table.Row(
            words.measure(key),
            (
                _side(contrast, "coached", words.decimals(key)),
                _side(contrast, "not_coached", words.decimals(key)),
                rounding.number(contrast["smd"], 2),
            ),
        )
        for key, contrast in figures["characteristics"]["scores"].items()
        if figures["flow"]["baseline"]
    ]
    return table.Table(
        key="baseline_by_calls",
        caption=_("Baseline scores of those with and without a call"),
        columns=(_("Measure"), _("One call or more: n; mean (SD)"), _("No call: n; mean (SD)"), _("SMD")),
        rows=tuple(rows),
        sentence=sentences.by_calls(figures, words),
        notes=(
            _(
                "SMD: standardised mean difference, with a call minus without. There are no p values here, "
                "because people "
                "chose for themselves whether to have a call."
            ),
            *sentences.new_measures(words),
        ),
    )


def _side(contrast: Figures, name: str, decimals: int) -> str:
    if disclosure.is_hidden(contrast):
        return _("hidden")
    side = contrast[name]
    return f"{side['n']}; {rounding.with_spread(side['mean'], side['sd'], decimals)}"


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
        sentence=sentences.delivery(figures, words),
    )


def acceptability(figures: Figures, words: Words) -> table.Table | None:
    """How many agree with each statement; nothing where the statements were not asked."""
    rows = [
        table.Row(
            words.label("acceptability", item),
            (
                rounding.count(one["n"]),
                rounding.share(one["agree"], one["percent"]),
                rounding.count(one["missing"]),
            ),
        )
        for item, one in figures.get("acceptability", {}).items()
        if one["n"]
    ]
    if not rows:
        return None
    return table.Table(
        key="acceptability",
        caption=_("What people thought of it"),
        columns=(_("Statement*"), _("n"), _("Agree or strongly agree"), _("Not answered")),
        rows=tuple(rows),
        sentence=sentences.acceptability(figures, words),
        notes=(_("*Our own statements: new, not validated."),),
    )
