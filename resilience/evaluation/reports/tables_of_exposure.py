""" "Core or optional?": its tables, for the report and for the page on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    rounding,
    sentences,
    sentences_of_exposure,
    standings,
    table,
    tables_of_benefit,
    tables_of_offers,
    timing_of_calls,
)
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """One page: three sentences on what the data can say and what not, and the tables."""

    sentences: tuple[str, str, str]
    tables: tuple[table.Table, ...]


def page(figures: Figures, words: Words) -> Page:
    """All of "Core or optional?" from released figures; a table without rows is left out."""
    makers = (
        tables_of_offers.offers,
        why_not,
        received,
        allocated,
        opinions,
        coach_time,
        tables_of_offers.fairness,
        tables_of_benefit.three_groups,
    )
    made = [
        replace(one, standing=standings.of_table(figures, one.key))
        for make in makers
        if (one := make(figures, words)) is not None
    ]
    return Page(
        sentences_of_exposure.three(figures, words),
        tuple(one for one in made if any(not row.part for row in one.rows)),
    )


def why_not(figures: Figures, words: Words) -> table.Table:
    """Why people who were offered a call had none."""
    found = figures["core_or_optional"]["why_not"]
    rows = [table.Row(words.label("why", code), (rounding.count(n),)) for code, n in found["reasons"].items()]
    return table.Table(
        key="why_not",
        caption=_("Why no call"),
        columns=(_("Reason"), _("People")),
        rows=tuple(rows),
        sentence=_("Of {no_call} people who were offered a call and had none, {said} said why.").format(
            no_call=found["no_call"], said=found["said"]
        ),
    )


def received(figures: Figures, words: Words) -> table.Table:
    """Change of those with and without a call."""
    rows: list[table.Row] = []
    for key in figures["plan"]["primary"]:
        found = figures["core_or_optional"]["received"].get(key, {}) if figures["flow"]["baseline"] else {}
        if found:
            rows.append(table.heading(key, figures["measures"][key], words))
        rows += [
            table.Row(
                words.timepoint(when),
                tuple(_change(sides[side], words.decimals(key)) for side in ("coached", "not_coached")),
            )
            for when, sides in found.items()
        ]
    return table.Table(
        key="change_by_calls",
        caption=_("Change with and without a call, as received"),
        columns=(_("Time point"), _("With a call: n; mean (95% CI)"), _("Without: n; mean (95% CI)")),
        rows=tuple(rows),
        sentence=_("People are counted by what they had, not by what they were offered."),
        notes=(
            _("Where either side has too few people, what both scored is hidden."),
            *timing_of_calls.notes(figures, words),
            *sentences.new_measures(words),
        ),
    )


def allocated(figures: Figures, words: Words) -> table.Table:
    """Change of each group as it was allocated."""
    rows: list[table.Row] = []
    names: list[str] = []
    for key in figures["plan"]["primary"]:
        found = figures["core_or_optional"]["allocated"].get(key, {})
        if found:
            names = list(next(iter(found.values())))
            rows.append(table.heading(key, figures["measures"][key], words))
        rows += [
            table.Row(
                words.timepoint(when), tuple(_change(arms[name], words.decimals(key)) for name in names)
            )
            for when, arms in found.items()
        ]
    heads = [figures["design"].get("arms", {}).get(name) or words.label("arm", name) for name in names]
    return table.Table(
        key="change_by_group",
        caption=_("Change by group, as allocated"),
        columns=(_("Time point"), *(_("{group}: n; mean (95% CI)").format(group=head) for head in heads)),
        rows=tuple(rows),
        sentence=_("Everybody is counted in the group they were put into, whatever they had."),
    )


def _change(one: Figures, decimals: int) -> str:
    if one["n"] is None:
        return _("hidden")
    if not one["n"]:
        return "0"
    if one["mean_change"] is None:
        return _("{n}; hidden").format(n=one["n"])
    return f"{one['n']}; {rounding.with_interval(one['mean_change'], one['ci'], decimals)}"


def opinions(figures: Figures, words: Words) -> table.Table:
    """What those with and without a call thought of it."""
    rows = [
        table.Row(
            words.label("acceptability", item),
            tuple(_opinion(sides[side]) for side in ("coached", "not_coached")),
        )
        for item, sides in figures["core_or_optional"]["acceptability"].items()
        if figures["flow"]["baseline"]
    ]
    return table.Table(
        key="opinions_by_calls",
        caption=_("What people thought of it, with and without a call"),
        columns=(_("Statement*"), _("With a call: agree, of n"), _("Without: agree, of n")),
        rows=tuple(rows),
        sentence=_("Those who had a call and those who had none answered the same statements."),
        notes=(_("*Our own statements: new, not validated."),),
    )


def _opinion(one: Figures) -> str:
    if one["agree"] is None:
        return _("hidden")
    return _("{share} of {n}").format(share=rounding.share(one["agree"], one["percent"]), n=one["n"])


def coach_time(figures: Figures, words: Words) -> table.Table:
    """What calls took of the coaches."""
    found = figures["core_or_optional"]
    minutes = found["coach_minutes"]
    names = {
        "call": _("Minutes on calls"),
        "preparation": _("Minutes of preparation, as coaches told them"),
        "notes": _("Minutes of notes, as coaches told them"),
        "no_show": _("Minutes on calls that the participant missed"),
        "total": _("Minutes in all"),
        "per_participant": _("Minutes for each person who began"),
        "per_coached": _("Minutes for each person with a call"),
    }
    rows = [table.Row(head, (rounding.number(minutes[key], 0),)) for key, head in names.items()]
    early = timing_of_calls.too_early(figures)
    for measure, row in minutes["per_unit_of_change"].items():
        head = _("Minutes for each point of {measure}, {when}")
        rows += [
            table.Row(head.format(measure=words.brief(measure), when=words.short(when)), (_per_unit(one),))
            for when, one in row.items()
            if when not in early
        ]
    missed = found["missed"]
    rows.append(table.Row(_("Days from asking to the call, median"), (_days(found),)))
    rows.append(
        table.Row(
            _("Calls that the participant missed"), (rounding.share(missed["missed"], missed["percent"]),)
        )
    )
    return table.Table(
        key="coach_time",
        caption=_("What calls took of the coaches"),
        columns=(_("What"), _("Number")),
        rows=tuple(rows) if minutes["calls"] or minutes["missed"] else (),
        sentence=_("The figures are sums of the log of calls; what a coach did not tell adds nothing."),
        notes=(
            _(
                "Minutes for each point put time and change side by side; they do not say that one brings the other."
            ),
            *(timing_of_calls.left_out(figures, words)),
        ),
    )


def _days(found: Figures) -> str:
    return rounding.number(found["waiting_days"]["median"], 0)


def _per_unit(one: Figures) -> str:
    if disclosure.is_hidden(one):
        return _("hidden")
    return rounding.number(one["minutes"], 0)
