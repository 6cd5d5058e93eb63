"""The groups that people were put into: how far each went, and how they differ."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, gaps, rounding, sentences, table
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
        sentence=_(
            "The comparison as allocated is the one that chance made; as received, people chose for themselves."
        ),
        notes=(
            _("Difference from the first group, adjusted for the score at baseline and the plan's covariates; HC3."),
            *gaps.note({key: one.get("by_arm") for key, one in figures["measures"].items()}),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def _arm(arm: str, one: Figures, figures: Figures, decimals: int) -> table.Row:
    received = (one.get("as_received") or {}).get(arm) or {}
    against = (one.get("differences") or {}).get(arm) or {}
    reference = arm == one.get("reference")
    cells = (
        _changed(one["as_allocated"][arm], decimals),
        _changed(received.get("coached") or {}, decimals),
        _changed(received.get("not_coached") or {}, decimals),
        _("the reference")
        if reference
        else rounding.with_interval(against.get("difference"), against.get("ci_hc3"), decimals),
        rounding.NOTHING if reference else rounding.p(against.get("p_hc3")),
    )
    return table.Row(name(figures, arm), cells)


def _changed(one: Figures, decimals: int) -> str:
    if not one.get("n"):
        return table.hidden_or(one, lambda each: rounding.NOTHING)
    return table.hidden_or(one, lambda each: f"{each['n']}; {rounding.number(each['mean_change'], decimals)}")
