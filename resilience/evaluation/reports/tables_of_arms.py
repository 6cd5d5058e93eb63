"""The groups that people were put into: how far each went, and how they differ."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, gaps, rounding, sentences, sentences_of_groups, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def flow(figures: Figures, words: Words) -> table.Table | None:
    """How far the people of each group went."""
    arms = entries.of(figures["flow"].get("arms"))
    if len(arms) < 2:
        return None
    steps = (
        ("n", _("Put into the group")),
        ("baseline", _("Answered at baseline")),
        ("started", _("Began the modules")),
        ("completed_modules", _("Finished them")),
        ("offered_call", _("Were offered a call")),
        ("one_call_or_more", _("Had one call or more")),
        ("withdrew", _("Stopped taking part")),
    )
    rows = [table.Row(head, tuple(_count(one, key) for one in arms.values())) for key, head in steps]
    later = next(iter(arms.values())).get("answered") or {}
    rows += [
        table.Row(
            _("Answered at {timepoint}").format(timepoint=words.timepoint(when)),
            tuple(_count(one.get("answered") or {}, when) for one in arms.values()),
        )
        for when in later
    ]
    return table.Table(
        key="arms_flow",
        caption=_("Flow by group, as allocated"),
        columns=(_("Step"), *(name(figures, key) for key in arms)),
        rows=tuple(rows),
        sentence=_("Everybody is counted in the group that they were put into, whatever they took up."),
    )


def name(figures: Figures, key: str) -> str:
    """What a group is called."""
    return figures["design"].get("arms", {}).get(key, key)


def _count(one: Figures, key: str) -> str:
    return table.hidden_or(
        one, lambda each: _("hidden") if each.get(key) is None else rounding.count(each[key])
    )


def arms(figures: Figures, words: Words) -> table.Table | None:
    """Change in each group as allocated, beside it by what people had, and the difference from the first group."""
    rows: list[table.Row] = []
    for key, measure in figures["measures"].items():
        for when, one in entries.of(measure.get("by_arm")).items():
            head = table.heading(key, measure, words).head
            rows.append(table.Row(f"{head}: {words.short(when)}", part=True))
            rows += [
                _arm(arm, one, figures, words.decimals(key)) for arm in entries.of(one.get("as_allocated"))
            ]
    if not rows:
        return None
    return table.Table(
        key="arms",
        caption=_("Groups as allocated, and as received"),
        columns=(
            _("Group"), _("n; change as allocated"), _("n; change with a call"), _("n; change without"),
            _("Adjusted difference (95% CI)"), _("p"),
        ),
        rows=tuple(rows),
        sentence=sentences_of_groups.as_allocated(figures),
        notes=(
            _("Difference from the first group, adjusted for the score at baseline and the plan's covariates; HC3."),
            *gaps.note({key: one.get("by_arm") for key, one in figures["measures"].items()}),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def _arm(arm: str, one: Figures, figures: Figures, decimals: int) -> table.Row:
    against, reference = _within(one, "differences", arm), arm == one.get("reference")
    cells = (
        _changed(_within(one, "as_allocated", arm), decimals),
        _changed(_within(one, "as_received", arm, "coached"), decimals),
        _changed(_within(one, "as_received", arm, "not_coached"), decimals),
        _("the reference")
        if reference
        else table.hidden_or(against, lambda each: _difference(each, decimals)),
        rounding.NOTHING
        if reference
        else table.hidden_or(against, lambda each: rounding.p(each.get("p_hc3"))),
    )
    return table.Row(name(figures, arm), cells)


def _within(one: Figures, *path: str) -> Figures:
    """The record at the end of a path, hidden where any that it stands in is; nothing where there is none."""
    for key in path:
        if disclosure.is_hidden(one):
            return {disclosure.HIDDEN: True}
        one = one.get(key) or {}
    return one


def _difference(against: Figures, decimals: int) -> str:
    return rounding.with_interval(against.get("difference"), against.get("ci_hc3"), decimals)


def _changed(one: Figures, decimals: int) -> str:
    return table.hidden_or(one, lambda each: _told(each, decimals) if each.get("n") else rounding.NOTHING)


def _told(one: Figures, decimals: int) -> str:
    return f"{one['n']}; {rounding.number(one['mean_change'], decimals)}"
