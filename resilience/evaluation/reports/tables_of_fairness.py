"""Uptake and rating by who people are, and the three groups whom a programme is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """One of the three groups: what was found for it, each a head and its words; "not collected" where nothing was."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]


def fairness(figures: Figures, words: Words) -> table.Table:
    """Who took up calls and how they rated them, by profession, level, gender and workplace."""
    found = figures["fairness"]
    rows: list[table.Row] = []
    for name, category in found["by"].items():
        if category["groups"]:
            rows.append(table.Row(words.label("characteristic", name), part=True))
            rows += [
                table.Row(words.label(name, group), _cells(one)) for group, one in category["groups"].items()
            ]
    rated = words.brief(found["rating_measure"]) if found["rating_measure"] else _("not asked")
    return table.Table(
        key="fairness",
        caption=_("Uptake and rating by who people are"),
        columns=(_("Group"), _("Offered a call"), _("Had one: n (%)"), _("Rating: n; mean")),
        rows=tuple(rows),
        sentence=_("Groups that differ much here deserve a second look; small ones are hidden."),
        notes=(_("Rating: {measure}.").format(measure=rated),),
    )


def _cells(one: Figures) -> tuple[str, ...]:
    hidden = _("hidden")
    if one["n"] is None:
        return (hidden,) * 3
    took = hidden if one["took"]["n"] is None else rounding.share(one["took"]["n"], one["took"]["percent"])
    rating = one["rating"]
    if disclosure.is_hidden(rating) or rating["n"] is None:
        rated = hidden
    else:
        rated = f"{rating['n']}; {rounding.number(rating['mean'], 1)}"
    return rounding.count(one["n"]), took, rated


def three_groups(figures: Figures, words: Words) -> tuple[Section, ...]:
    """What was found for those who took part, for those who coached and for the organisation."""
    return (
        Section("participants", _("For those who took part"), _or_not(_participants(figures, words))),
        Section("coaches", _("For coaches"), _or_not(_coaches(figures))),
        Section("organisation", _("For the organisation"), _or_not(_organisation(figures))),
    )


def _or_not(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(facts) or ((_("Nothing"), _("not collected")),)


def _participants(figures: Figures, words: Words) -> list[tuple[str, str]]:
    found = []
    for key in figures["plan"]["primary"]:
        for when, one in figures["measures"][key]["change"].items():
            if one["mean"] is not None:
                change = rounding.with_interval(one["mean"], one.get("ci"), words.decimals(key))
                head = _("Change in {measure} at {when}").format(
                    measure=words.brief(key), when=words.short(when)
                )
                found.append((head, change))
    return found


def _coaches(figures: Figures) -> list[tuple[str, str]]:
    """Each fact of the coaches that the snapshot holds; nothing of one coach alone."""
    found = []
    minutes = figures["core_or_optional"]["coach_minutes"]
    if minutes["calls"]:
        found.append((_("Coaches who held a call"), rounding.count(figures["delivery"]["coaches"])))
        found.append((_("Minutes of coaching in all"), rounding.number(minutes["total"], 0)))
    told = (figures.get("context") or {}).get("coaching") or {}
    if told.get("of_own_time"):
        share = 100 * told["in_own_time"] / told["of_own_time"]
        found.append((_("Calls held in the coach's own time"), rounding.percent(share)))
    return found


def _organisation(figures: Figures) -> list[tuple[str, str]]:
    system = {name: one for name, one in figures.get("system", {}).items() if isinstance(one, Mapping)}
    return [
        (name.replace("_", " ").capitalize(), _("{n} units told of it").format(n=len(units)))
        for name, units in system.items()
    ]
