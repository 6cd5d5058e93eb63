"""Three sentences on whether calls should be core or optional: what these data can say of it, and what they cannot.

Unless people came into groups by chance, nothing here says that calls work or do not.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import compared, rounding, sentences_of_groups, timing_of_calls
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def three(figures: Figures, words: Words) -> tuple[str, str, str]:
    """What was taken up and what it took; what changed by it; what cannot be told from it."""
    return _taken_up(figures), _changed(figures, words), _cannot(figures, words)


def _taken_up(figures: Figures) -> str:
    found = figures["core_or_optional"]
    uptake, minutes = found["uptake"], found["coach_minutes"]
    if not uptake["offered"]:
        return _("Nobody has been offered a call yet, so these data say nothing of whether people want one.")
    told = ngettext(
        "Of {offered} person who was offered a call, {coached} had one",
        "Of {offered} people who were offered a call, {coached} had one",
        uptake["offered"],
    ).format(offered=uptake["offered"], coached=uptake["coached"])
    if minutes["per_coached"] is None or not minutes["total"]:
        return _("{told}; how long coaches spent on it was not logged.").format(told=told)
    each = rounding.number(minutes["per_coached"], 0)
    return _("{told}; the log holds {minutes} minutes of a coach's time for each person with a call.").format(
        told=told, minutes=each
    )


def _changed(figures: Figures, words: Words) -> str:
    if sentences_of_groups.by_chance(figures):
        found = _first(figures, "against")
        if found is None:
            return _("Too few people of the groups have answered twice to set them side by side.")
        return _by_chance(found, words)
    found = _first(figures, "received")
    if found is None:
        return _("Too few people with or without a call have answered twice to set them side by side.")
    measure, when, sides = found
    decimals = words.decimals(measure)
    return _(
        "On {measure} at {when}, those with a call changed by {coached} and those without by {others} on average."
    ).format(
        measure=words.brief(measure),
        when=words.short(when),
        coached=rounding.number(sides["coached"]["mean_change"], decimals),
        others=rounding.number(sides["not_coached"]["mean_change"], decimals),
    )


def _by_chance(found: tuple[str, str, Figures], words: Words) -> str:
    measure, when, groups = found
    group = next(
        name for name, one in groups.items() if isinstance(one, Mapping) and one["difference"] is not None
    )
    one = groups[group]
    return _(
        "People came into groups by chance: on {measure} at {when}, the change of the group “{group}” less that of the "
        "group “{reference}” was {difference}; the interval {excludes} no difference."
    ).format(
        measure=words.brief(measure),
        when=words.short(when),
        group=words.label("arm", group),
        reference=words.label("arm", one["reference"]),
        difference=rounding.with_interval(one["difference"], one["ci"], words.decimals(measure)),
        excludes=_("leaves out") if one["ci"][0] > 0 or one["ci"][1] < 0 else _("includes"),
    )


def _cannot(figures: Figures, words: Words) -> str:
    found = figures["core_or_optional"]
    if sentences_of_groups.by_chance(figures):
        return _(
            "These groups differ in what they were offered, so the difference is that of an offer; it does not tell "
            "what a call does for somebody who would rather not have one."
        )
    if len([name for name in found["groups"] if name != "not_told"]) > 1:
        return _(
            "Nothing says that chance put people into these groups, so the figures cannot tell what calls cause, and "
            "cannot say whether they should be core or optional."
        )
    if not found["uptake"]["coached"]:
        return _(
            "Nobody had a call, so the figures cannot tell what calls cause, and cannot say whether they should be "
            "core or optional."
        )
    return _(
        "People chose for themselves whether to have a call, and those who chose one may have differed from the start; "
        "so the figures cannot tell what calls cause, and cannot say whether they should be core or optional."
    )


def _first(figures: Figures, part: str) -> tuple[str, str, Figures] | None:
    """The first primary measure and time point, once calls were held, of which the figures of every group are shown."""
    found = figures["core_or_optional"][part]
    for measure in figures["plan"]["primary"]:
        for when, groups in compared.planned_first(figures, measure, found.get(measure)):
            if part == "received" and when in timing_of_calls.too_early(figures):
                continue
            key = "difference" if part == "against" else "mean_change"
            told = [one[key] for one in groups.values() if isinstance(one, Mapping)]
            ready = any if part == "against" else all
            if told and ready(value is not None for value in told):
                return measure, when, groups
    return None
