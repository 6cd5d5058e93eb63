"""Sentences on what was estimated, for checklists that ask for numbers, and what of it no table of these data holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def analysed(figures: Figures, words: Words) -> str:
    """How many pairs the first primary comparison rests on."""
    for key, when, one in _changes(figures):
        return _("{measure}, {when}: {n} of {baseline} with a baseline.").format(
            measure=words.brief(key), when=words.short(when), n=one["n"], baseline=figures["flow"]["baseline"]
        )
    return ""


def estimates(figures: Figures, words: Words) -> str:
    """The first primary change as it is, and the first difference by calls that is adjusted, where it is shown."""
    return " ".join(filter(None, (_unadjusted(figures, words), _adjusted(figures, words))))


def _unadjusted(figures: Figures, words: Words) -> str:
    for key, when, one in _changes(figures):
        if one.get("ci"):
            return _("Unadjusted: {measure} at {when} changed by {change}.").format(
                measure=words.brief(key), when=words.short(when),
                change=rounding.with_interval(one["mean"], one["ci"], words.decimals(key)),
            )  # fmt: skip
    return ""


def _adjusted(figures: Figures, words: Words) -> str:
    for key, when, one in _adjusted_ones(figures):
        return _("Adjusted, with a call against without: {measure} at {when}, {difference}.").format(
            measure=words.brief(key), when=words.short(when),
            difference=rounding.with_interval(one["difference"], one["ci_hc3"], words.decimals(key)),
        )  # fmt: skip
    return ""


def _changes(figures: Figures) -> Iterable[tuple[str, str, Figures]]:
    for key in figures["plan"]["primary"]:
        for when, one in figures["measures"].get(key, {}).get("change", {}).items():
            if one["n"]:
                yield key, when, one


def _adjusted_ones(figures: Figures) -> Iterable[tuple[str, str, Figures]]:
    for key in figures["plan"]["primary"]:
        for when, one in entries.of(figures["measures"].get(key, {}).get("coached_difference")).items():
            if one.get("difference") is not None and one.get("ci_hc3"):
                yield key, when, one


def not_adjusted(figures: Figures) -> str:
    """What is missing where no adjusted estimate is shown."""
    return "" if any(True for _one in _adjusted_ones(figures)) else _("estimates adjusted for confounders")


def has_groups(figures: Figures) -> bool:
    """Whether people were in several groups."""
    return max(len(figures["design"].get("arms") or {}), len(entries.of(figures["flow"].get("arms")))) > 1


def each_group(figures: Figures) -> str:
    """What is missing where people were in groups and a table holds everybody together."""
    return _("the same for each group") if has_groups(figures) else ""


def changed_by_group(figures: Figures) -> str:
    """What is missing where people were in groups and no table shows how each changed."""
    shown = any(entries.of(measure.get("by_arm")) for measure in figures["measures"].values())
    return "" if shown else each_group(figures)


def interaction(figures: Figures, words: Words) -> str:
    """How groups of people were compared, where they were."""
    if not figures.get("subgroups"):
        return ""
    return _(
        "Groups of people: one-way analysis of variance of the change; its p is that of the interaction."
    )


def limits_of_categories(figures: Figures, words: Words) -> str:
    """The cut-offs by which people are counted as well or not."""
    told = [
        f"{words.brief(key)} {measure.cutoff[0]} {rounding.number(measure.cutoff[1], words.decimals(key))}"
        for key, measure in words.measures.items()
        if measure.cutoff
    ]
    return _("Healthy side of the cut-offs: {parts}.").format(parts="; ".join(told)) if told else ""


def no_risks(figures: Figures, words: Words) -> str:
    """Why there are no relative risks."""
    return _("No relative risks are given: counts and shares stand in the tables.")


def weights(figures: Figures, words: Words) -> str:
    """Whether anything was weighted."""
    found = (entries.of(one.get("weighted_difference")) for one in figures["measures"].values())
    if any(one.get("largest_weight") is not None for rows in found for one in rows.values()):
        return _(
            "One table is weighted by the chance of a call, as its title says; all other figures are not."
        )
    return _("No weights were used.")
